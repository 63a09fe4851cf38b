//! `flg publish`: the whole site as files.

use super::output::Output;
use super::reports::Jobs;
use super::{Status, interrupt};
use crate::config::Config;
use crate::publish::{Base, Order, Progress, Published, publish};
use crate::store::{self, Access};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Write the whole site as files that any file server publishes, GitHub Pages too
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The site has every page in every language, every document in every form, citations, feeds, a site map, dumps of the whole graph with
their checksums, and a search that runs in the browser. What asks something of a server is left out: questions, SPARQL, comparisons.
`.htaccess`, `nginx.conf` and files for Netlify say how canonical names lead to pages or data, as clients like; elsewhere, as at
GitHub Pages, small pages lead on.

It is written beside DIR, checked (each link leads to a file), and put in its place at once: whatever goes wrong, the site that was
there stays. A file that has not changed is not written again and keeps its age; where nothing has changed, nothing is made. What
others have put into DIR stays: `.git`, `CNAME`. A folder that holds anything but such a site is refused.

Examples:
  flg publish --out site --base-url https://example.org/
  flg publish --out docs --base-url https://user.github.io/graph    GitHub Pages of a project
  python3 -m http.server --directory site                           look at it (with --base-url http://localhost:8000/)
  flg publish --out site --base-url https://example.org/ --json     what was written, for programs")]
pub(super) struct Args {
    /// The folder of the site; it is made if there is none
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The address at which the site will be found; it may have a path
    #[arg(long, value_name = "URL")]
    base_url: Base,
    /// Make all of it anew, even if nothing has changed
    #[arg(long)]
    force: bool,
    /// Say what was written as JSON, for programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    jobs: Jobs,
}

/// So many addresses that lead nowhere are named.
const NAMED: usize = 5;

/// Writes the site.
///
/// # Errors
/// If the store cannot be read, or the site not be written whole: the one that was there is as it was then.
pub(super) fn run(args: &Args, config: &Config, out: &mut Output) -> anyhow::Result<Status> {
    let store = Arc::from(store::open(config, Access::Read)?);
    let order = Order { store, config, out: &args.out, base: args.base_url.clone(), jobs: args.jobs.number(), force: args.force };
    interrupt::listen();
    let begun = Instant::now();
    out.begin_counting(0, "files");
    let mut tell = |progress: Progress| match progress {
        Progress::Made(files) => out.reach(files),
        Progress::Doing(what) => out.doing(what),
    };
    let published = publish(&order, &mut tell, &interrupt::asked);
    out.end();
    let published = published?;
    tell_unknown(&published.unknown, out);
    if args.json {
        out.json(&published)?;
    } else {
        out.line(summary(args, &published, begun.elapsed()))?;
    }
    Ok(Status::Success)
}

fn tell_unknown(unknown: &[String], out: &mut Output) {
    if unknown.is_empty() {
        return;
    }
    let named: Vec<String> = unknown.iter().take(NAMED).map(|file| format!("`{file}`")).collect();
    let more = if unknown.len() > NAMED { format!(" and {} more", unknown.len() - NAMED) } else { String::new() };
    out.talk(format_args!("Links to what the graph does not speak of were taken out: {}{more}", named.join(", ")));
}

fn summary(args: &Args, published: &Published, time: Duration) -> String {
    let site = args.out.display();
    if published.unchanged {
        return format!("Nothing has changed since `{site}` was written: {} files kept", published.files);
    }
    let Published { pages, files, written, kept, removed, .. } = published;
    let seconds = time.as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "a rate is rounded")]
    let rate = (*pages as f64) * 60.0 / seconds.max(0.001);
    format!(
        "Published `{site}`: {files} files, {pages} of them pages; {written} written, {kept} kept, {removed} removed; {seconds:.1} s, \
         {rate:.0} pages a minute"
    )
}
