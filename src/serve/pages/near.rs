//! Names that are close to what is not there.

use crate::facts::kinds;
use crate::model::vocab::class;
use crate::names::{Names, Of};
use crate::serve::error::Problem;
use crate::serve::reader::Graph;
use crate::serve::view::{Chrome, Item, foreign, href, named};
use crate::serve::{facts, terms};
use oxigraph::model::NamedNode;

/// So many are offered.
const NEAR: usize = 8;

/// What bears a name close to `wanted`, the closest first.
pub fn near(graph: &Graph, wanted: &str, c: &Chrome) -> Result<Vec<Item>, Problem> {
    let names = Names::read(graph)?;
    let near = names.nearest(Of::Any, wanted, NEAR).into_iter();
    near.filter_map(|name| item(graph, &name.entity, c).transpose()).collect()
}

fn item(graph: &Graph, entity: &NamedNode, c: &Chrome) -> Result<Option<Item>, Problem> {
    let Some((href, _)) = href(entity.as_str()) else { return Ok(None) };
    let (text, code) = named(entity, &facts::names_of(graph, entity)?, c.lang);
    let kinds = kinds(graph, entity)?;
    let note = kinds.iter().find(|kind| kind.as_str().starts_with(class::NS)).map(|kind| terms::label(kind.as_ref(), c.lang));
    let lang = code.and_then(|code| foreign(&code, c.lang));
    Ok(Some(Item { href, text, lang, note: note.unwrap_or_default() }))
}
