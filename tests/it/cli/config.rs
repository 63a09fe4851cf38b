//! `flg config`: what holds, and where it is from.

use super::Desk;

#[test]
fn every_setting_is_printed_with_where_it_is_from() {
    let desk = Desk::new();
    let token = super::token::token(&desk, &["ana", "--right", "review"]);
    let settings = desk.read("flg.toml");
    desk.write("flg.toml", format!("query-timeout = 2.5\nstore = \"data\"\nquery-rows = 7\n{settings}"));
    let mut command = desk.command(&["config", "--json", "--query-rows", "9"]);
    let run = command.env("FLG_REVIEWER", "Ana").env("FLG_QUERY_TIMEOUT", "4").output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let of = |name: &str| {
        let found = json["settings"].as_array().unwrap().iter().find(|setting| setting["name"] == name).unwrap().clone();
        (found["value"].clone(), found["origin"].as_str().unwrap().to_owned(), found["place"].clone())
    };
    // A flag outdoes the environment, the environment the file, the file the default.
    assert_eq!(of("query-rows"), (9.into(), "flag".into(), "--query-rows".into()));
    assert_eq!(of("query-timeout"), (4.into(), "environment".into(), "FLG_QUERY_TIMEOUT".into()));
    assert_eq!(of("reviewer"), ("Ana".into(), "environment".into(), "FLG_REVIEWER".into()));
    assert_eq!(of("store"), ("data".into(), "file".into(), "flg.toml".into()));
    assert_eq!(of("bind"), ("127.0.0.1:7878".into(), "default".into(), serde_json::Value::Null));
    assert_eq!(json["tokens"], serde_json::json!([{ "name": "ana", "rights": ["review"] }]));
    let digest = forced_labour_graph::config::digest(&token);
    assert!(settings.contains(&digest));
    let text = desk.flg(&["config"]).good().out;
    for said in [String::from_utf8(run.stdout).unwrap(), text.clone()] {
        assert!(said.contains("ana") && !said.contains(&digest) && !said.contains(&token), "{said}");
    }
    assert!(text.lines().any(|line| line.starts_with("query-timeout = 2.5 ") && line.ends_with("# file: flg.toml")), "{text}");
    assert!(text.lines().any(|line| line.starts_with("# reviewer is not set") && line.ends_with("# default")), "{text}");
}

#[test]
fn what_is_printed_is_a_file_of_settings() {
    let desk = Desk::new();
    let first = desk.flg(&["config", "--metrics-bind", "127.0.0.1:9464", "--shutdown-timeout", "1.5"]).good().out;
    desk.write("flg.toml", &first);
    let again = desk.flg(&["config"]).good().out;
    let held = |text: &str| text.lines().map(|line| line.split("  #").next().unwrap().trim().to_owned()).collect::<Vec<_>>();
    assert_eq!(held(&first), held(&again));
    assert!(again.contains("shutdown-timeout = 1.5") && again.contains("metrics-bind = \"127.0.0.1:9464\""), "{again}");
}

#[test]
fn wrong_settings_are_told_with_their_place_and_the_nearest_name() {
    let desk = Desk::new();
    desk.write("flg.toml", "shutdown-time = 3");
    desk.flg(&["config"]).refused(&["`shutdown-time` in `flg.toml`", "did you mean `shutdown-timeout`?"]);
    desk.write("flg.toml", "log-format = \"xml\"");
    desk.flg(&["config"]).refused(&["`log-format` from `flg.toml` is `xml`", "it takes `text` or `json`"]);
    desk.write("flg.toml", "");
    let run = desk.command(&["config"]).env("FLG_METRICS_BIND", "everywhere").output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(
        run.status.code() == Some(1) && said.contains("`FLG_METRICS_BIND` from the environment") && said.contains("`public`")
    );
    let run = desk.flg(&["serve", "--query-timeout", "soon"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("--query-timeout") && run.err.contains("a number of seconds above 0"), "{}", run.err);
}

/// One table is where the help, the flags and the documentation come from.
#[test]
fn help_and_documentation_tell_of_every_setting() {
    use forced_labour_graph::config::{KEYS, Scope, markdown};
    let desk = Desk::new();
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let help = spaced(&desk.flg(&["config", "--help"]).good().out);
    let serve = spaced(&desk.flg(&["serve", "--help"]).good().out);
    for key in KEYS {
        assert!(help.contains(key.name) && help.contains(key.help), "`{}` is not in {help}", key.name);
        if key.scope == Scope::Server {
            assert!(serve.contains(&format!("--{}", key.name)) && serve.contains(&key.variable()), "`{}`: {serve}", key.name);
        }
    }
    let documented = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operating.md")).unwrap();
    assert!(documented.contains(&markdown()), "docs/operating.md lacks this table:\n{}", markdown());
}
