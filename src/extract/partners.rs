//! Whose government a programme works with: the country's own is its counterpart, another's a partner.

use super::reader::Reader;
use crate::model::claim::{Claim, Identity, Object};
use crate::model::vocab::flg;

/// Makes partners of the counterparts that are another country's.
pub(super) fn abroad(reader: &mut Reader<'_>) {
    let (home, tools, report) = (&reader.report.country, reader.tools, reader.report);
    let mentions = &reader.claims.mentions;
    let wrong = |claim: &Claim| {
        let Object::Mention(object) = claim.object else { return false };
        let row = claim.evidence.answer.and_then(|at| report.answers.get(at)).is_some_and(|answer| answer.row.is_some());
        let Identity::Known(known) = &mentions[object].identity else { return false };
        // In running text many a ministry is called as another country's is; one that is there to fund work abroad is told by that.
        known.iter().filter_map(|k| tools.authority.entity(k.as_ref())).all(|k| {
            let foreign = k.country.as_ref().is_some_and(|c| c != home);
            foreign && (row || k.funds_abroad || mentions[object].country.as_ref().is_some_and(|c| c != home))
        })
    };
    let wrong: Vec<usize> = (0..reader.claims.claims.len())
        .filter(|at| reader.claims.claims[*at].property.as_ref() == flg::COUNTERPART && wrong(&reader.claims.claims[*at]))
        .collect();
    for at in wrong {
        reader.claims.claims[at].property = flg::PARTNER.into_owned();
    }
}
