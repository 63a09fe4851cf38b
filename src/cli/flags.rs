//! Flags for the settings of the server, made from the table of settings, so that each is described in one place.

use crate::config::{KEYS, Key, Scope};
use clap::{Arg, ArgMatches, Command, Error};

/// The settings that were given as flags, with their texts.
#[derive(Clone, Default)]
pub(super) struct Flags(pub(super) Vec<(&'static Key, String)>);

/// The settings that have a flag here.
fn keys() -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(|key| key.scope == Scope::Server)
}

impl clap::Args for Flags {
    fn augment_args(command: Command) -> Command {
        keys().fold(command, |command, key| {
            let help = format!("{} [environment: `{}`; default: {}]", key.help, key.variable(), key.default());
            let flag = Arg::new(key.name).long(key.name).value_name(key.value).help(help).help_heading("Settings");
            command.arg(flag.value_parser(move |text: &str| -> Result<String, String> { key.check(text) }))
        })
    }
    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Ok(Self(keys().filter_map(|key| Some((key, matches.get_one::<String>(key.name)?.clone()))).collect()))
    }
    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl std::fmt::Debug for Flags {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(key, text)| (key.name, text))).finish()
    }
}
