//! The versions that were released, for those who ask for one: which there are, what each speaks of, and the few that are open.
//!
//! A version is opened when somebody asks what it says, one at a time, and a few stay open: the one that nobody has asked for the
//! longest is closed first. What it speaks of is known by eight bytes for each thing, and stays known.

use super::error::{Code, Problem};
use super::limits::App;
use super::names::FRESH;
use crate::describe::Overview;
use crate::describe::figures::Figures;
use crate::release::{self, IN_MEMORY, Known, Opened, Release, ReleaseError};
use crate::store::Store;
use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::Semaphore;

/// So many versions are open at a time.
const OPEN: usize = 2;

/// The releases, the oldest first.
pub(super) type Releases = Arc<Vec<Arc<Release>>>;

/// The releases in a folder.
pub(super) struct Shelf {
    folder: PathBuf,
    /// Which there are, and when that was looked up.
    listed: Mutex<Option<(Instant, Releases)>>,
    /// Those that are open, the one that was asked last in front.
    open: Mutex<VecDeque<Arc<Version>>>,
    /// What each speaks of, by the hash of what it holds.
    known: Mutex<HashMap<String, Arc<Known>>>,
    /// The permit to read one.
    reading: Arc<Semaphore>,
}

/// A version that is open.
pub(super) struct Version {
    pub(super) release: Arc<Release>,
    opened: Opened,
    /// Its reports and decisions.
    pub(super) overview: Overview,
    /// How much it holds.
    pub(super) figures: Figures,
}

impl Version {
    fn open(release: &Arc<Release>) -> Result<Self, ReleaseError> {
        let opened = release::open(&release.data(), release.manifest.content.statements, IN_MEMORY)?;
        let overview = Overview::read::<dyn Store>(opened.store.as_ref())?;
        let figures = Figures::read(opened.store.as_ref())?;
        Ok(Self { release: Arc::clone(release), opened, overview, figures })
    }

    /// Its statements.
    pub(super) fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.opened.store) as Arc<dyn Store>
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What tells a release from any other, also from one that was put in its place.
fn key(release: &Release) -> &str {
    &release.manifest.content.sha256
}

impl Shelf {
    /// The releases in a folder, which need not be there yet.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            listed: Mutex::default(),
            open: Mutex::default(),
            known: Mutex::default(),
            reading: Arc::new(Semaphore::new(1)),
        }
    }

    /// Looks up which there are. A folder that is no release is told in the log, and the others are shown.
    fn look(&self) -> Result<Releases, ReleaseError> {
        let all = release::list_with(&self.folder, &mut |error| {
            tracing::warn!(%error, "a folder among the releases is left out");
            Ok(())
        })?;
        let all: Releases = Arc::new(all.into_iter().map(Arc::new).collect());
        *held(&self.listed) = Some((Instant::now(), Arc::clone(&all)));
        Ok(all)
    }

    fn opened(&self, release: &Release) -> Option<Arc<Version>> {
        let mut open = held(&self.open);
        let at = open.iter().position(|version| key(&version.release) == key(release))?;
        let version = open.remove(at)?;
        open.push_front(Arc::clone(&version));
        Some(version)
    }

    fn open(&self, release: &Arc<Release>) -> Result<Arc<Version>, ReleaseError> {
        if let Some(version) = self.opened(release) {
            return Ok(version);
        }
        // First comes room for it.
        held(&self.open).truncate(OPEN - 1);
        let version = Arc::new(Version::open(release)?);
        held(&self.open).push_front(Arc::clone(&version));
        Ok(version)
    }

    fn knows(&self, release: &Release) -> Option<Arc<Known>> {
        held(&self.known).get(key(release)).cloned()
    }

    fn know(&self, release: &Release) -> Result<Arc<Known>, ReleaseError> {
        if let Some(known) = self.knows(release) {
            return Ok(known);
        }
        let known = Arc::new(Known::read(&release.data())?);
        held(&self.known).insert(key(release).to_owned(), Arc::clone(&known));
        Ok(known)
    }
}

impl App {
    /// The releases that are shown, the oldest first; none where the settings name no folder of them.
    pub(super) async fn releases(&self) -> Releases {
        let Some(those) = &self.shelf else { return Releases::default() };
        let known = held(&those.listed).clone();
        if let Some((_, all)) = known.as_ref().filter(|(looked, _)| looked.elapsed() < FRESH) {
            return Arc::clone(all);
        }
        let looking = Arc::clone(those);
        match tokio::task::spawn_blocking(move || looking.look()).await {
            Ok(Ok(all)) => all,
            Ok(Err(error)) => {
                tracing::error!(%error, "the releases cannot be listed");
                known.map(|(_, all)| all).unwrap_or_default()
            }
            Err(failure) => {
                tracing::error!(%failure, "the releases cannot be listed");
                Releases::default()
            }
        }
    }

    /// A version, open.
    ///
    /// # Errors
    /// [`Code::Busy`] if it is not open when a query's time is over; it is then, soon after.
    pub(super) async fn version(&self, release: &Arc<Release>) -> Result<Arc<Version>, Problem> {
        let those = self.shelf.as_ref().ok_or_else(|| Problem::not_found(release.version()))?;
        if let Some(version) = those.opened(release) {
            return Ok(version);
        }
        self.read_release(those, release, Shelf::open).await
    }

    /// What a version speaks of.
    ///
    /// # Errors
    /// As [`App::version`].
    pub(super) async fn known(&self, release: &Arc<Release>) -> Result<Arc<Known>, Problem> {
        let those = self.shelf.as_ref().ok_or_else(|| Problem::not_found(release.version()))?;
        if let Some(known) = those.knows(release) {
            return Ok(known);
        }
        self.read_release(those, release, |those, release| those.know(release)).await
    }

    /// Reads a release, which goes on to its end whoever waits.
    async fn read_release<T: Send + 'static>(
        &self,
        those: &Arc<Shelf>,
        release: &Arc<Release>,
        read: fn(&Shelf, &Arc<Release>) -> Result<T, ReleaseError>,
    ) -> Result<T, Problem> {
        let (those, wanted) = (Arc::clone(those), Arc::clone(release));
        let reading = async move {
            let permit = Arc::clone(&those.reading).acquire_owned().await;
            let work = move || {
                let _permit = permit;
                read(&those, &wanted)
            };
            tokio::task::spawn_blocking(work).await
        };
        match tokio::time::timeout(self.settings.query_timeout, reading).await {
            Ok(Ok(Ok(found))) => Ok(found),
            Ok(Ok(Err(error))) => Err(Problem::internal(&error)),
            Ok(Err(failure)) => Err(Problem::internal(&failure)),
            Err(_) => Err(Problem::new(Code::Busy, format!("Version `{}` is being read", release.version()))
                .hint("Try again in a few seconds")),
        }
    }
}
