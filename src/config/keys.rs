//! The settings, each a row of one table: from it come what the file, the environment and the flags may say, `flg config`, the help
//! of commands, and the table of `docs/operating.md`.

use super::{Config, DefaultGraph, Isolation, Location, LogFormat, MetricsAt, Secret, limits, service, services};
use std::path::Path;
use std::time::Duration;
use toml::Value;

/// A setting.
pub struct Key {
    /// Its name in the file; in the environment, `query-timeout` is `FLG_QUERY_TIMEOUT`, and as a flag `--query-timeout`.
    pub name: &'static str,
    /// What stands for its value in help.
    pub value: &'static str,
    /// What it is for.
    pub help: &'static str,
    /// What it takes.
    pub expected: &'static str,
    /// Who heeds it.
    pub scope: Scope,
    set: fn(&mut Config, &str) -> Option<()>,
    get: fn(&Config) -> Option<Value>,
}

/// Who heeds a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every command, which has a flag for it.
    All,
    /// `flg serve`, which has a flag for it.
    Server,
    /// Some commands, some of which have a flag of their own.
    Some,
}

/// All settings, by their names.
pub const KEYS: &[Key] = &[
    Key {
        name: "bind",
        value: "ADDRESS",
        help: "The address that the server listens on",
        expected: "an address such as 127.0.0.1:7878",
        scope: Scope::Server,
        set: |c, text| put(&mut c.bind, text.parse().ok()),
        get: |c| Some(c.bind.to_string().into()),
    },
    Key {
        name: "body-bytes",
        value: "BYTES",
        help: "How many bytes the body of a request may have, but for those that send a graph",
        expected: BYTES,
        scope: Scope::Server,
        set: |c, text| put(&mut c.limits.body_bytes, limits::bytes(text)),
        get: |c| Some(limits::told(c.limits.body_bytes).into()),
    },
    Key {
        name: "client-burst",
        value: "NUMBER",
        help: "How many requests one client may send at once after it was silent",
        expected: WHOLE,
        scope: Scope::Server,
        set: |c, text| put(&mut c.limits.client_burst, positive(text)),
        get: |c| i64::try_from(c.limits.client_burst).ok().map(Value::from),
    },
    Key {
        name: "client-queries",
        value: "NUMBER",
        help: "How many requests of one client may be under way at a time",
        expected: WHOLE,
        scope: Scope::Server,
        set: |c, text| put(&mut c.limits.client_queries, positive(text)),
        get: |c| i64::try_from(c.limits.client_queries).ok().map(Value::from),
    },
    Key {
        name: "client-rate",
        value: "NUMBER",
        help: "How many requests one client may send in a second, over some time; 0 is without limit",
        expected: "a number of requests in a second, 0 or more",
        scope: Scope::Server,
        set: |c, text| put(&mut c.limits.client_rate, limits::rate(text)),
        get: |c| Some(c.limits.client_rate.into()),
    },
    Key {
        name: "concurrent-queries",
        value: "NUMBER",
        help: "How many requests may be at the store at a time",
        expected: WHOLE,
        scope: Scope::Server,
        set: |c, text| put(&mut c.limits.concurrent_queries, positive(text)),
        get: |c| i64::try_from(c.limits.concurrent_queries).ok().map(Value::from),
    },
    Key {
        name: "default-graph",
        value: "WHICH",
        help: "What queries see that name no graph: the `union` of all, or a graph of its `own`",
        expected: "`union` or `own`",
        scope: Scope::Some,
        set: |c, text| put(&mut c.default_graph, named(DEFAULT_GRAPHS, text)),
        get: |c| name(DEFAULT_GRAPHS, &c.default_graph),
    },
    Key {
        name: "fetch-timeout",
        value: "SECONDS",
        help: "How long fetching a report by its address may take",
        expected: SECONDS,
        scope: Scope::Some,
        set: |c, text| put(&mut c.fetch_timeout, seconds(text)),
        get: |c| Some(number(c.fetch_timeout)),
    },
    Key {
        name: "graph-bytes",
        value: "BYTES",
        help: "How many bytes the body of a request may have that sends a graph",
        expected: BYTES,
        scope: Scope::Server,
        set: |c, text| put(&mut c.limits.graph_bytes, limits::bytes(text)),
        get: |c| Some(limits::told(c.limits.graph_bytes).into()),
    },
    Key {
        name: "isolation",
        value: "WHERE",
        help: "Where queries of clients are evaluated: in a `process` that is held to its memory, or, with `none`, in the server",
        expected: "`process` or `none`",
        scope: Scope::Server,
        set: |c, text| put(&mut c.limits.isolation, named(ISOLATIONS, text)),
        get: |c| name(ISOLATIONS, &c.limits.isolation),
    },
    Key {
        name: "knowledge",
        value: "DIR",
        help: "A folder of forms, lexicons and names of your own, laid over those that come with flg",
        expected: "a folder",
        scope: Scope::All,
        set: |c, text| put(&mut c.knowledge, (!text.is_empty()).then(|| Some(text.into()))),
        get: |c| c.knowledge.as_deref().map(path),
    },
    Key {
        name: "log-format",
        value: "FORMAT",
        help: "How the server writes its log: `text` for people, `json` for programs",
        expected: "`text` or `json`",
        scope: Scope::Server,
        set: |c, text| put(&mut c.log_format, named(LOG_FORMATS, text)),
        get: |c| name(LOG_FORMATS, &c.log_format),
    },
    Key {
        name: "metrics-bind",
        value: "WHERE",
        help: "Where `/metrics` is shown: at an address of its own; `local`, at the server's if that is this machine's own and nobody forwards; `public`, there in any case; `off`",
        expected: "`local`, `public`, `off`, or an address such as 127.0.0.1:9464",
        scope: Scope::Server,
        set: |c, text| put(&mut c.metrics_bind, named(METRICS, text).or_else(|| text.parse().ok().map(MetricsAt::Address))),
        get: |c| match c.metrics_bind {
            MetricsAt::Address(address) => Some(address.to_string().into()),
            other => name(METRICS, &other),
        },
    },
    Key {
        name: "query-bytes",
        value: "BYTES",
        help: "How many bytes the terms of a result may take",
        expected: BYTES,
        scope: Scope::Server,
        set: |c, text| put(&mut c.limits.query_bytes, limits::bytes(text)),
        get: |c| Some(limits::told(c.limits.query_bytes).into()),
    },
    Key {
        name: "query-memory",
        value: "BYTES",
        help: "How many bytes of memory a query may take while it is evaluated",
        expected: BYTES,
        scope: Scope::Server,
        set: |c, text| put(&mut c.limits.query_memory, limits::bytes(text)),
        get: |c| Some(limits::told(c.limits.query_memory).into()),
    },
    Key {
        name: "query-rows",
        value: "NUMBER",
        help: "How many rows or triples a query of the server may return",
        expected: WHOLE,
        scope: Scope::Server,
        set: |c, text| put(&mut c.query_rows, positive(text)),
        get: |c| i64::try_from(c.query_rows).ok().map(Value::from),
    },
    Key {
        name: "query-timeout",
        value: "SECONDS",
        help: "How long a query may take",
        expected: SECONDS,
        scope: Scope::Server,
        set: |c, text| put(&mut c.query_timeout, seconds(text)),
        get: |c| Some(number(c.query_timeout)),
    },
    Key {
        name: "reviewer",
        value: "NAME",
        help: "The name of whoever makes decisions with `flg review`",
        expected: "a name",
        scope: Scope::Some,
        set: |c, text| put(&mut c.reviewer, (!text.trim().is_empty()).then(|| Some(text.trim().to_owned()))),
        get: |c| c.reviewer.clone().map(Value::from),
    },
    Key {
        name: "service-allow",
        value: "ADDRESSES",
        help: "The endpoints that queries may ask by `SERVICE`",
        expected: "addresses such as https://query.example/sparql",
        scope: Scope::Server,
        set: |c, text| put(&mut c.services.allow, services::addresses(text)),
        get: |c| list(&c.services.allow),
    },
    Key {
        name: "service-bytes",
        value: "BYTES",
        help: "How many bytes other endpoints may answer to one query",
        expected: BYTES,
        scope: Scope::Server,
        set: |c, text| put(&mut c.services.bytes, limits::bytes(text)),
        get: |c| Some(limits::told(c.services.bytes).into()),
    },
    Key {
        name: "service-private",
        value: "BOOL",
        help: "Whether other endpoints may be in private networks or on this machine",
        expected: "`true` or `false`",
        scope: Scope::Server,
        set: |c, text| put(&mut c.services.private, text.parse().ok()),
        get: |c| Some(c.services.private.into()),
    },
    Key {
        name: "service-timeout",
        value: "SECONDS",
        help: "How long another endpoint may take to answer",
        expected: SECONDS,
        scope: Scope::Server,
        set: |c, text| put(&mut c.services.timeout, seconds(text)),
        get: |c| Some(number(c.services.timeout)),
    },
    Key {
        name: "shutdown-timeout",
        value: "SECONDS",
        help: "How long the server lets requests run to their end when it is stopped",
        expected: SECONDS,
        scope: Scope::Server,
        set: |c, text| put(&mut c.shutdown_timeout, seconds(text)),
        get: |c| Some(number(c.shutdown_timeout)),
    },
    Key {
        name: "store",
        value: "DIR",
        help: "The folder of the store, or the address at which a SPARQL service takes queries",
        expected: "a folder, or an address without name and password (those are `store-user` and `store-password`)",
        scope: Scope::All,
        set: |c, text| put(&mut c.store, Location::of(text).ok()),
        get: |c| Some(c.store.to_string().into()),
    },
    Key {
        name: "store-data",
        value: "URL",
        help: "Where the service of the store takes graphs, if not where its engine usually does",
        expected: ADDRESS,
        scope: Scope::Some,
        set: |c, text| put(&mut c.service.data, address(text).map(Some)),
        get: |c| c.service.data.clone().map(Value::from),
    },
    Key {
        name: "store-password",
        value: "PASSWORD",
        help: "The password for the service of the store",
        expected: "a text that is not empty",
        scope: Scope::Some,
        set: |c, text| put(&mut c.service.password, secret(text).map(Some)),
        get: |_| None,
    },
    Key {
        name: "store-timeout",
        value: "SECONDS",
        help: "How long the service of the store may be silent",
        expected: SECONDS,
        scope: Scope::Some,
        set: |c, text| put(&mut c.service.timeout, seconds(text)),
        get: |c| Some(number(c.service.timeout)),
    },
    Key {
        name: "store-token",
        value: "TOKEN",
        help: "A bearer token for the service of the store",
        expected: "a text that is not empty",
        scope: Scope::Some,
        set: |c, text| put(&mut c.service.token, secret(text).map(Some)),
        get: |_| None,
    },
    Key {
        name: "store-update",
        value: "URL",
        help: "Where the service of the store takes updates, if not where its engine usually does",
        expected: ADDRESS,
        scope: Scope::Some,
        set: |c, text| put(&mut c.service.update, address(text).map(Some)),
        get: |c| c.service.update.clone().map(Value::from),
    },
    Key {
        name: "store-user",
        value: "NAME",
        help: "Who asks the service of the store, with a password",
        expected: "a name",
        scope: Scope::Some,
        set: |c, text| put(&mut c.service.user, (!text.is_empty()).then(|| Some(text.to_owned()))),
        get: |c| c.service.user.clone().map(Value::from),
    },
    Key {
        name: "trusted-proxies",
        value: "ADDRESSES",
        help: "The proxies whose `X-Forwarded-For` is believed",
        expected: "addresses or networks such as 10.0.0.0/8",
        scope: Scope::Server,
        set: |c, text| put(&mut c.limits.trusted_proxies, limits::networks(text)),
        get: |c| list(&c.limits.trusted_proxies),
    },
    Key {
        name: "uncertain-below",
        value: "SHARE",
        help: "Claims of a lower confidence are listed as uncertain",
        expected: "a number from 0 to 1",
        scope: Scope::Some,
        set: |c, text| put(&mut c.uncertain_below, share(text)),
        get: |c| c.uncertain_below.to_string().parse().ok().map(Value::Float),
    },
];

