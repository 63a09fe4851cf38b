//! `flg ask`.

use super::Desk;

#[test]
fn each_ending_has_words_and_an_exit_code_of_its_own() {
    let desk = Desk::with_store();
    for (question, code, words) in [
        ("Who funds SENDEROS?", 0, "United States Department of Labor"),
        ("Which purple projects are there?", 4, "“purple”"),
        ("Who funds the Blue Heart Campaign?", 5, "Blue Heart Campaign"),
        ("Which projects are funded by Germany?", 6, "holds nothing"),
        ("What obstacles to ratification does Mexico report?", 7, "No existen obstáculos"),
    ] {
        let run = desk.flg(&["ask", question]);
        assert_eq!(run.code, Some(code), "{question}: {}{}", run.out, run.err);
        assert!(run.out.contains(words), "{question}: {}", run.out);
    }
}

#[test]
fn the_query_that_is_explained_can_be_asked() {
    let desk = Desk::with_store();
    let run = desk.flg(&["ask", "--explain", "¿Qué", "proyectos", "financia", "la", "UE?"]).good();
    assert!(run.out.contains("financia → financiado por"), "{}", run.out);
    let json = desk.flg(&["ask", "--json", "¿Qué proyectos financia la UE?"]).good().json();
    let asked = desk.flg(&["query", "-e", json["query"].as_str().unwrap()]).good();
    assert!(asked.out.contains("id:programme/reframe"), "{}", asked.out);
    assert_eq!(desk.flg(&["ask", "--lang", "de", "Wer?"]).code, Some(2));
}
