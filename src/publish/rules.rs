//! What file servers are told: which form of a thing a client likes best, of which media type files are, and what pages may load. For
//! Apache, nginx and Netlify; others show the folders of canonical names, whose pages lead on.
//!
//! Rules of Apache and nginx can compare patterns, not numbers: what a client names with full weight comes before what it names with
//! less, and among those the order is that of the server. At Netlify a function weighs as the server does.
//!
//! Writing to a string cannot fail.

use crate::describe::cite::Style;
use crate::describe::formats::{GRAPHS, HTML};
use crate::describe::{Place, feed};
use crate::facts::texts::LANGUAGES;
use crate::serve::SECURITY;
use regex::escape;
use serde_json::json;
use std::fmt::Write as _;

const SEE: &str = include_str!("../../web/rules/see.js");

/// Names, as they stand in the path below the site's folder. What is not plain is not led on by rules, but by the page in its folder:
/// nginx would decode it into a header.
const NAMES: &str = "id/[A-Za-z0-9/._~!$()*+,;:=@-]+|ontology|dataset";

/// A form in which a thing can be had.
struct Form {
    folder: &'static str,
    ending: &'static str,
    types: &'static [&'static str],
}

impl Form {
    /// What its files are sent as.
    fn sent(&self) -> String {
        let first = self.types.first().copied().unwrap_or_default();
        let text = first.starts_with("text/") || matches!(self.ending, "nt" | "nq" | "trig" | "bib" | "ris");
        if text { format!("{first}; charset=utf-8") } else { first.to_owned() }
    }

    /// Where a name leads; `name` stands for it.
    fn place(&self, name: &str) -> String {
        if self.folder == "page" { format!("page/{name}/") } else { format!("{}/{name}.{}", self.folder, self.ending) }
    }
}

/// All forms, the page first.
fn forms() -> Vec<Form> {
    let graphs = GRAPHS.iter().map(|form| Form { folder: "data", ending: form.extension, types: form.media_types });
    let styles =
        Style::ALL.into_iter().map(|style| Form { folder: "cite", ending: style.extension(), types: style.media_types() });
    std::iter::once(Form { folder: "page", ending: "html", types: HTML }).chain(graphs).chain(styles).collect()
}

/// Patterns of `Accept`, each with the form that it chooses, in the order in which they are tried: what is named with full weight, then
/// what is named at all.
fn choices(forms: &[Form]) -> Vec<(String, &Form)> {
    let types = |form: &Form| form.types.iter().map(|name| escape(name).replace("\\-", "-")).collect::<Vec<_>>().join("|");
    let full = forms.iter().map(|form| {
        let pattern = format!(r"(?:^|,)\s*(?:{})\s*(?:;(?![^,]*q\s*=\s*0)[^,]*)?(?:,|$)", types(form));
        (pattern, form)
    });
    // The page is what is left.
    let some = forms.iter().skip(1).map(|form| {
        let pattern = format!(r"(?:^|,)\s*(?:{})\s*;[^,]*q\s*=\s*0?\.\d*[1-9]", types(form));
        (pattern, form)
    });
    full.chain(some).collect()
}

/// The rules for all servers, by their files.
pub(super) fn all(place: &Place) -> Vec<(&'static str, String)> {
    let forms = forms();
    vec![
        (".htaccess", apache(place, &forms)),
        ("nginx.conf", nginx(place, &forms)),
        ("_headers", headers(place)),
        ("_redirects", format!("{0}/.well-known/void {0}/data/dataset.ttl 302!\n", place.folder())),
        ("netlify.toml", "[build]\npublish = \".\"\nedge_functions = \"netlify/edge-functions\"\n".to_owned()),
        ("netlify/edge-functions/see.js", netlify(place, &forms)),
    ]
}

/// The endings of the forms that stand in a folder, as a pattern.
fn endings(forms: &[Form], folder: &str) -> String {
    forms.iter().filter(|form| form.folder == folder).map(|form| escape(form.ending)).collect::<Vec<_>>().join("|")
}

fn apache(place: &Place, forms: &[Form]) -> String {
    let folder = place.folder();
    let mut out = format!(
        "# Rules for Apache, which needs `AllowOverride All` for this folder. Written by `flg publish`.\n\
         DirectoryIndex index.html\nErrorDocument 404 {folder}/404.html\n<IfModule mod_mime.c>\n"
    );
    for form in forms.iter().skip(1).filter(|form| !form.ending.contains('.')) {
        let _ = writeln!(out, "AddType \"{}\" .{}", form.sent(), form.ending);
    }
    let _ = writeln!(out, "AddType {} .atom\n</IfModule>", feed::MEDIA_TYPE);
    for form in forms.iter().filter(|form| form.ending.contains('.')) {
        let _ = writeln!(out, "<FilesMatch \"\\.{}$\">\nForceType {}\n</FilesMatch>", escape(form.ending), form.sent());
    }
    out += "<Files \"void\">\nForceType \"text/turtle; charset=utf-8\"\n</Files>\n<IfModule mod_headers.c>\n";
    for (name, value) in SECURITY {
        let _ = writeln!(out, "Header always set {name} \"{value}\"");
    }
    out += "Header always merge Vary Accept env=FLG_VARIES\n</IfModule>\n<IfModule mod_rewrite.c>\n";
    let _ = writeln!(out, "RewriteEngine On\nRewriteBase {folder}/");
    for kind in ["data", "cite"] {
        let _ = writeln!(out, "RewriteRule ^({NAMES})\\.({})$ {kind}/$1.$2 [R=303,L]", endings(forms, kind));
    }
    let _ = writeln!(out, "RewriteRule ^({NAMES})\\.html$ page/$1/ [R=303,L]");
    // The slash at the end is none of the name.
    let name = format!("^((?:{NAMES})(?<!/))/?$");
    for (pattern, form) in choices(forms) {
        let _ = writeln!(out, "RewriteCond %{{HTTP:Accept}} \"{pattern}\" [NC]");
        let _ = writeln!(out, "RewriteRule {name} {} [R=303,L,E=FLG_VARIES:1]", form.place("$1"));
    }
    let _ = writeln!(out, "RewriteRule {name} page/$1/ [R=303,L,E=FLG_VARIES:1]\n</IfModule>");
    out
}

