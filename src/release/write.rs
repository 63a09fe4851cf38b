//! Makes a release: written aside, read back, and put in place as a whole.

use super::changes::{Made, since};
use super::manifest::{self, Content, FORMAT, Manifest, Program};
use super::{ASIDE, IN_MEMORY, LOCK, MANIFEST, Release, ReleaseError, SUMS, check, is_name, list, open};
use crate::describe::figures::Figures;
use crate::describe::version::{DATA, File, Version, document, iri};
use crate::describe::{Overview, Place, writing};
use crate::graph::canonical::canonical;
use crate::model::id::sha256;
use crate::model::moment::Moment;
use crate::model::statements::Statements;
use crate::model::vocab::BASE;
use crate::store::{Part, Store};
use oxigraph::io::RdfFormat;
use std::fs::{self, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What release is wanted.
pub struct Order<'a> {
    /// The folder of all releases.
    pub folder: &'a Path,
    /// Its name; the day if none is given, with a number behind it from the second of a day on.
    pub version: Option<&'a str>,
    /// From when on it stands for the dataset.
    pub date: Moment,
    /// What is to be said of it.
    pub notes: Option<&'a str>,
    /// Whether it is made though nothing has changed.
    pub force: bool,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was made.
    Made(Box<Release>),
    /// The store holds what this version does, so that none was made.
    Unchanged(String),
}

/// Makes a release of what a store holds at one moment.
///
/// # Errors
/// [`ReleaseError::Name`], [`ReleaseError::Exists`], [`ReleaseError::Early`], [`ReleaseError::Empty`], [`ReleaseError::Busy`]; if
/// the store cannot be read or the release not written: then there is none.
pub fn write(store: &dyn Store, order: &Order<'_>) -> Result<Outcome, ReleaseError> {
    fs::create_dir_all(order.folder).map_err(ReleaseError::access(order.folder, "made"))?;
    let _lock = lock(order.folder)?;
    let before = list(order.folder)?;
    let name = name(order, &before)?;
    let last = before.last();
    if let Some(last) = last.filter(|last| last.date >= order.date) {
        return Err(ReleaseError::Early { date: order.date, last: last.version().to_owned(), of_last: last.date });
    }
    let mut statements = Statements::default();
    store.snapshot(&mut |part| {
        if let Part::Quad(quad) = part {
            statements.copy(quad.as_ref());
        }
        Ok(())
    })?;
    if statements.is_empty() {
        return Err(ReleaseError::Empty);
    }
    let (text, held) = (canonical(&statements), statements.len());
    drop(statements);
    let hash = sha256(text.as_bytes());
    if let Some(last) = last.filter(|last| last.manifest.content.sha256 == hash && !order.force) {
        return Ok(Outcome::Unchanged(last.version().to_owned()));
    }
    let aside = Aside::new(order.folder)?;
    aside.write(DATA, text.as_bytes())?;
    // Whatever is said of it from here on is said of what was written.
    let written = open(&aside.0.join(DATA), held, IN_MEMORY)?;
    let figures = Figures::read(written.store.as_ref())?;
    let overview = Overview::read::<dyn Store>(written.store.as_ref())?;
    let content = Content {
        canonicalisation: "RDFC-1.0 with SHA-256".to_owned(),
        sha256: hash.clone(),
        statements: held,
        triples: figures.triples(),
        graphs: figures.graphs.len(),
        things: figures.entities,
        classes: figures.classes.len(),
        properties: figures.properties.len(),
    };
    let mut files = vec![file(DATA, "All statements, as canonical N-Quads", "application/n-quads", text.as_bytes())];
    let mut change = None;
    if let Some(last) = last {
        let (much, made) = since(last, (&aside.0, &text), &name, written.store.as_ref())?;
        for Made { name, title, media_type, bytes } in made {
            aside.write(&name, &bytes)?;
            files.push(file(&name, &title, media_type, &bytes));
        }
        change = Some(much);
    }
    drop(text);
    let version = Version {
        name: name.clone(),
        date: order.date,
        previous: last.map(|last| last.version().to_owned()),
        notes: order.notes.map(str::to_owned),
    };
    let place = Place::new(BASE.trim_end_matches('/'));
    let described = writing::write(&document(&version, &files, &overview, &figures, &place), RdfFormat::Turtle, "");
    let described = described.map_err(ReleaseError::access(DESCRIPTION, "written"))?;
    aside.write(DESCRIPTION, &described)?;
    files.push(file(DESCRIPTION, "The description of this version (VoID, DCAT)", "text/turtle", &described));
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        iri: iri(&name).into_string(),
        version: name.clone(),
        date: order.date.to_string(),
        notes: version.notes,
        previous: version.previous,
        program: Program::this(),
        content,
        changes: change,
        inputs: manifest::inputs(&overview, &figures),
        decisions: manifest::decisions(&overview),
        files,
    };
    drop(written);
    aside.finish(&manifest)?;
    aside.put(&order.folder.join(&name)).map(|release| Outcome::Made(Box::new(release)))
}

