//! Mexico's report of 2021, from text to graph.

use crate::sample::conversion;
use forced_labour_graph::convert::Conversion;
use forced_labour_graph::model::vocab::expand;

fn says(conversion: &Conversion, subject: &str, property: &str, object: &str) -> bool {
    let [s, p, o] = [subject, property, object].map(|curie| expand(curie).unwrap());
    conversion.quads().iter().any(|q| q.subject == s.clone().into() && q.predicate == p && q.object == o.clone().into())
}

#[test]
fn who_funds_and_implements_what() {
    let it = conversion();
    for (subject, property, object) in [
        ("id:programme/senderos", "flg:fundedBy", "id:organization/usa-dol"),
        ("id:programme/senderos", "flg:implementedBy", "id:organization/verite"),
        ("id:programme/senderos", "flg:targetsSector", "id:sector/agriculture"),
        ("id:programme/senderos", "flg:targetsSector", "id:sector/sugar-cane"),
        ("id:programme/campos-de-esperanza", "flg:fundedBy", "id:organization/usa-dol"),
        ("id:programme/campos-de-esperanza", "flg:targetsSector", "id:sector/coffee"),
        ("id:programme/reframe", "flg:fundedBy", "id:organization/eu"),
        ("id:report/mex-2021-p029", "flg:observationBy", "id:organization/mex-unt"),
        ("id:ratification/mex-p029", "flg:ratificationIntention", "id:ratification-intention/likely"),
    ] {
        assert!(says(it, subject, property, object), "{subject} {property} {object}");
    }
    for (subject, property, object) in [
        ("id:programme/reframe", "flg:fundedBy", "id:organization/usa-dol"),
        ("id:programme/senderos", "flg:fundedBy", "id:organization/eu"),
        ("id:report/mex-2021-p029", "flg:observationBy", "id:organization/mex-ctm"),
    ] {
        assert!(!says(it, subject, property, object), "{subject} {property} {object} is not in the report");
    }
}
