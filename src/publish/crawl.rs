//! The way through all pages: each is asked for once, its links are made to lead to files, and lead on to the next.

use super::folder::Folder;
use super::links::{self, Fate};
use super::site::{Answer, Site};
use super::way::Way;
use super::{Progress, PublishError, pages};
use crate::describe::Place;
use crate::describe::layout::{Laid, first_language, lay};
use crate::facts::texts::LANGUAGES;
use crate::store::{STACK, evaluate_here};
use axum::http::StatusCode;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::ScopedJoinHandle;
use std::time::Duration;

/// So often it is told how far the work is.
const NEWS: Duration = Duration::from_millis(100);
/// A longer way from one address to the next is a circle.
const HOPS: usize = 8;
/// So many links of pages in a language are remembered at a time.
const LINKS: usize = 50_000;

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
    /// Where links of pages in each language lead; the same stand on page after page.
    led: Mutex<HashMap<&'static str, HashMap<String, Option<String>>>>,
}

impl<'a> Crawl<'a> {
    pub(super) fn new(site: &'a Site, folder: &'a Folder, place: &'a Place, stop: &'a (dyn Fn() -> bool + Sync)) -> Self {
        Self {
            site,
            folder,
            place,
            stop,
            way: Mutex::default(),
            bell: Condvar::new(),
            made: AtomicU64::new(0),
            led: Mutex::default(),
        }
    }

    fn way(&self) -> MutexGuard<'_, Way> {
        self.way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Files that are made in another way, and not asked for.
    pub(super) fn own(&self, files: &[String]) {
        self.way().own(files);
    }

    /// Will ask for an address, if it is not asked for yet and can have a file.
    pub(super) fn add(&self, address: &str) {
        if let Some(laid) = lay(address, first_language()) {
            self.ask(laid);
        }
    }

    fn ask(&self, laid: Laid) {
        if self.way().add(laid) {
            self.bell.notify_one();
        }
    }

    /// The files of addresses that the graph does not speak of.
    pub(super) fn unknown(&self) -> BTreeSet<String> {
        self.way().unknown().clone()
    }

    /// Asks for all that is ahead, and for all that this leads to, `jobs` at a time.
    ///
    /// # Errors
    /// If a page cannot be made or written, or the work is stopped.
    pub(super) fn run(&self, jobs: usize, tell: &mut dyn FnMut(Progress)) -> Result<(), PublishError> {
        let (teller, ended) = (std::thread::current(), AtomicUsize::new(0));
        let work = || {
            evaluate_here();
            self.work();
            ended.fetch_add(1, Ordering::Relaxed);
            teller.unpark();
        };
        std::thread::scope(|scope| {
            let worker = |_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            let workers = (0..jobs.max(1)).map(worker).collect::<Result<Vec<_>, _>>().map_err(|error| {
                self.fail(PublishError::Interrupted);
                PublishError::Start(error)
            })?;
            while ended.load(Ordering::Relaxed) < workers.len() && !workers.iter().all(ScopedJoinHandle::is_finished) {
                std::thread::park_timeout(NEWS);
                tell(Progress::Made(self.made.load(Ordering::Relaxed)));
                if (self.stop)() {
                    self.fail(PublishError::Interrupted);
                }
            }
            Ok::<_, PublishError>(())
        })?;
        self.way().failure().map_or(Ok(()), Err)
    }

    fn fail(&self, error: PublishError) {
        self.way().fail(error);
        self.bell.notify_all();
    }

    fn work(&self) {
        let mut about = None;
        while let Some(laid) = self.next(&mut about) {
            if let Err(error) = self.make(&laid) {
                self.fail(error);
            }
            self.made.fetch_add(1, Ordering::Relaxed);
            if self.way().made() {
                self.bell.notify_all();
            }
        }
    }

    /// The next address, of what the worker is at if there is one; `None` when there will be none.
    fn next(&self, about: &mut Option<String>) -> Option<Laid> {
        let mut way = self.way();
        loop {
            if let Some(laid) = way.next(about) {
                return Some(laid);
            }
            if way.is_over() {
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
                self.way().miss(&laid.file);
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
            self.led(address, page.lang).map_or(Fate::Drop, Fate::Lead)
        })
    }

    /// Where a link of a page in a language leads, which is asked for; `None` if only a server could answer.
    fn led(&self, address: &str, lang: &'static str) -> Option<String> {
        let known = |all: &HashMap<&str, HashMap<String, Option<String>>>| all.get(lang)?.get(address).cloned();
        if let Some(to) = known(&self.led.lock().unwrap_or_else(PoisonError::into_inner)) {
            return to;
        }
        let laid = lay(address, lang);
        let to = laid.as_ref().map(|laid| format!("{}{}", self.place.folder(), laid.address));
        if let Some(laid) = laid {
            self.ask(laid);
        }
        let mut all = self.led.lock().unwrap_or_else(PoisonError::into_inner);
        let of = all.entry(lang).or_default();
        if of.len() >= LINKS {
            of.clear();
        }
        of.insert(address.to_owned(), to.clone());
        to
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