/// The file that describes a version.
const DESCRIPTION: &str = "dataset.ttl";

fn file(name: &str, title: &str, media_type: &str, bytes: &[u8]) -> File {
    File {
        name: name.to_owned(),
        title: title.to_owned(),
        media_type: media_type.to_owned(),
        bytes: bytes.len() as u64,
        sha256: sha256(bytes),
    }
}

/// The name of the release: the one that is wanted, or the day.
fn name(order: &Order<'_>, before: &[Release]) -> Result<String, ReleaseError> {
    let taken = |name: &str| before.iter().any(|release| release.version() == name) || order.folder.join(name).exists();
    let Some(wanted) = order.version else {
        let day = order.date.day();
        let more = (2..).map(|n: usize| format!("{day}.{n}"));
        return std::iter::once(day.clone()).chain(more).find(|name| !taken(name)).ok_or(ReleaseError::Name(day));
    };
    if !is_name(wanted) {
        return Err(ReleaseError::Name(wanted.to_owned()));
    }
    if taken(wanted) {
        return Err(ReleaseError::Exists { version: wanted.to_owned(), folder: order.folder.join(wanted) });
    }
    Ok(wanted.to_owned())
}

/// Makes sure that nobody else makes a release there, as long as this is held.
fn lock(folder: &Path) -> Result<fs::File, ReleaseError> {
    let path = folder.join(LOCK);
    let file = fs::File::options().create(true).append(true).open(&path).map_err(ReleaseError::access(&path, "written"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ReleaseError::Busy(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(ReleaseError::access(path, "locked")(error)),
    }
}

/// The folder in which a release is written; it goes if the release does not get its name.
struct Aside(PathBuf);

impl Aside {
    /// An empty one: what a process left that was killed is taken away, since whoever has the lock is the only one who writes.
    fn new(folder: &Path) -> Result<Self, ReleaseError> {
        let path = folder.join(ASIDE);
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(ReleaseError::access(path, "taken away")(error)),
            _ => fs::create_dir(&path).map_err(ReleaseError::access(&path, "made"))?,
        }
        Ok(Self(path))
    }

    /// Writes a file so that it outlasts a failure of power.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ReleaseError> {
        let path = self.0.join(name);
        let written = fs::File::create_new(&path).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.map_err(ReleaseError::access(path, "written"))
    }

    /// Writes the manifest, and the checksums of all files.
    fn finish(&self, manifest: &Manifest) -> Result<(), ReleaseError> {
        let mut bytes = serde_json::to_vec_pretty(manifest)
            .map_err(|error| ReleaseError::access(self.0.join(MANIFEST), "written")(error.into()))?;
        bytes.push(b'\n');
        self.write(MANIFEST, &bytes)?;
        let own = (sha256(&bytes), MANIFEST);
        let files = manifest.files.iter().map(|file| (file.sha256.clone(), file.name.as_str()));
        let mut sums: Vec<(String, &str)> = files.chain(std::iter::once(own)).collect();
        sums.sort_by_key(|(_, name)| *name);
        let lines: Vec<String> = sums.iter().map(|(sum, name)| format!("{sum}  {name}\n")).collect();
        self.write(SUMS, lines.concat().as_bytes())
    }

    /// Reads back what was written, and gives it its name.
    fn put(self, to: &Path) -> Result<Release, ReleaseError> {
        check(&Release::read(&self.0)?)?;
        fs::rename(&self.0, to).map_err(ReleaseError::access(to, "written"))?;
        if let Some(folder) = to.parent() {
            // Only then does the name outlast a failure of power; where a folder cannot be opened, the system sees to it.
            let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
        }
        Release::read(to)
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // It is there no more if it got its name; what cannot be taken away goes with the next release.
        let _ = fs::remove_dir_all(&self.0);
    }
}
