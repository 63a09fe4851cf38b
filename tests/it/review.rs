//! `flg review`: decisions on the real report, recorded, honoured, undone, exported and imported.

use crate::cli::{Desk, REPORT, changed};
use forced_labour_graph::graph::canonical::canonical_nquads;
use forced_labour_graph::graph::graphs;
use forced_labour_graph::model::vocab::graph;
use forced_labour_graph::review::{Reviewed, restore};
use forced_labour_graph::store::{Embedded, Pattern, Store};
use oxigraph::model::Quad;
use serde_json::Value;

/// A run of `flg review` by somebody.
fn review(desk: &Desk, arguments: &[&str]) -> crate::cli::Run {
    let by = if ["list", "log", "export", "import"].contains(&arguments[0]) { &[][..] } else { &["--by", "Test Reader"] };
    desk.flg(&[&["review"], arguments, by].concat())
}

fn queue(desk: &Desk) -> Vec<Value> {
    review(desk, &["list", "--json"]).good().json().as_array().unwrap().clone()
}

/// The evidence of a fact, as `flg show` gives it; empty if it is not shown.
fn evidence(desk: &Desk, of: &str, property: &str, value: &str) -> Vec<Value> {
    let json = desk.flg(&["show", of, "--json"]).good().json();
    let facts = json["facts"].as_array().unwrap();
    let fact = facts.iter().find(|f| f["property"] == property && (f["id"] == value || f["text"] == value));
    fact.map(|f| f["evidence"].as_array().unwrap().clone()).unwrap_or_default()
}

/// Whether a query finds that the United States Department of Labor funds SENDEROS.
fn is_funded(desk: &Desk) -> bool {
    desk.write("ask.rq", "SELECT ?funder { <https://w3id.org/forced-labour-graph/id/programme/senderos> flg:fundedBy ?funder }");
    desk.flg(&["query", "ask.rq", "--format", "csv"]).good().out.contains("usa-dol")
}

fn funding(desk: &Desk) -> String {
    evidence(desk, "id:programme/senderos", "flg:fundedBy", "id:organization/usa-dol")[0]["claim"].as_str().unwrap().to_owned()
}

/// The report's graphs, without anything that a decision may have added to the store.
fn of_report(desk: &Desk) -> Vec<Quad> {
    let store = Embedded::open(&desk.path(".flg/store")).unwrap();
    graphs("mex-2021-p029").iter().flat_map(|g| store.quads(Pattern { graph: Some(g), ..Pattern::default() }).unwrap()).collect()
}

#[test]
fn a_rejected_fact_is_found_no_more_until_that_is_undone() {
    let desk = Desk::with_store();
    let converted = canonical_nquads(of_report(&desk));
    assert!(is_funded(&desk));
    let claim = funding(&desk);
    review(&desk, &["reject", &claim, "--why", "another project"]).good();
    assert!(!is_funded(&desk));
    let shown = evidence(&desk, "id:programme/senderos", "flg:fundedBy", "id:organization/usa-dol");
    assert_eq!(shown[0]["status"], "rejected", "{shown:?}");
    assert!(desk.flg(&["show", "SENDEROS"]).good().out.contains("rejected by a reviewer"));
    // The evidence keeps all that was read.
    assert_eq!(canonical_nquads(restore("mex-2021-p029", of_report(&desk))), converted);
    // The store passes its checks, decisions and all.
    desk.flg(&["check"]).good();
    // Converted again, and from a changed file, in which the claim stands at another place: it stays rejected.
    desk.flg(&["build", "--force", "--quiet"]).good();
    assert!(!is_funded(&desk));
    desk.write("changed.txt", format!("\n\n{}", changed()));
    desk.flg(&["add", "changed.txt", "--quiet"]).good();
    assert!(!is_funded(&desk));
    assert_eq!(funding(&desk), claim, "a claim is known by what it says, not by where it stands");
    // Who, when and why are on record.
    let log = review(&desk, &["log", "--json"]).good().json();
    assert_eq!(
        (&log[0]["by"], &log[0]["why"], &log[0]["verdict"]),
        (&"Test Reader".into(), &"another project".into(), &"reject".into())
    );
    review(&desk, &["accept", &funding(&desk)]).good();
    assert!(is_funded(&desk));
    let shown = evidence(&desk, "id:programme/senderos", "flg:fundedBy", "id:organization/usa-dol");
    assert_eq!(shown[0]["status"], "accepted");
}

