//! The one place that prints: standard output is data, standard error is talk.
//!
//! Data that nobody reads any more (`flg … | head`) is no error. Colour is for terminals, and not where `NO_COLOR` is set.

use crate::config::LogFormat;
use crate::model::diagnostic::{Diagnostic, Severity};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Write};

/// Where a command writes.
pub struct Output {
    data: Box<dyn Write>,
    talk: Box<dyn Write>,
    /// The style of data.
    pub style: Style,
    /// The style of talk.
    pub talk_style: Style,
    quiet: bool,
    /// How far the work is, where a person watches.
    bar: Option<ProgressBar>,
}

/// How text is set off; plain where there is no terminal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    colour: bool,
}

impl Style {
    /// A style for a stream.
    fn of(stream: &impl IsTerminal) -> Self {
        let unwanted =
            std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) || std::env::var_os("TERM").is_some_and(|v| v == "dumb");
        Self { colour: stream.is_terminal() && !unwanted }
    }
    fn set(self, code: &str, text: impl Display) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }
    /// What stands out: names, headings.
    pub fn strong(self, text: impl Display) -> String {
        self.set("1", text)
    }
    /// What stands back: places, quotes.
    pub fn faint(self, text: impl Display) -> String {
        self.set("2", text)
    }
    /// What went well.
    pub fn good(self, text: impl Display) -> String {
        self.set("32", text)
    }
    /// What is uncertain.
    pub fn warning(self, text: impl Display) -> String {
        self.set("1;33", text)
    }
    /// What went wrong.
    pub fn error(self, text: impl Display) -> String {
        self.set("1;31", text)
    }
    /// What helps.
    pub fn hint(self, text: impl Display) -> String {
        self.set("1;36", text)
    }
}

/// The width of the terminal that standard output goes to, else that of `COLUMNS`, in characters.
pub fn terminal_width() -> Option<usize> {
    let asked = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    terminal_size::terminal_size_of(io::stdout()).map(|(terminal_size::Width(columns), _)| usize::from(columns)).or_else(asked)
}

impl Output {
    /// The process's own streams; `quiet` keeps progress back, not warnings and errors.
    pub fn stdio(quiet: bool) -> Self {
        Self {
            style: Style::of(&io::stdout()),
            talk_style: Style::of(&io::stderr()),
            data: Box::new(BufWriter::new(io::stdout())),
            talk: Box::new(io::stderr()),
            quiet,
            bar: None,
        }
    }

