//! Citations in their forms.

use super::{Citation, Kind, Style};
use serde_json::{Value, json};

/// What is left out where it is not known.
const DATES: [&str; 4] = ["year", "urldate", "PY", "Y2"];

impl Citation {
    /// The citation in a form.
    pub fn write(&self, style: Style) -> String {
        match style {
            Style::BibTex => self.bibtex(),
            Style::Csl => self.csl(),
            Style::Ris => self.ris(),
        }
    }

    fn bibtex(&self) -> String {
        let (kind, container) = match self.kind {
            Kind::Report => ("techreport", "howpublished"),
            Kind::Fact => ("incollection", "booktitle"),
            Kind::Dataset | Kind::Entry => ("misc", "howpublished"),
        };
        let authors: Vec<String> = self.authors.iter().map(|author| format!("{{{}}}", latex(author))).collect();
        let mut fields = vec![
            ("title", format!("{{{}}}", latex(&self.title))),
            ("author", authors.join(" and ")),
            (if self.kind == Kind::Report { "institution" } else { "publisher" }, latex(&self.publisher)),
            ("year", latex(&self.year)),
            ("url", self.iri.clone()),
            ("urldate", self.accessed.clone()),
            ("version", latex(&self.version)),
        ];
        fields.extend(self.container.as_ref().map(|title| (container, format!("{{{}}}", latex(title)))));
        fields.extend(self.language.as_ref().map(|code| ("langid", latex(code))));
        fields.extend(self.note.as_ref().map(|note| ("note", latex(note))));
        fields.retain(|(name, value)| !(value.is_empty() && DATES.contains(name)));
        let lines: Vec<String> = fields.iter().map(|(name, value)| format!("  {name} = {{{value}}},\n")).collect();
        format!("@{kind}{{{},\n{}}}\n", self.key, lines.concat())
    }

    fn csl(&self) -> String {
        let kind = match self.kind {
            Kind::Dataset => "dataset",
            Kind::Report => "report",
            Kind::Fact | Kind::Entry => "entry",
        };
        let names = |names: &[String]| names.iter().map(|name| json!({ "literal": name })).collect::<Vec<_>>();
        let mut item = json!({
            "id": self.key,
            "type": kind,
            "title": self.title,
            "author": names(&self.authors),
            "publisher": self.publisher,
            "issued": { "date-parts": [date(&self.year)] },
            "accessed": { "date-parts": [date(&self.accessed)] },
            "URL": self.iri,
            "version": self.version,
        });
        if let Some(item) = item.as_object_mut() {
            for (name, date) in [("issued", &self.year), ("accessed", &self.accessed)] {
                if date.is_empty() {
                    item.shift_remove(name);
                }
            }
            let more = [("container-title", &self.container), ("language", &self.language), ("note", &self.note)];
            item.extend(more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?.into()))));
        }
        // Readers of the format take lists of items.
        format!("{:#}\n", Value::Array(vec![item]))
    }

    fn ris(&self) -> String {
        let kind = match self.kind {
            Kind::Dataset => "DATA",
            Kind::Report => "RPRT",
            Kind::Fact => "CHAP",
            Kind::Entry => "ELEC",
        };
        let mut lines = vec![("TY", kind.to_owned()), ("ID", self.key.clone()), ("TI", self.title.clone())];
        lines.extend(self.authors.iter().map(|author| ("AU", author.clone())));
        lines.extend(self.container.iter().map(|title| ("T2", title.clone())));
        lines.extend([
            ("PB", self.publisher.clone()),
            ("PY", self.year.clone()),
            ("UR", self.iri.clone()),
            ("Y2", self.accessed.replace('-', "/")),
            ("ET", self.version.clone()),
        ]);
        lines.extend(self.language.iter().map(|code| ("LA", code.clone())));
        lines.extend(self.note.iter().map(|note| ("N1", note.clone())));
        lines.retain(|(name, value)| !(value.is_empty() && DATES.contains(name)));
        lines.push(("ER", String::new()));
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.iter().map(|(tag, value)| format!("{tag}  - {}\r\n", line(value))).collect::<Vec<_>>().concat()
    }
}

/// The numbers of a date.
fn date(text: &str) -> Vec<u32> {
    text.split('-').filter_map(|part| part.parse().ok()).collect()
}

/// A text in which nothing is a command to LaTeX.
fn latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            '\\' => out.push_str("{\\textbackslash}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            '\n' | '\r' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation(title: &str) -> Citation {
        Citation {
            kind: Kind::Fact,
            key: "claim-1".to_owned(),
            title: title.to_owned(),
            authors: vec!["Oficina, A & B".to_owned()],
            container: Some("Report".to_owned()),
            publisher: "ILO".to_owned(),
            year: "2021".to_owned(),
            iri: "https://example.org/id/claim/1_a".to_owned(),
            version: "0.1.0+5f".to_owned(),
            note: Some("“one\ntwo”".to_owned()),
            language: Some("es".to_owned()),
            accessed: "2026-11-29".to_owned(),
        }
    }

    #[test]
    fn what_latex_reads_as_commands_is_escaped() {
        let text = citation("50% of $1_000 {x} \\cmd ~ ^ #").write(Style::BibTex);
        assert!(
            text.contains("50\\% of \\$1\\_000 \\{x\\} {\\textbackslash}cmd {\\textasciitilde} {\\textasciicircum} \\#"),
            "{text}"
        );
        assert!(
            text.starts_with("@incollection{claim-1,\n") && text.contains("url = {https://example.org/id/claim/1_a}"),
            "{text}"
        );
    }

    #[test]
    fn lines_of_ris_are_lines() {
        let text = citation("one\r\nER  - \r\nTY  - BOOK").write(Style::Ris);
        assert_eq!(text.matches("\r\nER  - ").count(), 1, "{text}");
        assert!(text.ends_with("ER  - \r\n") && text.contains("N1  - “one two”\r\n"), "{text}");
    }
}
