//! `flg show`: what the graph knows of something, with the words of the reports that say it.

mod entity;
pub(super) mod find;

use super::Status;
use super::output::Output;
use crate::config::Config;
use crate::facts::same_as;
use crate::facts::texts::{LANGUAGES, known};
use crate::model::vocab::compact;
use crate::store::{self, Access, Store};
use clap::builder::PossibleValuesParser;
use entity::Entity;
use find::Found;

const EXAMPLES: &str = "\
Examples:
  flg show SENDEROS                       by a name or an acronym, in any language, with or without accents
  flg show 'Secretaria del Trabajo y Prevision Social'
  flg show id:programme/senderos          by the short form of its IRI, which says exactly which
  flg show STPS --lang es                 with labels in Spanish
  flg show id:country/mex --all           with every fact and every quote
  flg show COPARMEX --json | jq '.incoming[].evidence[].quote'";

/// Show what the graph knows of something, with the words that say it
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A name, an acronym, an IRI, or its short form `id:…`
    entity: String,
    /// The language of labels [default: that of the environment, else English]
    #[arg(long, value_name = "LANGUAGE", value_parser = PossibleValuesParser::new(LANGUAGES.iter().map(|(code, _)| *code)))]
    lang: Option<String>,
    /// Show every fact and every quote
    #[arg(long, short)]
    all: bool,
    /// Give all of it as JSON
    #[arg(long)]
    json: bool,
}

/// Shows an entity.
///
/// # Errors
/// If there is no store, or nothing in it that is meant. What may be meant is told.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let lang = args.lang.as_deref().and_then(known).unwrap_or_else(|| of_environment(|name| std::env::var(name).ok()));
    let store = store::open(config, Access::Read)?;
    let graph: &dyn Store = store.as_ref();
    match find::find(graph, &args.entity)? {
        Found::One(iri) => {
            let iri = match same_as(graph, &iri)? {
                Some(same) => {
                    out.talk(format_args!("`{}` is the same as `{}`", compact(iri.as_ref()), compact(same.as_ref())));
                    same
                }
                None => iri,
            };
            let entity = Entity::read(graph, &iri, lang)?;
            if args.json {
                out.json(&entity)?;
            } else {
                entity.write(args.all, lang, out)?;
            }
            Ok(Status::Success)
        }
        Found::Several(all) => {
            let choices = find::choices(graph, &all, lang)?;
            if args.json {
                out.json(&serde_json::json!({ "ambiguous": choices }))?;
            }
            Err(find::ambiguous(&args.entity, &choices))
        }
        Found::None(near) => Err(find::unknown(&args.entity, &find::choices(graph, &near, lang)?)),
    }
}

/// The language that the environment asks for, if labels have it, or English.
pub(super) fn of_environment(variable: impl Fn(&str) -> Option<String>) -> &'static str {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| variable(name).filter(|value| !value.is_empty()));
    set.and_then(|locale| known(locale.split(['_', '.', '@', '-']).next().unwrap_or_default())).unwrap_or("en")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_the_language() {
        let of = |set: &[(&str, &str)]| {
            of_environment(|name| set.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(of(&[("LANG", "es_MX.UTF-8")]), "es");
        assert_eq!(of(&[("LANG", "es_MX.UTF-8"), ("LC_ALL", "fr_FR")]), "fr");
        assert_eq!(of(&[("LANG", "C.UTF-8")]), "en");
        assert_eq!(of(&[("LC_ALL", ""), ("LANG", "fr")]), "fr");
        assert_eq!(of(&[]), "en");
    }
}