    /// Begins work on so many things; a terminal shows how far it is.
    pub fn begin(&mut self, things: usize) {
        if things > 1 && !self.quiet && io::stderr().is_terminal() {
            let bar = ProgressBar::with_draw_target(u64::try_from(things).ok(), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta:>4} {wide_msg}") {
                bar.set_style(style);
            }
            self.bar = Some(bar);
        }
    }
    /// Begins work whose measure is a large number; a terminal shows how far it is. `total` is 0 where nobody knows.
    pub fn begin_counting(&mut self, total: u64, what: &str) {
        if !self.quiet && io::stderr().is_terminal() {
            let total = Some(total).filter(|total| *total > 0);
            let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
            let known = format!("{{bar:30}} {{human_pos}} of {{human_len}} {what} {{eta:>4}}");
            let template = if total.is_some() { known } else { format!("{{spinner}} {{human_pos}} {what} {{wide_msg}}") };
            if let Ok(style) = ProgressStyle::with_template(&template) {
                bar.set_style(style);
            }
            self.bar = Some(bar);
        }
    }
    /// So much of it is done.
    pub fn reach(&mut self, done: u64) {
        if let Some(bar) = &self.bar {
            bar.set_position(done);
        }
    }
    /// What is done now, where a person watches.
    pub fn doing(&mut self, text: impl Display) {
        if let Some(bar) = &self.bar {
            bar.set_message(visible(&text.to_string()));
        }
    }
    /// What is worked on now: beside the bar, or else on a line of its own.
    pub fn progress(&mut self, text: impl Display) {
        match &self.bar {
            Some(bar) => bar.set_message(visible(&text.to_string())),
            None => self.talk(text),
        }
    }
    /// One thing more is done.
    pub fn advance(&mut self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }
    /// Ends the work; the bar goes away.
    pub fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    /// Whether progress and the like is kept back.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Sends what the server notes while it runs to standard error; `RUST_LOG` chooses how much.
    pub fn log(&self, format: LogFormat) {
        use tracing_subscriber::EnvFilter;
        /// What goes wrong, who asked, and who wrote what.
        const LOGGED: &str = "warn,flg::requests=info,flg::writes=info";
        let wanted = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(LOGGED));
        let log = tracing_subscriber::fmt().with_env_filter(wanted).with_writer(io::stderr);
        // A second server in one process has its log already.
        let _ = match format {
            LogFormat::Text => log.with_ansi(self.talk_style.colour).try_init(),
            LogFormat::Json => log.json().flatten_event(true).with_span_list(false).try_init(),
        };
    }

    /// Standard output, for serialisers; flushed when the command ends.
    pub fn data(&mut self) -> &mut dyn Write {
        &mut self.data
    }
    /// A line of data.
    ///
    /// # Errors
    /// If standard output cannot be written.
    pub fn line(&mut self, text: impl Display) -> io::Result<()> {
        writeln!(self.data, "{text}")
    }
    /// A value as indented JSON, for programs.
    ///
    /// # Errors
    /// If standard output cannot be written.
    pub fn json(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.data, value)?;
        writeln!(self.data)
    }
    /// Ends the data.
    ///
    /// # Errors
    /// If standard output cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.data.flush()
    }

    /// Progress and the like, on standard error; nothing if quiet.
    pub fn talk(&mut self, text: impl Display) {
        if !self.quiet {
            self.say(text);
        }
    }
    /// What is told even if quiet, on standard error.
    pub fn shown(&mut self, text: impl Display) {
        self.say(text);
    }
    /// A warning, with a hint if its text has a line that begins with `hint:`.
    pub fn warn(&mut self, text: impl Display) {
        let label = self.talk_style.warning("warning:");
        self.labelled(&label, &text.to_string(), &[]);
    }
    /// An error with its causes, and hints at the end, each on a line of its own.
    pub fn error(&mut self, error: &anyhow::Error) {
        let mut messages = error.chain().map(ToString::to_string);
        let first = messages.next().unwrap_or_default();
        let mut causes: Vec<String> = Vec::new();
        for cause in messages {
            // A layer may have put its cause into its own message already.
            if !first.contains(&cause) && !causes.iter().any(|c| c.contains(&cause)) {
                causes.push(cause);
            }
        }
        let label = self.talk_style.error("error:");
        self.labelled(&label, &first, &causes);
    }
    /// A diagnostic about a file: `file:line: warning: message [code]`.
    pub fn diagnostic(&mut self, file: &str, diagnostic: &Diagnostic) {
        let style = self.talk_style;
        let label = match diagnostic.severity {
            Severity::Note => style.strong("note:"),
            Severity::Warning => style.warning("warning:"),
            Severity::Error => style.error("error:"),
        };
        let line = diagnostic.line.map(|line| format!(":{line}")).unwrap_or_default();
        self.say(format_args!(
            "{file}{line}: {label} {} {}",
            visible(&diagnostic.message),
            style.faint(format_args!("[{}]", diagnostic.code))
        ));
        if let Some(excerpt) = &diagnostic.excerpt {
            self.say(format_args!("  {}", style.faint(format_args!("“{}”", visible(excerpt)))));
        }
        if let Some(hint) = &diagnostic.hint {
            self.say(format_args!("  {} {hint}", style.hint("hint:")));
        }
    }
    /// What the argument parser has to say: help on standard output, misuse on standard error.
    pub fn usage(&mut self, error: &clap::Error) {
        let _ = error.print(); // nobody is left to tell
    }

    fn labelled(&mut self, label: &str, message: &str, causes: &[String]) {
        let (mut said, mut hints) = split_hints(&visible(message));
        for cause in causes {
            let (cause, more) = split_hints(&visible(cause));
            said.push_str("\n  cause: ");
            said.push_str(&cause.replace('\n', "\n    "));
            hints.extend(more);
        }
        self.say(format_args!("{label} {said}"));
        for hint in hints {
            let label = self.talk_style.hint("hint:");
            self.say(format_args!("{label} {hint}"));
        }
    }
    fn say(&mut self, text: impl Display) {
        // Nobody may be left to tell.
        let talk = &mut self.talk;
        match &self.bar {
            Some(bar) => drop(bar.suspend(|| writeln!(talk, "{text}"))),
            None => drop(writeln!(talk, "{text}")),
        }
    }
}

/// A text without characters that a terminal would obey: a report must not move the cursor.
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
}

/// The message without the lines that begin with `hint:`, and those hints.
fn split_hints(message: &str) -> (String, Vec<String>) {
    let (mut said, mut hints) = (Vec::new(), Vec::new());
    for line in message.trim_end().lines() {
        match line.trim_start().strip_prefix("hint:") {
            Some(hint) => hints.push(hint.trim().to_owned()),
            None => said.push(line),
        }
    }
    (said.join("\n"), hints)
}

/// Whether an error is only that nobody reads the output any more.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);
    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    fn said(speak: impl Fn(&mut Output)) -> String {
        let talk = Shared::default();
        let plain = Style { colour: false };
        speak(&mut Output {
            data: Box::new(io::sink()),
            talk: Box::new(talk.clone()),
            style: plain,
            talk_style: plain,
            quiet: true,
            bar: None,
        });
        let bytes = talk.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn an_error_names_its_causes_once_and_ends_in_hints() {
        let error = anyhow::anyhow!("no such file\nhint: look elsewhere").context("cannot read `a.txt`");
        assert_eq!(said(|out| out.error(&error)), "error: cannot read `a.txt`\n  cause: no such file\nhint: look elsewhere\n");
        let repeated = anyhow::anyhow!("locked").context("cannot open: locked");
        assert_eq!(said(|out| out.error(&repeated)), "error: cannot open: locked\n");
    }

    #[test]
    fn quiet_keeps_progress_back_but_not_warnings() {
        assert_eq!(said(|out| out.talk("reading")), "");
        assert_eq!(said(|out| out.warn("odd")), "warning: odd\n");
    }
}
