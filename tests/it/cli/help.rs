//! Help, completions and manual pages, of every command.

use super::Desk;

/// The commands that the help of `flg` lists.
fn commands(desk: &Desk) -> Vec<String> {
    let help = desk.flg(&["--help"]).good().out;
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap().lines();
    let commands: Vec<String> = listed
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .map(str::to_owned)
        .collect();
    for expected in ["build", "add", "convert", "check", "show", "serve", "completions", "man"] {
        assert!(commands.iter().any(|command| command == expected), "`{expected}` is not in: {help}");
    }
    commands
}

#[test]
fn the_help_of_every_command_teaches_with_examples() {
    let desk = Desk::new();
    for command in commands(&desk) {
        let help = desk.flg(&[&command, "--help"]).good().out;
        assert!(help.contains("Examples:\n") && help.contains(&format!("flg {command}")), "{help}");
    }
}

#[test]
fn completions_and_manual_pages_cover_every_command() {
    let desk = Desk::new();
    let commands = commands(&desk);
    for shell in ["bash", "zsh", "fish"] {
        let script = desk.flg(&["completions", shell]).good().out;
        for command in &commands {
            assert!(script.contains(command), "{shell} does not know `{command}`");
        }
        assert!(script.contains("jsonld"), "{shell} does not know the forms of `flg convert`");
    }
    desk.flg(&["man", "--dir", "man1"]).good();
    for command in &commands {
        let page = desk.read(&format!("man1/flg-{command}.1"));
        assert!(page.contains(".TH") && page.contains("Examples:"), "{command}");
        assert!(desk.flg(&["man", command]).good().out.contains("Examples:"), "{command}");
    }
    assert!(desk.flg(&["man"]).good().out.contains(".TH flg 1"));
    desk.flg(&["man", "nonsense"]).refused(&["there is no command `nonsense`", "`build`"]);
}
