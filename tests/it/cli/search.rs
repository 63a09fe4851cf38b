//! `flg search`.

use super::Desk;

#[test]
fn names_and_passages_are_found_and_told_with_their_places() {
    let desk = Desk::with_store();
    let run = desk.flg(&["search", "SENDEROS"]).good();
    let first = run.out.lines().next().unwrap();
    assert!(first.contains("SENDEROS  programme") && first.ends_with("id:programme/senderos"), "{}", run.out);
    assert!(run.out.contains("Question 82") && run.out.contains("“") && run.out.contains("funded by"), "{}", run.out);
    let json = desk.flg(&["search", "trabajadores", "--json", "--country", "mex", "--limit", "3"]).good().json();
    assert_eq!(json["results"].as_array().unwrap().len(), 3);
    assert!(json["total"].as_u64().unwrap() > 3 && json["facets"].as_array().unwrap().len() > 2, "{json}");
    assert!(json["results"][0].get("href").is_none(), "there are no pages in a terminal: {json}");
}

#[test]
fn what_is_not_found_and_what_was_meant_are_told() {
    let desk = Desk::with_store();
    let slip = desk.flg(&["search", "sendreos"]).good();
    assert!(slip.out.contains("id:programme/senderos") && slip.err.contains("“sendreos”"), "{}\n{}", slip.out, slip.err);
    let nothing = desk.flg(&["search", "qzxwvkjh"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (Some(6), ""), "{}", nothing.err);
    assert_eq!(desk.flg(&["search"]).code, Some(2));
    assert_eq!(desk.flg(&["search", "x", "--page", "0"]).code, Some(2));
    Desk::new().flg(&["search", "SENDEROS"]).refused(&["flg build"]);
}
