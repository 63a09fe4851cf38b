//! Given that several reports give for what can have one value only.

use super::{Single, plain};
use crate::facts::Claim;
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// Values in words, each with the reports that give it.
pub type Given = BTreeMap<String, BTreeSet<String>>;

/// Reports by the values that they give.
pub fn by_value(said: impl Iterator<Item = (String, String)>) -> Given {
    let mut values = Given::new();
    for (value, report) in said {
        values.entry(value).or_default().insert(report);
    }
    values
}

/// The values of `property` among `claims`, if reports give several and it can have one only. What one report says twice in
/// different ways is that report's own contradiction, and none between reports.
pub fn disagreement<'a>(single: &Single, property: &NamedNode, claims: impl Iterator<Item = &'a Claim>) -> Option<Given> {
    if !single.is(property) {
        return None;
    }
    let values = at_their_finest(by_value(claims.map(|claim| (plain(&claim.value), claim.report.clone()))));
    let reports: BTreeSet<&String> = values.values().flatten().collect();
    let agree = reports.iter().all(|report| values.values().all(|said| said.contains(*report)));
    (values.len() > 1 && reports.len() > 1 && !agree).then_some(values)
}

/// Dates without those that a finer one says more closely: in 2020 and in October 2020 is no contradiction.
fn at_their_finest(mut values: Given) -> Given {
    let is_date = |text: &str| text.len() >= 4 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let finer = |coarse: &str, fine: &str| is_date(fine) && fine.strip_prefix(coarse).is_some_and(|rest| rest.starts_with('-'));
    let coarse: Vec<String> =
        values.keys().filter(|one| is_date(one) && values.keys().any(|other| finer(one, other))).cloned().collect();
    for one in coarse {
        let Some(reports) = values.remove(&one) else { continue };
        for (_, said) in values.iter_mut().filter(|(other, _)| finer(&one, other)) {
            said.extend(reports.iter().cloned());
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_is_told_more_closely_is_no_contradiction() {
        let said = |values: &[(&str, &str)]| by_value(values.iter().map(|(value, report)| ((*value).into(), (*report).into())));
        let finest = |values: &[(&str, &str)]| at_their_finest(said(values));
        assert_eq!(finest(&[("2020", "a"), ("2020-10", "b")]), said(&[("2020-10", "a"), ("2020-10", "b")]));
        for different in
            [&[("2019", "a"), ("2020-10", "b")][..], &[("2020-09", "a"), ("2020-10", "b")], &[("2", "a"), ("2-3 men", "b")]]
        {
            assert_eq!(finest(different), said(different));
        }
    }
}
