//! A running `flg serve`, for the tests that need the real process.

use super::Desk;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A running server, and where it is.
pub(crate) struct Server {
    pub(crate) process: Child,
    pub(crate) address: String,
    /// Where the metrics are, if at an address of their own.
    pub(crate) metrics: Option<String>,
    log: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn start(desk: &Desk) -> Self {
        Self::run(&mut desk.command(&["serve", "--bind", "127.0.0.1:0"]))
    }

    /// Runs a command that serves.
    pub(crate) fn run(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut talk = BufReader::new(process.stderr.take().unwrap()).lines().map(Result::unwrap);
        let (mut said, mut address, mut metrics) = (Vec::new(), None, None);
        for line in talk.by_ref() {
            let place = line.split_whitespace().find(|word| word.starts_with("http://")).map(str::to_owned);
            said.push(line.clone());
            match place {
                Some(place) if line.contains("Metrics") => metrics = Some(place),
                Some(place) => {
                    address = Some(place.trim_end_matches('/').to_owned());
                    break;
                }
                None => {}
            }
        }
        let address = address.unwrap_or_else(|| panic!("it does not say where it serves: {said:?}"));
        let log = Arc::<Mutex<Vec<String>>>::default();
        let lines = Arc::clone(&log);
        std::thread::spawn(move || talk.for_each(|line| lines.lock().unwrap().push(line)));
        Self { process, address, metrics, log }
    }

    /// What it has said since it said where it serves.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }

    /// Waits until it has said something.
    pub(crate) fn says(&self, words: &str) -> String {
        let begun = Instant::now();
        while !self.log().contains(words) {
            assert!(begun.elapsed() < Duration::from_secs(20), "`{words}` is not in: {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        self.log()
    }

    /// Sends it a signal: `TERM`, `INT`.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.process.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill(); // SIGKILL
        let _ = self.process.wait();
    }
}

/// A client that no proxy stands in the way of.
pub(crate) fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}
