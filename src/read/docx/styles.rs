//! The styles of a document: which of them make a heading, and of which level, and which number their paragraphs.

use super::parts::{attribute, elements, number};
use std::collections::HashMap;

/// What a style says.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// The level of the heading that it makes, from 1.
    pub(super) level: Option<u8>,
    /// The list that it numbers, and the level in it.
    pub(super) list: Option<(String, usize)>,
    /// The style that it goes by where it says nothing itself.
    parent: Option<String>,
}

/// The styles of a document, by identifier.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    /// What a style says, with what it has from others.
    pub(super) fn of(&self, id: &str) -> Style {
        const LONGEST: usize = 10;
        let mut style = Style::default();
        let mut next = self.0.get(id);
        for _ in 0..LONGEST {
            let Some(this) = next else { break };
            style.level = style.level.or(this.level);
            style.list = style.list.or_else(|| this.list.clone());
            next = this.parent.as_deref().and_then(|parent| self.0.get(parent));
        }
        style
    }
}

/// Reads the part with the styles.
pub(super) fn read(xml: &str) -> Result<Styles, quick_xml::Error> {
    let mut styles: HashMap<String, Style> = HashMap::new();
    let mut id = String::new();
    elements(xml, |start| {
        let value = || attribute(start, "val").unwrap_or_default();
        match start.local_name().as_ref() {
            b"style" => {
                id = attribute(start, "styleId").unwrap_or_default();
                styles.insert(id.clone(), Style::default());
            }
            name => {
                let Some(style) = styles.get_mut(&id) else { return };
                match name {
                    b"name" => style.level = style.level.or_else(|| level(&value())),
                    b"basedOn" => style.parent = Some(value()),
                    b"outlineLvl" => style.level = outline(number(start, "val")),
                    b"numId" => style.list = Some((value(), style.list.as_ref().map_or(0, |(_, level)| *level))),
                    b"ilvl" => {
                        let level = number(start, "val").unwrap_or(0);
                        style.list = Some((style.list.take().map_or_else(String::new, |(id, _)| id), level));
                    }
                    _ => {}
                }
            }
        }
    })?;
    Ok(Styles(styles))
}

/// The level of an outline level, which counts from 0; 9 is running text.
pub(super) fn outline(level: Option<u8>) -> Option<u8> {
    level.filter(|level| *level < 9).map(|level| level + 1)
}

/// The level of a style by its name, which is English in every language's program.
fn level(name: &str) -> Option<u8> {
    let name = name.to_ascii_lowercase();
    match name.strip_prefix("heading ") {
        Some(number) => number.trim().parse().ok(),
        None => (name == "title").then_some(1),
    }
}
