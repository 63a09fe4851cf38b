//! The way through all pages: each is asked for once, its links are made to lead to files, and lead on to the next.

use super::folder::Folder;
use super::links::{self, Fate};
use super::site::{Answer, Site};
use super::{Progress, PublishError, pages};
use crate::describe::Place;
use crate::describe::layout::{Laid, first_language, lay};
use crate::facts::texts::LANGUAGES;
use axum::http::StatusCode;
use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// So often it is told how far the work is.
const NEWS: Duration = Duration::from_millis(100);
/// A longer way from one address to the next is a circle.
const HOPS: usize = 8;

/// A walk through a site.
pub(super) struct Crawl<'a> {
    site: &'a Site,
    folder: &'a Folder,
    place: &'a Place,
    stop: &'a (dyn Fn() -> bool + Sync),
    way: Mutex<Way>,
    /// Rung when there is something to do, or nothing any more.
    bell: Condvar,
    made: AtomicU64,
}

/// Where the walk is.
#[derive(Default)]
struct Way {
    ahead: Vec<Laid>,
    /// Files that are asked for, or were.
    seen: HashSet<String>,
    /// How many are being made.
    making: usize,
    /// Files of addresses that the graph does not speak of.
    unknown: BTreeSet<String>,
    failed: Option<PublishError>,
}

impl<'a> Crawl<'a> {
    pub(super) fn new(site: &'a Site, folder: &'a Folder, place: &'a Place, stop: &'a (dyn Fn() -> bool + Sync)) -> Self {
        Self { site, folder, place, stop, way: Mutex::default(), bell: Condvar::new(), made: AtomicU64::new(0) }
    }

    fn way(&self) -> MutexGuard<'_, Way> {
        self.way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Files that are made in another way, and not asked for.
    pub(super) fn own(&self, files: &[String]) {
        self.way().seen.extend(files.iter().cloned());
    }

    /// Will ask for an address, if it is not asked for yet and can have a file.
    pub(super) fn add(&self, address: &str) {
        if let Some(laid) = lay(address, first_language()) {
            self.ask(laid);
        }
    }

    fn ask(&self, laid: Laid) {
        let mut way = self.way();
        if way.seen.insert(laid.file.clone()) {
            way.ahead.push(laid);
            self.bell.notify_one();
        }
    }

    /// The files of addresses that the graph does not speak of.
    pub(super) fn unknown(&self) -> BTreeSet<String> {
        self.way().unknown.clone()
    }