const SECONDS: &str = "a number of seconds above 0";
const WHOLE: &str = "a whole number above 0";
const BYTES: &str = "a number of bytes above 0, such as `64 MiB`";
const ISOLATIONS: &[(&str, Isolation)] = &[("process", Isolation::Process), ("none", Isolation::None)];
const ADDRESS: &str = "an address such as http://localhost:7878/update, without name and password";
const DEFAULT_GRAPHS: &[(&str, DefaultGraph)] = &[("union", DefaultGraph::Union), ("own", DefaultGraph::Own)];
const LOG_FORMATS: &[(&str, LogFormat)] = &[("text", LogFormat::Text), ("json", LogFormat::Json)];
const METRICS: &[(&str, MetricsAt)] = &[("local", MetricsAt::Local), ("public", MetricsAt::Public), ("off", MetricsAt::Off)];

impl Key {
    /// The setting of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.name == name)
    }
    /// Its name in the environment.
    pub fn variable(&self) -> String {
        format!("FLG_{}", self.name.replace('-', "_").to_ascii_uppercase())
    }
    /// What it is in some settings; `None` if it is not set.
    pub fn of(&self, config: &Config) -> Option<Value> {
        (self.get)(config)
    }
    /// What it is if nobody sets it, as words.
    pub fn default(&self) -> String {
        self.of(&Config::default()).map_or_else(|| "not set".to_owned(), |value| words(&value))
    }
    /// Takes a text over.
    ///
    /// # Errors
    /// What it takes, if it cannot take this.
    pub(super) fn put(&self, config: &mut Config, text: &str) -> Result<(), &'static str> {
        (self.set)(config, text).ok_or(self.expected)
    }
    /// Whether it takes a text.
    ///
    /// # Errors
    /// As a sentence for the reader of a command line.
    pub fn check(&self, text: &str) -> Result<String, String> {
        self.put(&mut Config::default(), text).map(|()| text.to_owned()).map_err(|expected| format!("it takes {expected}"))
    }
}

