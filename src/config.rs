//! Settings, resolved once: defaults, then the file `flg.toml`, then the environment, then flags.
//!
//! Every setting is a row of [`KEYS`]: its name in the file is `query-timeout`, in the environment `FLG_QUERY_TIMEOUT`, as a flag
//! `--query-timeout`.

mod keys;
mod limits;
mod service;
mod services;
mod token;

pub use keys::{KEYS, Key, Scope, markdown, words};
pub use limits::{Isolation, Limits};
pub use service::{Addresses, Location, Secret, Service, is_here};
pub use services::Services;
pub use token::{Right, Token, Tokens, digest, hexadecimal};

use serde::Deserialize as _;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file that is read from the working folder if no other is named.
pub const FILE: &str = "flg.toml";

/// The settings of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Where the store is.
    pub store: Location,
    /// How a store on a service is reached.
    pub service: Service,
    /// The address that the server listens on.
    pub bind: SocketAddr,
    /// Where the server shows its metrics.
    pub metrics_bind: MetricsAt,
    /// How the server writes its log.
    pub log_format: LogFormat,
    /// How long requests may run to their end when the server is stopped.
    pub shutdown_timeout: Duration,
    /// How long a query of the server may take.
    pub query_timeout: Duration,
    /// How many rows or triples a query of the server may return.
    pub query_rows: usize,
    /// How long fetching a report by its address may take.
    pub fetch_timeout: Duration,
    /// Claims of a lower confidence are listed as uncertain.
    pub uncertain_below: f32,
    /// The folder of releases, which the server shows if it is set.
    pub releases: Option<PathBuf>,
    /// The name of whoever makes decisions with `flg review`.
    pub reviewer: Option<String>,
    /// A folder of forms, lexicons and names that is laid over those of the program.
    pub knowledge: Option<PathBuf>,
    /// What queries see that name no graph.
    pub default_graph: DefaultGraph,
    /// What requests to the server may cost besides.
    pub limits: Limits,
    /// The endpoints that queries may ask.
    pub services: Services,
    /// Who may write through the server. Only the file has them, in tables `[[token]]`.
    pub tokens: Tokens,
    /// Where settings are from that are not their defaults, by their names.
    pub origins: BTreeMap<&'static str, Origin>,
}

/// Where a setting is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// A variable of the environment.
    Variable(String),
    /// A flag of the command line.
    Flag(String),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            store: Location::Folder(".flg/store".into()),
            service: Service::default(),
            bind: SocketAddr::from(([127, 0, 0, 1], 7878)),
            metrics_bind: MetricsAt::default(),
            log_format: LogFormat::default(),
            shutdown_timeout: Duration::from_secs(30),
            query_timeout: Duration::from_secs(15),
            query_rows: 10_000,
            fetch_timeout: Duration::from_secs(30),
            uncertain_below: 0.7,
            releases: None,
            reviewer: None,
            knowledge: None,
            default_graph: DefaultGraph::default(),
            limits: Limits::default(),
            services: Services::default(),
            tokens: Tokens::default(),
            origins: BTreeMap::new(),
        }
    }
}

/// Where the server shows its metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MetricsAt {
    /// At the server's own address if only this machine reaches it, and not to whoever comes through a proxy.
    #[default]
    Local,
    /// At the server's own address, whatever that is.
    Public,
    /// Nowhere.
    Off,
    /// At an address of their own, where `/health` and `/ready` are as well.
    Address(SocketAddr),
}

/// How the server writes its log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// A line of text for each event.
    #[default]
    Text,
    /// A line of JSON for each event.
    Json,
}

/// What queries and updates see that name no graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DefaultGraph {
    /// All named graphs together, each triple once. It can be read and not written.
    #[default]
    Union,
    /// A graph of its own, as the examples of the standards have it. It is kept as the named graph `{base}graph/default`, which
    /// `GRAPH` does not show then.
    Own,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the settings in `{file}`\nhint: name another file with `--config`, or leave the option out")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no TOML.
    #[error("`{file}` is not valid TOML\nhint: a setting is a line such as `store = \"/var/lib/flg\"`")]
    Syntax {
        /// The file.
        file: PathBuf,
        /// Why, with line and column.
        source: toml::de::Error,
    },
    /// An entry of the tokens is none.
    #[error("the token `{name}` in `{file}`: {fault}\nhint: `flg token NAME` makes such an entry")]
    Token {
        /// The name of its holder, or the number of the entry.
        name: String,
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
    /// The file has a key that is no setting.
    #[error("`{key}` in `{file}` is no setting\nhint: {hint}")]
    Unknown {
        /// The key.
        key: String,
        /// The file.
        file: PathBuf,
        /// The nearest key, or all of them.
        hint: String,
    },
    /// A value that the setting cannot take.
    #[error("`{key}` from {origin} is `{value}`\nhint: it takes {expected}")]
    Value {
        /// The key, or the name of the variable or flag.
        key: String,
        /// Where it was given.
        origin: String,
        /// What was given.
        value: String,
        /// What it takes.
        expected: &'static str,
    },
}