#[test]
fn a_correction_is_a_fact_and_what_was_read_is_kept() {
    let desk = Desk::with_store();
    let converted = canonical_nquads(of_report(&desk));
    let claim = funding(&desk);
    review(&desk, &["correct", &claim, "--value", "id:organization/eu"]).good();
    assert!(!is_funded(&desk));
    let corrected = evidence(&desk, "id:programme/senderos", "flg:fundedBy", "id:organization/eu");
    assert_eq!((corrected[0]["claim"].as_str().unwrap(), &corrected[0]["status"]), (claim.as_str(), &"accepted".into()));
    assert_eq!(canonical_nquads(restore("mex-2021-p029", of_report(&desk))), converted);
    // A value has to be of the kind that was read.
    let headcount = desk.flg(&["query", "trainings", "--format", "json"]).good().out;
    assert!(headcount.contains("641"));
    let training =
        queue(&desk).iter().find(|i| i["id"].as_str().unwrap().contains("641")).unwrap()["id"].as_str().unwrap().to_owned();
    let claim = evidence(&desk, &training, "flg:headcount", "641")[0]["claim"].as_str().unwrap().to_owned();
    review(&desk, &["correct", &claim, "--value", "many"]).refused(&["`many`", "xsd:integer"]);
    review(&desk, &["correct", &claim, "--property", "flg:nonsense"]).refused(&["`flg:nonsense`"]);
    // What the shapes do not allow is refused with the rule that it breaks, and the store is as it was.
    let before = desk.content();
    review(&desk, &["correct", &claim, "--property", "flg:fundedBy"]).refused(&["this breaks", "nothing was decided"]);
    assert!(desk.content() == before, "a refused correction leaves no trace");
    review(&desk, &["correct", &claim, "--value", "642"]).good();
    assert!(!evidence(&desk, &training, "flg:headcount", "642").is_empty());
    desk.flg(&["check"]).good();
}

#[test]
fn two_things_that_cannot_be_one_are_not_merged() {
    let desk = Desk::with_store();
    let before = desk.content();
    for keep in ["id:organization/mex-stps", "id:country/mex"] {
        review(&desk, &["merge", keep, "id:programme/senderos"]).refused(&["this breaks", "nothing was decided", "of one kind"]);
    }
    assert!(desk.content() == before, "a refused merge leaves no trace");
    desk.flg(&["check"]).good();
}

#[test]
fn what_was_decided_is_not_asked_again_and_decisions_travel_in_a_file() {
    let desk = Desk::with_store();
    let before = queue(&desk);
    let first = |kind: &str| before.iter().find(|item| item["kind"] == kind).unwrap();
    let (new, uncertain) = (first("new"), first("uncertain"));
    assert!(!new["evidence"][0]["quote"].as_str().unwrap().is_empty());
    assert_eq!(uncertain["evidence"][0]["report"], "mex-2021-p029");
    let ids = [new["id"].as_str().unwrap(), uncertain["id"].as_str().unwrap()];
    // The claim stays in the evidence, and answers no question that rests on claims.
    let part = "presidencia Pro-Témpore de la CRM y la STPS";
    let structure = || desk.flg(&["query", "structure", "--format", "csv"]).good().out.contains(part);
    assert!(structure() && uncertain["evidence"][0]["quote"].as_str().unwrap().starts_with(part), "{uncertain}");
    review(&desk, &["accept", ids[0]]).good();
    review(&desk, &["reject", ids[1]]).good();
    assert!(!structure());
    let waits = |desk: &Desk| queue(desk).iter().filter(|item| ids.contains(&item["id"].as_str().unwrap())).count();
    assert_eq!((waits(&desk), queue(&desk).len()), (0, before.len() - 2));
    desk.flg(&["build", "--force", "--quiet"]).good();
    assert_eq!(waits(&desk), 0);

    review(&desk, &["export", "decisions.ttl"]).good();
    let file = desk.read("decisions.ttl");
    assert!(
        file.contains("prov:wasAssociatedWith") && file.contains("prov:endedAtTime") && file.contains("Test Reader"),
        "{file}"
    );
    let other = Desk::with_store();
    assert_eq!(queue(&other).len(), before.len());
    other.write("decisions.ttl", &file);
    review(&other, &["import", "decisions.ttl"]).good();
    assert_eq!(queue(&other).len(), before.len() - 2);
    assert!(other.content() == desk.content(), "the same report and the same decisions give the same graph");
    review(&other, &["import", "decisions.ttl"]).good();
    review(&other, &["export", "again.ttl"]).good();
    assert_eq!(other.read("again.ttl"), file);
    // Decisions that come before the report hold for it as well.
    let early = Desk::with_store();
    early.write("decisions.ttl", &file);
    let store = Embedded::open(&early.path(".flg/store")).unwrap();
    store.replace(&graphs("mex-2021-p029"), &mut std::iter::empty()).unwrap();
    drop(store);
    review(&early, &["import", "decisions.ttl"]).good();
    early.flg(&["add", REPORT, "--quiet"]).good();
    assert!(early.content() == desk.content());
}

