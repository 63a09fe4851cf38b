//! `flg backup` and `flg restore`: of a folder, and of a server that has it open.

use super::Desk;
use super::server::{Server, client};
use super::token::token;
use forced_labour_graph::graph::canonical::canonical_nquads;
use forced_labour_graph::store::{Embedded, Pattern, Store as _};

/// What a store holds, whose folder no other process has open.
fn content(desk: &Desk, store: &str) -> String {
    canonical_nquads(Embedded::open_to_read(&desk.path(store)).unwrap().quads(Pattern::default()).unwrap())
}

#[test]
fn a_store_is_backed_up_and_restored() {
    let desk = Desk::with_store();
    let run = desk.flg(&["backup", "graph.nq.gz"]).good();
    let before = desk.content();
    let quads = before.lines().count();
    assert!(
        run.out.starts_with(&format!("Wrote `graph.nq.gz`: {quads} quads in ")) && run.out.contains("SHA-256"),
        "{}",
        run.out
    );
    let whole = desk.flg(&["restore", "--check", "graph.nq.gz"]).good().out;
    assert!(whole.starts_with(&format!("`graph.nq.gz` is whole: {quads} quads")), "{whole}");
    // Into a new store, which answers as the old one.
    let json = desk.flg(&["restore", "graph.nq.gz", "--store", "other", "--json"]).good().json();
    assert_eq!((&json["backup"]["quads"], &json["before"]), (&quads.into(), &0.into()));
    assert_eq!(content(&desk, "other"), before);
    let ask = |store: &str| desk.flg(&["query", "dol-agriculture", "--store", store]).good().out;
    assert_eq!(ask("other"), ask(".flg/store"));
    // Not over what there is, unless that is said.
    desk.flg(&["restore", "graph.nq.gz"]).refused(&[&format!("holds {quads} quads"), "`--replace`"]);
    let run = desk.flg(&["restore", "graph.nq.gz", "--replace"]).good();
    assert!(run.out.contains(&format!("The {quads} quads that the store held are gone")), "{}", run.out);
    assert_eq!(desk.content(), before);
    // In a folder, under a name with the time.
    std::fs::create_dir(desk.path("all")).unwrap();
    desk.flg(&["backup", "all", "-q"]).good();
    let names: Vec<String> =
        std::fs::read_dir(desk.path("all")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.len() == 1 && names[0].starts_with("flg-20") && names[0].ends_with("Z.nq.gz"), "{names:?}");
}

