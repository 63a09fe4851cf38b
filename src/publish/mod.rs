//! A site of files: every page in every language, every document in every form, dumps, a search index, and rules by which file servers
//! negotiate content, so that any of them publishes the graph without `flg`.
//!
//! Pages and documents are those of the server. Its router is asked for them within the process, without a socket, and every link of a
//! page leads to the next; so what pages come to refer to is published with them, and nothing is listed by hand. Where something lies is
//! told by [`layout`](crate::describe::layout) alone. A site is written aside, checked, and then put in its place at once; a file
//! that has not changed stays the file that it was.

mod check;
mod copy;
mod crawl;
mod disk;
mod dump;
mod error;
mod folder;
mod links;
mod manifest;
mod pages;
mod rules;
mod seeds;
mod site;
mod state;
mod way;

pub use error::PublishError;

use crate::config::Config;
use crate::describe::Place;
use crate::search;
use crate::store::Store;
use crawl::Crawl;
use folder::Folder;
use manifest::Manifest;
use serde::Serialize;
use site::Site;
use state::Sum;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is to be published, and where.
pub struct Order<'a> {
    /// The graph.
    pub store: Arc<dyn Store>,
    /// The settings, of which those that limit requests do not hold.
    pub config: &'a Config,
    /// The folder.
    pub out: &'a Path,
    /// The address at which it will be found.
    pub base: Base,
    /// So many pages are made at once.
    pub jobs: usize,
    /// Whether all is made anew though nothing has changed.
    pub force: bool,
}

/// The address of a site, without a slash behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

impl std::str::FromStr for Base {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fault = || "it takes an address such as `https://example.org` or `https://user.github.io/graph`".to_owned();
        let url = reqwest::Url::parse(text).map_err(|_| fault())?;
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
        if !(matches!(url.scheme(), "http" | "https") && url.has_host() && plain) || url.path().contains("//") {
            return Err(fault());
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }
}

/// How far the work is.
pub enum Progress {
    /// So many files are there.
    Made(u64),
    /// What is done now.
    Doing(&'static str),
}

/// What was published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Published {
    /// Pages, in all languages.
    pub pages: usize,
    /// Files, the pages among them.
    pub files: usize,
    /// Files that are new or have changed.
    pub written: usize,
    /// Files that have not.
    pub kept: usize,
    /// Files that there are no more.
    pub removed: usize,
    /// Addresses that pages name and the graph does not speak of: the links are taken out.
    pub unknown: Vec<String>,
    /// Whether the graph, the address and the program are those of the last time, so that nothing had to be made.
    pub unchanged: bool,
}

/// Publishes a graph. `stop` is asked again and again whether the work is to end; then the site is as it was before.
///
/// # Errors
/// If the graph cannot be read or the folder not written, if that holds something else, or if a link of a page leads nowhere.
pub fn publish(
    order: &Order<'_>,
    tell: &mut dyn FnMut(Progress),
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Published, PublishError> {
    let place = Place::of_files(order.base.0.clone());
    let before = Manifest::of(order.out)?;
    if let Some(before) = before.as_ref().filter(|_| !order.force)
        && before.state == Sum::of(order.store.as_ref())?.word(&place)
        && before.is_whole(order.out)
    {
        return Ok(Published {
            pages: before.pages(),
            files: before.files.len(),
            kept: before.files.len(),
            unchanged: true,
            ..Published::default()
        });
    }
    let folder = Folder::new(order.out)?;
    let (store, sum) = copy::of(&order.store)?;
    let site = Site::new(Arc::clone(&store), order.config, &place, order.jobs)?;
    let given_up = AtomicBool::new(false);
    let halt = || stop() || given_up.load(Ordering::Relaxed);
    let crawl = Crawl::new(&site, &folder, &place, &halt);
    tell(Progress::Doing("pages and documents"));
    let (pages, whole) = std::thread::scope(|scope| {
        let beside = scope.spawn(|| of_whole(store.as_ref(), &folder, &place, &halt).inspect_err(|_| give_up(&given_up)));
        let pages = of_parts(&crawl, store.as_ref(), &folder, &place, order.jobs, tell).inspect_err(|_| give_up(&given_up));
        if !beside.is_finished() {
            tell(Progress::Doing("the dumps and the search index"));
        }
        (pages, beside.join().unwrap_or_else(|cause| resume_unwind(cause)))
    });
    match (pages, whole) {
        // One of them failed, and so the other was stopped.
        (Err(PublishError::Interrupted) | Ok(()), Err(error)) | (Err(error), _) => return Err(error),
        (Ok(()), Ok(())) => {}
    }
    tell(Progress::Doing("the check"));
    let unknown = crawl.unknown();
    check::mend(&folder, &place, &unknown, order.jobs, stop)?;
    let mut published = folder.finish(sum.word(&place), stop)?;
    published.unknown = unknown.into_iter().collect();
    Ok(published)
}

fn give_up(flag: &AtomicBool) {
    flag.store(true, Ordering::Relaxed);
}

/// Writes the pages, and all that they lead to.
fn of_parts(
    crawl: &Crawl<'_>,
    store: &dyn Store,
    folder: &Folder,
    place: &Place,
    jobs: usize,
    tell: &mut dyn FnMut(Progress),
) -> Result<(), PublishError> {
    crawl.own(&pages::own());
    for seed in seeds::all(store, place)? {
        crawl.add(&seed);
    }
    crawl.run(jobs, tell)?;
    pages::write(crawl, folder, place)?;
    // What those refer to.
    crawl.run(jobs, tell)
}

/// Writes what is made of the whole graph, on one thread beside the pages: the dumps, the search index and the rules of servers.
fn of_whole(store: &dyn Store, folder: &Folder, place: &Place, stop: &(dyn Fn() -> bool + Sync)) -> Result<(), PublishError> {
    dump::write(store, folder, stop)?;
    for (name, bytes) in search::shards::shards(store)? {
        if stop() {
            return Err(PublishError::Interrupted);
        }
        folder.put(&format!("{}{name}", pages::INDEX), &bytes)?;
    }
    rules::all(place).into_iter().try_for_each(|(name, text)| folder.put(name, text.as_bytes()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_host_and_no_more_than_a_path() {
        let base = |text: &str| text.parse::<Base>().map(|base| base.0);
        assert_eq!(base("https://example.org/"), Ok("https://example.org".to_owned()));
        assert_eq!(base("http://127.0.0.1:8000/a/b/"), Ok("http://127.0.0.1:8000/a/b".to_owned()));
        for wrong in [
            "example.org",
            "ftp://example.org",
            "https://",
            "https://a.org/?x",
            "https://a.org/#x",
            "https://u:p@a.org/",
            "/x",
            "https://a.org//x",
        ] {
            assert!(base(wrong).unwrap_err().contains("https://user.github.io/graph"), "{wrong}");
        }
    }
}