    /// Asks for all that is ahead, and for all that this leads to, `jobs` at a time.
    ///
    /// # Errors
    /// If a page cannot be made or written, or the work is stopped.
    pub(super) fn run(&self, jobs: usize, tell: &mut dyn FnMut(Progress)) -> Result<(), PublishError> {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..jobs.max(1)).map(|_| scope.spawn(|| self.work())).collect();
            while !workers.iter().all(std::thread::ScopedJoinHandle::is_finished) {
                std::thread::park_timeout(NEWS);
                tell(Progress::Made(self.made.load(Ordering::Relaxed)));
                if (self.stop)() {
                    self.fail(PublishError::Interrupted);
                }
            }
        });
        match self.way().failed.take() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    fn fail(&self, error: PublishError) {
        let mut way = self.way();
        way.failed.get_or_insert(error);
        way.ahead.clear();
        self.bell.notify_all();
    }

    fn work(&self) {
        while let Some(laid) = self.next() {
            if let Err(error) = self.make(&laid) {
                self.fail(error);
            }
            self.made.fetch_add(1, Ordering::Relaxed);
            let mut way = self.way();
            way.making -= 1;
            if way.making == 0 && way.ahead.is_empty() {
                self.bell.notify_all();
            }
        }
    }

    /// The next address; `None` when there will be none.
    fn next(&self) -> Option<Laid> {
        let mut way = self.way();
        loop {
            if way.failed.is_some() {
                return None;
            }
            if let Some(laid) = way.ahead.pop() {
                way.making += 1;
                return Some(laid);
            }
            if way.making == 0 {
                return None;
            }
            way = self.bell.wait(way).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Makes the file of an address.
    fn make(&self, laid: &Laid) -> Result<(), PublishError> {
        let accept = if laid.is_page() { "text/html" } else { "*/*" };
        let mut answer = self.site.get(&laid.asked, accept)?;
        for _ in 0..HOPS {
            let Some(to) = answer.location.take().filter(|_| answer.status.is_redirection()) else { break };
            if laid.is_page() {
                return self.lead(laid, &to);
            }
            // A document has nobody to lead on: what it leads to stands in its place.
            answer = self.site.get(&to, accept)?;
        }
        match answer.status {
            StatusCode::OK => {}
            StatusCode::GONE if laid.is_page() => {}
            status if status.is_client_error() => {
                self.way().unknown.insert(laid.file.clone());
                return Ok(());
            }
            status => {
                let said = String::from_utf8_lossy(&answer.body).chars().take(200).collect::<String>();
                return Err(PublishError::Page { address: laid.asked.clone(), message: format!("{status}: {said}") });
            }
        }
        self.write(laid, &answer)
    }

    fn write(&self, laid: &Laid, answer: &Answer) -> Result<(), PublishError> {
        let kind = answer.media_type.split(';').next().unwrap_or_default();
        match (kind, std::str::from_utf8(&answer.body)) {
            ("text/html", Ok(html)) => {
                let html = self.page(laid, html);
                self.folder.put(&laid.file, html.as_bytes())?;
                pages::names(laid, &html, self.folder, self.place)
            }
            ("text/css" | "text/javascript" | "application/javascript", Ok(text)) => {
                self.folder.put(&laid.file, self.asset(laid, text).as_bytes())
            }
            _ => self.folder.put(&laid.file, &answer.body),
        }
    }

    /// A page with its links led to files, which are asked for.
    pub(super) fn page(&self, page: &Laid, html: &str) -> String {
        links::page(html, &mut |_, address| {
            if let Some(own) = own(self.place, address) {
                if let Some(laid) = named(own, page) {
                    self.ask(laid);
                }
                return Fate::Keep;
            }
            if !address.starts_with('/') || address.starts_with("//") {
                return Fate::Keep;
            }
            match lay(address, page.lang) {
                Some(laid) => {
                    let to = format!("{}{}", self.place.folder(), laid.address);
                    self.ask(laid);
                    Fate::Lead(to)
                }
                None => Fate::Drop,
            }
        })
    }

    /// A style sheet or script whose absolute addresses are those of the site; what it names is asked for.
    fn asset(&self, laid: &Laid, text: &str) -> String {
        let mut text = text.to_owned();
        for named in links::of_asset(&text) {
            let base = format!("http://site.invalid{}", laid.asked);
            let Some(address) = reqwest::Url::parse(&base).ok().and_then(|base| base.join(&named).ok()) else { continue };
            self.add(address.path());
            if named.starts_with('/') {
                for quote in ['"', '\'', '`', '('] {
                    text = text.replace(&format!("{quote}{named}"), &format!("{quote}{}{named}", self.place.folder()));
                }
            }
        }
        text
    }

    /// A page that leads to another, because what it was about is spoken of there.
    fn lead(&self, laid: &Laid, to: &str) -> Result<(), PublishError> {
        let Some(there) = lay(to, laid.lang) else { return Ok(()) };
        let html = pages::leading(&there, self.place)?;
        self.ask(there);
        self.folder.put(&laid.file, html.as_bytes())?;
        pages::names(laid, &html, self.folder, self.place)
    }
}

/// The path of an address that stands in full, if it is one of the site.
pub(super) fn own<'t>(place: &Place, address: &'t str) -> Option<&'t str> {
    address.strip_prefix(place.origin()).filter(|path| path.starts_with('/'))
}

/// What lies at a path of the site that a page names in full, if it is no page: a document that a server knows by the same name, or the
/// picture of the page, which may have another.
fn named(path: &str, page: &Laid) -> Option<Laid> {
    let language = |(code, _): &(&str, &str)| {
        let rest = path.strip_prefix('/')?.strip_prefix(code)?;
        rest.starts_with('/').then(|| format!("{rest}?lang={code}"))
    };
    let document = LANGUAGES.iter().find_map(language).unwrap_or_else(|| path.to_owned());
    let about = page.asked.split('?').next().and_then(|asked| asked.strip_prefix("/page/")).unwrap_or_default();
    let picture = format!("/card/{about}.png?lang={}", page.lang);
    let lies_there = |laid: &Laid| !laid.is_page() && laid.address == path;
    [picture, document].iter().filter_map(|address| lay(address, first_language())).find(lies_there)
}