#[test]
fn a_bad_backup_is_refused_by_name() {
    let desk = Desk::with_store();
    desk.flg(&["backup", "graph.nq.gz"]).good();
    let before = desk.content();
    let bytes = std::fs::read(desk.path("graph.nq.gz")).unwrap();
    desk.write("cut.nq.gz", &bytes[..bytes.len() - 100]);
    let mut altered = bytes.clone();
    altered[bytes.len() / 2] ^= 1;
    desk.write("altered.nq.gz", altered);
    desk.write("other.nq.gz", "no backup");
    for (file, words) in
        [("cut.nq.gz", "is cut off"), ("altered.nq.gz", "was altered or damaged"), ("other.nq.gz", "is no backup")]
    {
        for arguments in
            [vec!["restore", file, "--replace"], vec!["restore", file, "--store", "new"], vec!["restore", file, "--check"]]
        {
            desk.flg(&arguments).refused(&[&format!("`{file}`"), words]);
        }
    }
    assert_eq!(desk.content(), before);
    desk.flg(&["restore", "none.nq.gz", "--check"]).refused_without_hint(&["`none.nq.gz` cannot be read"]);
    desk.flg(&["backup", "no/such/folder.nq.gz"]).refused_without_hint(&["cannot write `no/such/folder.nq.gz`"]);
    desk.flg(&["backup", "x.nq.gz", "--store", "none"]).refused(&["there is no store at `none`"]);
    assert!(!desk.path("x.nq.gz").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_writes_is_backed_up_and_restored_while_it_serves() {
    let desk = Desk::with_store();
    let (writer, admin) = (token(&desk, &["ana"]), token(&desk, &["root", "--right", "admin"]));
    desk.write("admin.token", format!("{admin}\n"));
    let server = Server::start(&desk);
    let bind = server.address.trim_start_matches("http://").to_owned();
    let flg = |arguments: &[&str], token: Option<&str>| {
        let mut command = desk.command(arguments);
        command.env("FLG_BIND", &bind);
        if let Some(token) = token {
            command.env("FLG_TOKEN", token);
        }
        super::ended(command.output().unwrap())
    };
    // Without a token it is said what is wanted; with one that is not good for it, too.
    flg(&["backup", "b.nq.gz"], None).refused(&["in use by another process", "`FLG_TOKEN`", "`admin`"]);
    flg(&["backup", "b.nq.gz"], Some(&writer)).refused(&["`ana` is not good for this"]);
    assert!(!desk.path("b.nq.gz").exists());
    let run = flg(&["backup", "b.nq.gz"], Some(&admin)).good();
    assert!(run.out.starts_with("Wrote `b.nq.gz`: ") && !run.out.contains(&admin) && !run.err.contains(&admin), "{}", run.out);

    let update = async |text: &str| {
        let request = client().post(format!("{}/update", server.address)).bearer_auth(&writer);
        request.header("content-type", "application/sparql-update").body(text.to_owned()).send().await.unwrap().status()
    };
    let holds = async |graph: &str| {
        let query = format!("ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}");
        let request = client().post(format!("{}/sparql", server.address)).header("accept", "text/csv");
        let request = request.header("content-type", "application/sparql-query").body(query);
        request.send().await.unwrap().text().await.unwrap().trim() == "true"
    };
    assert_eq!(update("INSERT DATA { GRAPH <urn:mistake> { <urn:a> <urn:b> 1 } }").await, 204);
    assert!(holds("urn:mistake").await);
    flg(&["restore", "b.nq.gz"], Some(&admin)).refused(&["holds ", "--replace"]);
    assert!(holds("urn:mistake").await);
    let address = format!("{}/", server.address);
    let run = flg(&["restore", "b.nq.gz", "--replace", "--server", &address, "--token-file", "admin.token"], None).good();
    assert!(run.out.contains("through `http://127.0.0.1:") && run.out.contains("are gone"), "{}", run.out);
    assert!(!holds("urn:mistake").await && holds("https://w3id.org/forced-labour-graph/graph/ontology").await);
    // It is written to as ever, and all of it is on disk.
    assert_eq!(update("INSERT DATA { GRAPH <urn:later> { <urn:a> <urn:b> 1 } }").await, 204);
    let log = server.log();
    assert!(
        log.contains("backup made") && log.contains("backup restored") && log.contains("who=\"root\"") && !log.contains(&admin)
    );
    drop(server); // SIGKILL
    assert!(desk.content().contains("<urn:later>"));
    let quads = desk.content().lines().count() - 1;
    assert!(desk.flg(&["restore", "--check", "b.nq.gz"]).good().out.contains(&format!("{quads} quads")));
}

#[test]
fn a_server_that_only_reads_lets_others_read() {
    let desk = Desk::with_store();
    let _server = Server::start(&desk);
    desk.flg(&["backup", "b.nq.gz"]).good();
    desk.flg(&["restore", "b.nq.gz", "--replace"]).refused(&["in use by another process", "end that process"]);
}

/// A restoration that is killed leaves the old content or the new.
#[test]
fn a_killed_restoration_leaves_one_or_the_other() {
    let desk = Desk::with_store();
    desk.flg(&["backup", "b.nq.gz"]).good();
    let new = desk.content();
    drop({
        let store = Embedded::open(&desk.path(".flg/store")).unwrap();
        let update = "DELETE WHERE { GRAPH ?g { ?s ?p ?o } } ; INSERT DATA { GRAPH <urn:old> { <urn:a> <urn:b> 1 } }".to_owned();
        store.update(&forced_labour_graph::store::UpdateRequest { update, ..Default::default() }).unwrap();
        store
    });
    let old = desk.content();
    assert_ne!(old, new);
    let mut seen = [0, 0];
    for delay in [0, 100, 200, 400, 800, 1_600, 3_200] {
        let mut running = desk.command(&["restore", "b.nq.gz", "--replace"]).stdout(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(delay));
        let _ = running.kill();
        running.wait().unwrap();
        let found = desk.content();
        assert!(found == old || found == new, "neither: {} lines", found.lines().count());
        seen[usize::from(found == new)] += 1;
        if found == new {
            break;
        }
    }
    assert!(seen[0] > 0, "it was never killed in time: {seen:?}");
}
