//! `flg check`.

use super::{Desk, REPORT};

#[test]
fn what_flg_makes_passes() {
    let desk = Desk::with_store();
    for arguments in [vec!["check"], vec!["check", REPORT]] {
        let run = desk.flg(&arguments).good();
        assert!(run.err.contains("0 errors"), "{}", run.err);
    }
    for format in ["nq", "trig", "ttl", "jsonld"] {
        let file = format!("graph.{format}");
        desk.flg(&["convert", REPORT, "-o", &file, "--quiet"]).good();
        let run = desk.flg(&["check", &file]).good();
        assert!(run.err.contains("0 errors"), "{file}: {}", run.err);
    }
}

/// The report's graph with a programme that is funded by a place, which the shapes do not allow, and the words that say so.
fn broken(desk: &Desk) -> (String, usize) {
    let nquads = desk.flg(&["convert", REPORT, "--quiet"]).good().out;
    let fact = "/id/programme/senderos> <https://w3id.org/forced-labour-graph/ontology#fundedBy> ";
    let (from, to) = ("/id/organization/usa-dol>", "/id/sector/coffee>");
    let dol = |line: &str| line.contains("/id/organization/usa-dol>");
    let claim = |nquads: &str| {
        let about = |line: &&str| line.contains("#subject>") && line.contains("/id/programme/senderos>");
        let claims: Vec<String> = nquads.lines().filter(about).map(|l| l.split(' ').next().unwrap().to_owned()).collect();
        let is = |claim: &&String| {
            nquads.lines().any(|l| l.starts_with(claim.as_str()) && l.contains("#predicate>") && l.contains("#fundedBy>"))
                && nquads.lines().any(|l| l.starts_with(claim.as_str()) && l.contains("#object>") && dol(l))
        };
        claims.iter().find(is).unwrap().clone()
    };
    let claim = claim(&nquads);
    let changed: Vec<String> = nquads
        .lines()
        .map(|line| {
            let stated = line.contains(fact) && dol(line);
            let claimed = line.starts_with(&claim) && line.contains("#object>");
            if stated || claimed { line.replace(from, to) } else { line.to_owned() }
        })
        .collect();
    let position = format!("{}/position> <http://www.w3.org/ns/oa#start> \"", claim.trim_end_matches('>'));
    let start: usize =
        nquads.lines().find_map(|l| l.strip_prefix(&position)).unwrap().split('"').next().unwrap().parse().unwrap();
    let line = super::report().chars().take(start).filter(|c| *c == '\n').count() + 1;
    (changed.join("\n"), line)
}

#[test]
fn a_finding_names_shape_node_and_line() {
    let desk = Desk::new();
    let (nquads, line) = broken(&desk);
    desk.write("broken.nq", nquads);
    let run = desk.flg(&["check", "broken.nq"]);
    assert_eq!(run.code, Some(1), "{}\n{}", run.out, run.err);
    let found = run.out.lines().find(|line| line.contains(": error: ")).unwrap();
    assert!(found.starts_with(&format!("broken.nq (mex-2021-p029):{line}: error: `id:programme/senderos`: ")), "{found}");
    assert!(found.contains("id:sector/coffee") && found.contains("(shape `"), "{found}");
    assert!(run.err.contains("1 error,"), "{}", run.err);

    let json = desk.flg(&["check", "broken.nq", "--json"]).json();
    let errors: Vec<_> = json["findings"].as_array().unwrap().iter().filter(|f| f["severity"] == "error").cloned().collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0]["node"], "id:programme/senderos");
    assert_eq!(errors[0]["path"], "flg:fundedBy");
    assert_eq!(errors[0]["value"], "id:sector/coffee");
    assert_eq!(errors[0]["line"].as_u64().unwrap(), line as u64);
    assert!(errors[0]["shape"].as_str().unwrap().starts_with("https://w3id.org/forced-labour-graph/shapes#"));
}

#[test]
fn a_file_that_is_no_rdf_is_refused_with_its_line() {
    let desk = Desk::new();
    desk.write("bad.ttl", "@prefix flg: <https://w3id.org/forced-labour-graph/ontology#> .\n\nflg:x flg:y ;;; [\n");
    desk.flg(&["check", "bad.ttl"]).refused(&["`bad.ttl`, line ", "Turtle"]);
    desk.write("empty.nq", "");
    desk.flg(&["check", "empty.nq"]).refused(&["`empty.nq` holds no statement"]);
    desk.write("binary.trig", [0, 1, 2, 255]);
    desk.flg(&["check", "binary.trig", "missing.nq"]).refused(&["`binary.trig`", "`missing.nq`", "2 files could not be checked"]);
}