fn nginx(place: &Place, forms: &[Form]) -> String {
    let folder = place.folder();
    let above = escape(folder);
    let mut out = format!(
        "# Rules for nginx. Written by `flg publish`; include them in the server whose root is the folder that the site stands in{}:\n\
         #   server {{ listen 80; root /srv/site; include /srv/site{folder}/nginx.conf; }}\n\
         index index.html;\nabsolute_redirect off;\ncharset utf-8;\ncharset_types text/html text/xml text/css text/plain text/javascript;\n\
         error_page 404 {folder}/404.html;\n",
        if folder.is_empty() { String::new() } else { format!(" as `{folder}`") }
    );
    for (name, value) in SECURITY {
        let _ = writeln!(out, "add_header {name} \"{value}\" always;");
    }
    let _ = writeln!(
        out,
        "location ~ \"^{above}/(?:nginx\\.conf$|netlify|_headers$|_redirects$|\\.(?!well-known/))\" {{ return 404; }}"
    );
    for kind in ["data", "cite"] {
        let _ = writeln!(
            out,
            "location ~ \"^{above}/(?<flg_name>{NAMES})\\.(?<flg_form>{})$\" {{ return 303 {folder}/{kind}/$flg_name.$flg_form; }}",
            endings(forms, kind)
        );
    }
    let _ = writeln!(out, "location ~ \"^{above}/(?<flg_name>{NAMES})\\.html$\" {{ return 303 {folder}/page/$flg_name/; }}");
    let _ = writeln!(out, "location ~ \"^{above}/(?<flg_name>(?:{NAMES})(?<!/))/?$\" {{\n    add_header Vary Accept always;");
    for (pattern, form) in choices(forms) {
        let _ = writeln!(out, "    if ($http_accept ~* \"{pattern}\") {{ return 303 {folder}/{}; }}", form.place("$flg_name"));
    }
    let _ = writeln!(out, "    return 303 {folder}/page/$flg_name/;\n}}");
    for form in forms.iter().skip(1) {
        let _ = writeln!(
            out,
            "location ~ \"^{above}/(?:.+/)?{}/.+\\.{}$\" {{ types {{ }} default_type \"{}\"; }}",
            form.folder,
            escape(form.ending),
            form.sent()
        );
    }
    let _ = writeln!(out, "location ~ \"^{above}/.+\\.atom$\" {{ types {{ }} default_type {}; }}", feed::MEDIA_TYPE);
    let _ = writeln!(out, "location = {folder}/.well-known/void {{ types {{ }} default_type \"text/turtle; charset=utf-8\"; }}");
    let _ = writeln!(out, "location = {folder}/ontology/context.jsonld {{ types {{ }} default_type application/ld+json; }}");
    out
}

fn headers(place: &Place) -> String {
    let mut out = format!("{}/*\n", place.folder());
    for (name, value) in SECURITY {
        let _ = writeln!(out, "  {name}: {value}");
    }
    out
}

fn netlify(place: &Place, forms: &[Form]) -> String {
    let folder = place.folder();
    let form = |form: &Form| json!({ "folder": form.folder, "ending": form.ending, "types": form.types, "sent": form.sent() });
    let languages = LANGUAGES.iter().skip(1).map(|(code, _)| format!("{code}/cite"));
    let below = ["id", "data", "cite"].into_iter().map(str::to_owned).chain(languages).map(|path| format!("{folder}/{path}/*"));
    let documents = ["ontology", "dataset"].map(|name| format!("{folder}/{name}"));
    let suffixed = ["ontology.*", "dataset.*"].map(|name| format!("{folder}/{name}"));
    let paths: Vec<String> = below.chain(documents).chain(suffixed).collect();
    let site = json!({ "folder": folder, "forms": forms.iter().map(form).collect::<Vec<_>>(), "paths": paths });
    SEE.replace("__SITE__", &site.to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_site_in_a_folder_has_rules_of_that_folder() {
        for (name, text) in all(&Place::of_files("https://user.github.io/graph")) {
            assert!(name == "netlify.toml" || text.contains("/graph/"), "{name}: {text}");
        }
        let (_, root) = all(&Place::of_files("https://example.org")).into_iter().next().unwrap();
        assert!(root.contains("RewriteBase /\n") && root.contains("ErrorDocument 404 /404.html\n"), "{root}");
    }
}