/// Where settings come from besides their defaults. Flags are laid over the result by the command line.
pub struct Sources<'a> {
    /// The file that was asked for; without it, [`FILE`] if there is one.
    pub file: Option<&'a Path>,
    /// The working folder, in which [`FILE`] is looked for.
    pub folder: &'a Path,
    /// The environment.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
}

impl Config {
    /// The settings of a run, before flags.
    ///
    /// # Errors
    /// If a file that was asked for cannot be read, or anything in file or environment is no setting.
    pub fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let mut config = Self::default();
        let asked = sources.file.map(Path::to_path_buf).or_else(|| (sources.variable)("FLG_CONFIG").map(PathBuf::from));
        let file = asked.clone().unwrap_or_else(|| sources.folder.join(FILE));
        match std::fs::read_to_string(&file) {
            Ok(text) => config.take_file(&file, &text)?,
            Err(e) if asked.is_none() && e.kind() == std::io::ErrorKind::NotFound => {}
            Err(source) => return Err(ConfigError::Unreadable { file, source }),
        }
        for key in KEYS {
            let name = key.variable();
            if let Some(value) = (sources.variable)(&name).filter(|v| !v.is_empty()) {
                config.put(key, &value, Origin::Variable(name))?;
            }
        }
        Ok(config)
    }

    /// Lays a flag over the settings. A path need not be text.
    ///
    /// # Errors
    /// If the setting does not take the value.
    pub fn flag(&mut self, key: &'static Key, value: &OsStr) -> Result<(), ConfigError> {
        let origin = Origin::Flag(format!("--{}", key.name));
        match key.name {
            // A folder need not be text; what is text may be an address.
            "store" if value.to_str().is_none() => self.store = Location::Folder(value.into()),
            "knowledge" => self.knowledge = Some(value.into()),
            "releases" => self.releases = Some(value.into()),
            _ => return self.put(key, &value.to_string_lossy(), origin),
        }
        self.origins.insert(key.name, origin);
        Ok(())
    }

    fn put(&mut self, key: &'static Key, value: &str, origin: Origin) -> Result<(), ConfigError> {
        key.put(self, value).map_err(|expected| {
            let (name, from) = match &origin {
                Origin::File(file) => (key.name.to_owned(), format!("`{}`", file.display())),
                Origin::Variable(name) => (name.clone(), "the environment".to_owned()),
                Origin::Flag(name) => (name.clone(), "the command line".to_owned()),
            };
            ConfigError::Value { key: name, origin: from, value: service::told(value), expected }
        })?;
        self.origins.insert(key.name, origin);
        Ok(())
    }

    /// Takes over a file. Relative folders in it are relative to the file, so that they mean the same from anywhere.
    fn take_file(&mut self, file: &Path, text: &str) -> Result<(), ConfigError> {
        let table: toml::Table = text.parse().map_err(|source| ConfigError::Syntax { file: file.to_path_buf(), source })?;
        for (name, value) in table {
            if name == TOKENS {
                self.tokens = tokens(file, value)?;
                self.origins.insert(TOKENS, Origin::File(file.to_path_buf()));
                continue;
            }
            let Some(key) = Key::named(&name) else {
                let hint = keys::nearest(&name);
                return Err(ConfigError::Unknown { key: name, file: file.to_path_buf(), hint });
            };
            let value = plain(&value);
            self.put(key, &value, Origin::File(file.to_path_buf()))?;
            let beside = file.parent().unwrap_or(Path::new(""));
            match key.name {
                "store" => self.store = self.store.clone().below(beside),
                "knowledge" => self.knowledge = self.knowledge.as_ref().map(|folder| beside.join(folder)),
                "releases" => self.releases = self.releases.as_ref().map(|folder| beside.join(folder)),
                _ => {}
            }
        }
        Ok(())
    }
}

/// A value of the file as the environment would have it: the parts of a list are parted by commas.
fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// The tables of tokens in the file.
pub const TOKENS: &str = "token";

