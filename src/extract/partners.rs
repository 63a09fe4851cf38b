//! Whose government a programme works with: the country's own is its counterpart, another's a partner.

use super::reader::Reader;
use crate::model::claim::{Claim, Object};
use crate::model::vocab::flg;

/// Makes partners of the counterparts that are another country's.
pub(super) fn abroad(reader: &mut Reader<'_>) {
    let wrong = |claim: &Claim| match claim.object {
        Object::Mention(object) => claim.property.as_ref() == flg::COUNTERPART && reader.is_abroad(object),
        _ => false,
    };
    let claims = &reader.claims.claims;
    let wrong: Vec<usize> = (0..claims.len()).filter(|at| wrong(&claims[*at])).collect();
    for at in wrong {
        reader.claims.claims[at].property = flg::PARTNER.into_owned();
    }
}