/// A value without quotation marks.
pub fn words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// All settings as a table of Markdown.
pub fn markdown() -> String {
    let rows = KEYS.iter().map(|key| {
        let (name, variable, help, expected) = (key.name, key.variable(), key.help, key.expected);
        let default = key.of(&Config::default()).map_or_else(String::new, |value| format!("`{}`", words(&value)));
        format!("| `{name}` | `{variable}` | {help} | {expected} | {default} |\n")
    });
    let head = "| in the file | in the environment | what | takes | default |\n|---|---|---|---|---|\n".to_owned();
    std::iter::once(head).chain(rows).collect()
}

/// The likeliest setting that was meant, or all that there are.
pub(super) fn nearest(name: &str) -> String {
    const ALIKE: f64 = 0.75;
    let best = KEYS
        .iter()
        .map(|key| (strsim::jaro_winkler(&name.to_lowercase().replace('_', "-"), key.name), key.name))
        .filter(|(score, _)| *score >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or_else(
        || format!("the settings are {}", KEYS.iter().map(|k| format!("`{}`", k.name)).collect::<Vec<_>>().join(", ")),
        |(_, key)| format!("did you mean `{key}`?"),
    )
}

fn put<T>(place: &mut T, value: Option<T>) -> Option<()> {
    *place = value?;
    Some(())
}
fn address(text: &str) -> Option<String> {
    service::address(text).ok().flatten()
}
fn secret(text: &str) -> Option<Secret> {
    (!text.is_empty()).then(|| Secret::new(text))
}
fn seconds(text: &str) -> Option<Duration> {
    text.parse().ok().and_then(|s| Duration::try_from_secs_f64(s).ok()).filter(|d| !d.is_zero())
}
fn positive<T: std::str::FromStr + PartialOrd + Default>(text: &str) -> Option<T> {
    text.parse().ok().filter(|n| *n > T::default())
}
fn share(text: &str) -> Option<f32> {
    text.parse().ok().filter(|n| (0.0..=1.0).contains(n))
}
fn named<T: Copy>(all: &[(&str, T)], text: &str) -> Option<T> {
    all.iter().find(|(name, _)| *name == text).map(|(_, value)| *value)
}
fn name<T: PartialEq>(all: &[(&str, T)], value: &T) -> Option<Value> {
    all.iter().find(|(_, other)| other == value).map(|(name, _)| (*name).into())
}
fn list(all: &[impl ToString]) -> Option<Value> {
    (!all.is_empty()).then(|| all.iter().map(|one| Value::from(one.to_string())).collect::<Vec<_>>().into())
}
fn path(path: &Path) -> Value {
    path.display().to_string().into()
}
fn number(time: Duration) -> Value {
    let whole = i64::try_from(time.as_secs()).ok().filter(|_| time.subsec_nanos() == 0);
    whole.map_or_else(|| time.as_secs_f64().into(), Value::from)
}