fn tokens(file: &Path, value: toml::Value) -> Result<Tokens, ConfigError> {
    let error = |name: String, fault: String| ConfigError::Token { name, file: file.to_path_buf(), fault };
    let toml::Value::Array(entries) = value else {
        return Err(error("1".to_owned(), "tokens are tables, each below a line `[[token]]`".to_owned()));
    };
    let mut all: Vec<Token> = Vec::new();
    for (at, entry) in entries.into_iter().enumerate() {
        let named = entry.get("name").and_then(toml::Value::as_str).map(str::to_owned);
        let name = named.unwrap_or_else(|| (at + 1).to_string());
        let token = Token::deserialize(entry).map_err(|e| error(name.clone(), e.message().to_owned()))?;
        if let Some(fault) = token.fault() {
            return Err(error(name, fault.to_owned()));
        }
        if all.iter().any(|other| other.name == token.name) {
            return Err(error(name, "another has the same name".to_owned()));
        }
        all.push(token);
    }
    Ok(Tokens(all))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn load(file: Option<&str>, variables: &[(&str, &str)]) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        if let Some(text) = file {
            std::fs::write(folder.path().join(FILE), text).unwrap();
        }
        let variable = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        let sources = Sources { file: None, folder: folder.path(), variable: &variable };
        Config::load(&sources).map_err(|e| e.to_string())
    }

    #[test]
    fn the_environment_outdoes_the_file_and_the_file_the_defaults() {
        let config = load(Some("bind = \"0.0.0.0:80\"\nquery-timeout = 2.5"), &[("FLG_BIND", "[::1]:9000")]).unwrap();
        assert_eq!(config.bind, "[::1]:9000".parse().unwrap());
        assert_eq!(config.query_timeout, Duration::from_millis(2500));
        assert_eq!(config.query_rows, Config::default().query_rows);
    }

    #[test]
    fn a_store_in_the_file_is_relative_to_the_file() {
        let store = load(Some("store = \"data\""), &[]).unwrap().store;
        assert!(matches!(&store, Location::Folder(path) if path.is_absolute() && path.ends_with("data")), "{store:?}");
        assert_eq!(load(None, &[("FLG_STORE", "here")]).unwrap().store, Location::Folder("here".into()));
        let service =
            load(Some("store = \"http://h/query\"\nstore-user = \"ana\""), &[("FLG_STORE_PASSWORD", "secret")]).unwrap();
        assert_eq!(service.store, Location::Service("http://h/query".to_owned()));
        assert_eq!(service.service.password.unwrap().reveal(), "secret");
        let message = load(None, &[("FLG_STORE", "http://ana:secret@h/query")]).unwrap_err();
        assert!(message.contains("`store-password`") && !message.contains("secret"), "{message}");
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_the_nearest() {
        let message = load(Some("querytimeout = 3"), &[]).unwrap_err();
        assert!(message.contains("`querytimeout`") && message.ends_with("hint: did you mean `query-timeout`?"), "{message}");
        assert!(load(Some("zzz = 3"), &[]).unwrap_err().contains("the settings are `bind`"));
    }

    #[test]
    fn tokens_are_digests_with_a_name_and_rights() {
        let entry = |more: &str| format!("[[token]]\nname = \"ana\"\nrights = [\"review\"]\n{more}");
        let digest = digest("secret");
        assert_eq!(digest, "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b");
        let tokens = load(Some(&entry(&format!("sha256 = \"{digest}\""))), &[]).unwrap().tokens;
        assert!(tokens.find("secret").is_some_and(|t| t.name == "ana" && t.may(Right::Review) && !t.may(Right::Update)));
        assert_eq!(tokens.find("Secret"), None);
        for (text, told) in [
            (entry("sha256 = \"secret\""), "64 hexadecimal digits"),
            (entry(""), "missing field `sha256`"),
            ("token = 3".to_owned(), "below a line `[[token]]`"),
        ] {
            let message = load(Some(&text), &[]).unwrap_err();
            assert!(message.contains(told) && message.ends_with("hint: `flg token NAME` makes such an entry"), "{message}");
        }
    }

    #[test]
    fn a_value_of_the_wrong_kind_says_what_is_taken() {
        let message = load(None, &[("FLG_QUERY_ROWS", "-1")]).unwrap_err();
        assert_eq!(message, "`FLG_QUERY_ROWS` from the environment is `-1`\nhint: it takes a whole number above 0");
        assert!(load(Some("uncertain-below = 3"), &[]).unwrap_err().contains("from 0 to 1"));
        assert!(load(Some("store ="), &[]).unwrap_err().contains("is not valid TOML"));
    }
}
