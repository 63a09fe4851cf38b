//! Questions in plain words: `/ask` for people, with exports, and `/api/ask` for programs.

use super::error::{Code, Problem};
use super::form::Form;
use super::limits::App;
use super::negotiate::Preferences;
use super::pages::answer as page;
use super::reader::{Graph, Outcome};
use super::view::Chrome;
use super::{html, sparql};
use crate::ask::{Answer, sparql as write};
use crate::store::{Table, Variable};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;
use oxigraph::model::{Literal, NamedNode, Term};
use std::sync::Arc;

/// A longer text is no question.
const LONGEST: usize = 1_000;

fn json(value: &impl serde::Serialize) -> Result<Response, Problem> {
    let body = serde_json::to_vec_pretty(value).map_err(|error| Problem::internal(&error))?;
    Ok(sparql::sent(body, "application/json"))
}

/// The question of a request, cut where it can be none any more, and its language where that is given.
fn asked(form: &Form) -> Result<(String, Option<String>), Problem> {
    let question: String = form.one("q")?.unwrap_or_default().chars().take(LONGEST).collect();
    Ok((question, form.first("in").map(str::to_owned)))
}

/// `GET /api/ask?q=…`: the answer as JSON.
pub async fn api(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let c = Chrome::new(&uri, &headers);
    let form = Form::of(&uri)?;
    let (question, lang) = asked(&form)?;
    if question.trim().is_empty() {
        return Err(Problem::new(Code::BadRequest, "There is no question").hint("Give it in the parameter `q`"));
    }
    let answer = app.read(move |graph| graph.answer(&question, lang.as_deref(), c.lang)).await?;
    let mut response = json(&answer)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// `GET /api/suggest?q=…`: what can come next.
pub async fn suggest(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let c = Chrome::new(&uri, &headers);
    let form = Form::of(&uri)?;
    let (question, lang) = asked(&form)?;
    let all = app.read(move |graph| graph.suggest(&question, lang.as_deref(), c.lang)).await?;
    json(&all)
}

/// `GET /ask?q=…`: the page, or its data as CSV, JSON or Turtle where `format` asks for it.
pub async fn ask(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Result<Response, Problem> {
    let c = Chrome::new(&uri, &headers);
    let form = Form::of(&uri)?;
    let (question, lang) = asked(&form)?;
    let format = form.first("format").map(str::to_owned);
    let accept = Preferences::media(&headers);
    app.read(move |graph| {
        if question.trim().is_empty() {
            return Ok(html(&c, page::front(graph, &c)?));
        }
        let answer = graph.answer(&question, lang.as_deref(), c.lang)?;
        match format.as_deref() {
            None | Some("html") => Ok(html(&c, page::page(graph, &answer, &c)?)),
            Some("json") => json(&answer),
            Some("csv" | "tsv") => data(&Outcome::Rows(table(&answer)), &accept, format.as_deref()),
            Some(_) => data(&evidence(graph, &answer)?, &accept, format.as_deref()),
        }
    })
    .await
}

fn data(outcome: &Outcome, accept: &Preferences, format: Option<&str>) -> Result<Response, Problem> {
    sparql::data(outcome, accept, format)?.ok_or_else(|| Problem::new(Code::NotAcceptable, "The answer has no such form"))
}

/// The rows as a table, a line for each quote.
fn table(answer: &Answer) -> Table {
    let columns = ["label", "iri", "value", "quote", "report", "question", "page", "claim"];
    let text = |text: &str| Some(Term::from(Literal::new_simple_literal(text)));
    let node = |iri: &str| NamedNode::new(iri).ok().map(Term::from);
    let mut rows = Vec::new();
    for row in &answer.answers {
        let value = row.value.as_ref().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        let start = [text(&row.label), row.iri.as_deref().and_then(node), value.as_deref().and_then(text)];
        if row.evidence.is_empty() {
            rows.push(start.iter().cloned().chain(std::iter::repeat_n(None, 5)).collect());
        }
        for quote in &row.evidence {
            let page = quote.page.map(|page| Term::from(Literal::from(page)));
            let question = quote.question.as_deref().and_then(text);
            let rest = [text(&quote.quote), text(&quote.report), question, page, node(&quote.claim)];
            rows.push(start.iter().cloned().chain(rest).collect());
        }
    }
    Table { variables: columns.iter().map(|name| Variable::new_unchecked(*name)).collect(), rows }
}

/// The claims that bear the answer out, as RDF.
fn evidence(graph: &Graph, answer: &Answer) -> Result<Outcome, Problem> {
    let claims: Vec<Term> = answer
        .answers
        .iter()
        .flat_map(|row| &row.evidence)
        .filter_map(|quote| NamedNode::new(&quote.claim).ok())
        .map(Term::from)
        .collect();
    if claims.is_empty() {
        return Ok(Outcome::Graph(Vec::new()));
    }
    let place = |name: &str| write::Place::Variable(name.to_owned());
    let mut group = write::Group::default();
    group.values("claim", &claims);
    group.triple(&place("claim"), "?property", &place("value"), None);
    let mut inner = group.inner();
    inner.triple(&place("claim"), "oa:hasSelector", &place("selector"), None);
    inner.triple(&place("selector"), "?about", &place("words"), None);
    group.optional(&inner);
    let query = write::construct("?claim ?property ?value . ?selector ?about ?words", &group);
    graph.ask(&super::reader::Question { text: query, ..super::reader::Question::default() })
}