#[test]
fn a_thing_that_is_none_takes_its_facts_along() {
    let desk = Desk::with_store();
    let converted = canonical_nquads(of_report(&desk));
    review(&desk, &["reject", "id:programme/senderos"]).good();
    assert!(!is_funded(&desk));
    assert!(!desk.flg(&["query", "programmes", "--format", "csv"]).good().out.contains("programme/senderos"));
    assert_eq!(canonical_nquads(restore("mex-2021-p029", of_report(&desk))), converted);
    desk.flg(&["check"]).good();
    review(&desk, &["accept", "id:programme/senderos"]).good();
    assert!(is_funded(&desk));
    let quads = of_report(&desk);
    let lost = canonical_nquads(quads.iter().filter(|q| q.graph_name == graph::report("mex-2021-p029").into()).cloned());
    let facts = converted.lines().filter(|line| line.ends_with("/graph/report/mex-2021-p029> .")).count();
    assert_eq!(lost.lines().count(), facts);
}

#[test]
fn nobody_is_made_up_and_bad_input_is_refused() {
    let desk = Desk::with_store();
    let before = desk.content();
    let claim = funding(&desk);
    let without_git = |arguments: &[&str]| {
        let mut command = desk.command(arguments);
        for (name, value) in
            [("HOME", "."), ("XDG_CONFIG_HOME", "."), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null")]
        {
            command.env(name, value);
        }
        command.env("GIT_CEILING_DIRECTORIES", "/");
        command
    };
    let output = without_git(&["review", "reject", &claim]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.contains("nobody is named") && said.contains("--by"), "{said}");
    review(&desk, &["reject", "id:claim/nonesuch"]).refused(&["`id:claim/nonesuch`"]);
    review(&desk, &["accept", "Nobody's Programme of Nothing"]).refused(&["Nobody's Programme of Nothing"]);
    review(&desk, &["accept", "id:organization/ilo"]).refused(&["not introduced by a report"]);
    review(&desk, &["merge", "id:organization/ilo", "id:organization/eu"]).refused(&["is not from a report"]);
    desk.write("none.ttl", "<urn:a> <urn:b> <urn:c> .");
    review(&desk, &["import", "none.ttl"]).refused(&["holds no decision"]);
    desk.write("half.ttl", "<urn:a> a <https://w3id.org/forced-labour-graph/ontology#Decision> .");
    review(&desk, &["import", "half.ttl"]).refused(&["`urn:a`", "lacks a verdict"]);
    assert!(desk.content() == before, "the store was touched");
    // The setting names the reader.
    let output = without_git(&["review", "reject", &claim]).env("FLG_REVIEWER", "Desk Reader").output().unwrap();
    assert!(output.status.success());
    assert!(review(&desk, &["log"]).good().out.contains("Desk Reader"));
    let store = Embedded::open(&desk.path(".flg/store")).unwrap();
    assert_eq!(Reviewed::read(&store).unwrap().decisions().len(), 1);
}
