//! What pages load: files of the binary, kept by browsers as long as they do not change, with the licences of the libraries in them.

use super::serve::{Answer, send, store};
use super::shared::tell;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use forced_labour_graph::config::Tokens;
use forced_labour_graph::serve::{self, assets, limits::App, limits::Settings};

async fn get(path: &str, known: &str) -> Answer {
    let router = serve::router(App::new(store(), Settings::default(), Tokens::default()));
    send(router, Request::get(path).header(header::IF_NONE_MATCH, known).body(Body::empty()).unwrap()).await
}

/// Whether the set-up could bundle what is in `web/src`.
pub(super) fn bundled() -> bool {
    let bundled = assets::address("pictures.js").is_some();
    if !bundled {
        tell("skipped: nothing was bundled for browsers; `make test` does that where Node.js and the npm registry are\n");
    }
    bundled
}

#[tokio::test]
async fn files_are_kept_while_their_address_stays_the_same_and_asked_for_again_elsewhere() {
    for name in ["flg.css", "ask.js", "icon.svg"] {
        let address = assets::address(name).unwrap();
        let kept = get(&address, "").await;
        assert_eq!(kept.status, StatusCode::OK, "{address}");
        assert!(kept.header("cache-control").contains("immutable"), "{address}");
        let bare = get(&format!("/static/{name}"), "").await;
        assert_eq!((bare.body.as_str(), bare.header("cache-control").as_str()), (kept.body.as_str(), "no-cache"), "{name}");
        let again = get(&format!("/static/{name}"), &bare.header("etag")).await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{name}");
        assert_eq!(get(&format!("/static/{name}"), "\"another\"").await.status, StatusCode::OK, "{name}");
        // The address of another version is not taken for this one's.
        let other = get(&format!("/static/{name}?v=0123456789ab"), "").await;
        assert_eq!(other.header("cache-control"), "no-cache", "{name}");
    }
    for missing in ["/static/none.js", "/static/../Cargo.toml", "/static/.sources", "/static/.gitignore", "/static/"] {
        assert_eq!(get(missing, "").await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn what_was_bundled_is_served_with_the_licences_of_its_libraries() {
    if !bundled() {
        return;
    }
    let licences = get(&assets::address("licences.txt").unwrap(), "").await;
    assert!(licences.header("content-type").starts_with("text/plain"));
    assert!(licences.body.contains("d3-sankey 0.12.3\n\nCopyright 2015, Mike Bostock"), "{}", licences.body);
    let scripts: Vec<&String> =
        assets::all().keys().filter(|name| name.rsplit('.').next() == Some("js") && *name != "ask.js").collect();
    for name in scripts {
        let script = get(&assets::address(name).unwrap(), "").await;
        assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8", "{name}");
        assert!(script.body.starts_with("/* The licences of the libraries in it: /static/licences.txt */"), "{name}");
        // What the policy of the pages forbids, and what would ask another host.
        for forbidden in ["eval(", "new Function", "import(", "cdn.", "unpkg"] {
            assert!(!script.body.contains(forbidden), "`{name}` has `{forbidden}`");
        }
    }
}
