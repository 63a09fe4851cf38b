//! The links of pages, style sheets and scripts: found in one place, and made to lead to files.
//!
//! Pages come from our own templates: tags are closed, and the values of attributes stand in quotation marks, escaped.

use std::borrow::Cow;

/// What becomes of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stays.
    Keep,
    /// It leads here.
    Lead(String),
    /// It is taken out; the words of it stay.
    Drop,
}

/// Attributes that hold an address.
const ADDRESSES: [&str; 5] = ["href", "src", "action", "formaction", "poster"];
/// Elements whose content is no markup, with what ends them.
const RAW: [(&str, &str); 2] = [("script", "</script"), ("style", "</style")];

/// Shows each address of a page to `decide`, and gives the page as that has it. Attributes whose names begin with `data-` hold an
/// address if they begin with a slash, and `content` does if it stands there in full.
pub(super) fn page(html: &str, decide: &mut dyn FnMut(&str, &str) -> Fate) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    walk(html, &mut |piece| out.push_str(piece), decide);
    out
}

/// Shows each address of a page to `see`.
pub(super) fn each(html: &str, see: &mut dyn FnMut(&str)) {
    walk(html, &mut |_| {}, &mut |_, address| {
        see(address);
        Fate::Keep
    });
}

/// Shows each address of a page to `decide`, and hands the page piece by piece to `put`.
fn walk(html: &str, put: &mut dyn FnMut(&str), decide: &mut dyn FnMut(&str, &str) -> Fate) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        put(before);
        let end = if tag.starts_with("<!--") { tag.find("-->").map(|end| end + 3) } else { None };
        if let Some(end) = end {
            let (comment, behind) = tag.split_at(end);
            put(comment);
            rest = behind;
            continue;
        }
        let end = tag_end(tag);
        let (tag, behind) = tag.split_at(end);
        if tag.starts_with("</") || tag.starts_with("<!") {
            put(tag);
        } else {
            start_tag(tag, put, decide);
        }
        rest = behind;
        if let Some(end) = RAW.iter().find(|(name, _)| *name == self::name(tag)).map(|(_, end)| *end) {
            let content = rest.find(end).unwrap_or(rest.len());
            let (content, behind) = rest.split_at(content);
            put(content);
            rest = behind;
        }
    }
    put(rest);
}

/// Where a tag ends: behind the first `>` outside of quotation marks.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

fn name(tag: &str) -> &str {
    let inner = tag.trim_start_matches('<');
    inner.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default()
}

/// Puts a start tag with its addresses decided upon.
fn start_tag(tag: &str, put: &mut dyn FnMut(&str), decide: &mut dyn FnMut(&str, &str) -> Fate) {
    // What was looked at and not put yet.
    let (mut rest, mut open) = (tag, tag);
    // Up to the next value, the name of whose attribute is the last word before it.
    while let Some(at) = rest.find("=\"") {
        let (head, value) = rest.split_at(at);
        let value = value.get(2..).unwrap_or_default();
        let end = value.find('"').unwrap_or(value.len());
        let (value, behind) = value.split_at(end);
        let name_at = head.rfind(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'')).map_or(0, |at| at + 1);
        let attribute = head.get(name_at..).unwrap_or_default();
        let holds = match attribute {
            "content" => value.starts_with("http"),
            _ => ADDRESSES.contains(&attribute) || attribute.starts_with("data-") && value.starts_with('/'),
        };
        let fate = if holds { decide(attribute, &unescape(value)) } else { Fate::Keep };
        rest = behind.strip_prefix('"').unwrap_or(behind);
        // All that stands before this attribute.
        let before = || open.get(..open.len() - behind.len() - value.len() - 2 - attribute.len()).unwrap_or_default();
        match fate {
            Fate::Keep => continue,
            Fate::Lead(to) => {
                put(before());
                [attribute, "=\"", &escape(&to), "\""].into_iter().for_each(&mut *put);
            }
            Fate::Drop => put(before().trim_end()),
        }
        open = rest;
    }
    put(open);
}

fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let end = entity.find(';').filter(|end| *end < 10);
        let named = end.and_then(|end| entity.get(1..end)).and_then(|name| match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => name.strip_prefix('#').and_then(|number| number.parse().ok()).and_then(char::from_u32),
        });
        let (c, length) = named.zip(end).map_or(('&', 1), |(c, end)| (c, end + 1));
        out.push(c);
        rest = entity.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '"', '<', '>']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;"))
}

/// The addresses that a style sheet or a script names: in `url(…)`, and in quotation marks if they begin with `/static/`, `./` or
/// `../`, as those of imported modules do.
pub(super) fn of_asset(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, open) in text.match_indices(['"', '\'', '`', '(']) {
        let Some(inner) = text.get(at + open.len()..) else { continue };
        let end = inner.find(['"', '\'', '`', ')', '\n', ' ']).unwrap_or(inner.len());
        let value = inner.get(..end).unwrap_or_default();
        let leads = ["/static/", "./", "../"].iter().any(|start| value.starts_with(start));
        let in_url = open == "(" && text.get(..at).is_some_and(|before| before.ends_with("url"));
        let file = value.rsplit('/').next().is_some_and(|name| name.contains('.') && !name.contains(['$', '{']));
        if (leads || in_url && !value.contains(':') && !value.starts_with('#')) && file {
            found.push(value.to_owned());
        }
    }
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(html: &str) -> String {
        page(html, &mut |attribute, address| match address {
            "/gone" => Fate::Drop,
            "/a?b=1&c=2" => Fate::Lead("/x/\"&".to_owned()),
            _ if attribute == "content" => Fate::Drop,
            other => Fate::Lead(format!("/base{other}")),
        })
    }

    #[test]
    fn addresses_are_led_elsewhere_and_nothing_else_is_touched() {
        for (given, wanted) in [
            ("<!doctype html><p class=\"x\">a < b</p>", "<!doctype html><p class=\"x\">a < b</p>"),
            ("<a class=\"k\" href=\"/p\" rel=\"next\">x</a>", "<a class=\"k\" href=\"/base/p\" rel=\"next\">x</a>"),
            ("<a href=\"/gone\" lang=\"es\">x</a>", "<a lang=\"es\">x</a>"),
            ("<a lang=\"es\" href=\"/gone\">x</a>", "<a lang=\"es\">x</a>"),
            ("<a href=\"/a?b=1&#38;c=2\">x</a>", "<a href=\"/x/&quot;&amp;\">x</a>"),
            (
                "<div data-src=\"/d.json\" data-n=\"3\" title=\"/t > u\">",
                "<div data-src=\"/base/d.json\" data-n=\"3\" title=\"/t > u\">",
            ),
            (
                "<script type=\"application/ld+json\">{\"a\":\"<a href=\\\"/p\\\">\"}</script><img src=\"/i\">",
                "<script type=\"application/ld+json\">{\"a\":\"<a href=\\\"/p\\\">\"}</script><img src=\"/base/i\">",
            ),
            ("<!-- <a href=\"/p\"> --><b>", "<!-- <a href=\"/p\"> --><b>"),
            ("<meta content=\"/p\"><a href=\"/p", "<meta content=\"/p\"><a href=\"/base/p\""),
        ] {
            assert_eq!(led(given), wanted, "{given}");
        }
    }

    #[test]
    fn what_scripts_and_style_sheets_need_is_found() {
        let text = "import x from './chunk-1.js'; const u = \"/static/map.json\"; f('not/this.js', './', \"./${a}.js\")
            body { background: url(icon.svg) } a { b: url(#c) url(data:image/png;base64,x.y) }";
        assert_eq!(of_asset(text), ["./chunk-1.js", "/static/map.json", "icon.svg"]);
    }
}
