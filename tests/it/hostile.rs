//! Some hundred requests that go for the server's time, memory and stack, several at once, while another client asks what people
//! ask: that one is answered, the memory stays bounded, nothing ends the process, and nothing works on when all is over.

mod families;
pub(crate) mod server;

use families::{Hostile, Sent, all};
use reqwest::{Client, Method};
use server::{Server, TOKEN, json, memory, worked};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Short, so that the whole takes about a minute.
const SETTINGS: &str =
    "query-timeout = 0.6\nquery-memory = \"192 MiB\"\nconcurrent-queries = 6\nclient-queries = 4\nclient-rate = 0";
/// So many hostile requests are under way at a time: as many as one client may have.
const TOGETHER: usize = 4;
/// What a process for queries may take, and what it may have taken before it is looked at again.
const WORKER: u64 = (192 + 64) << 20;
/// What the server itself may take, large bodies that are under way included.
const SERVER: u64 = 256 << 20;
/// Answers that tell that a request was refused, or what limit it has struck.
const TOLD: [u16; 11] = [400, 401, 403, 404, 405, 406, 413, 414, 415, 422, 503];

async fn send(server: &Server, client: &Client, sent: &Sent) -> reqwest::Result<(u16, usize, String)> {
    let request = match sent {
        Sent::Query(text) => server.query(client, text.clone()),
        Sent::Update(text) => {
            let request = client.post(format!("{}/update", server.address)).header("content-type", "application/sparql-update");
            request.bearer_auth(TOKEN).body(text.clone())
        }
        Sent::Raw(method, path, kind, body) => {
            let request = client.request(Method::from_bytes(method.as_bytes()).unwrap(), format!("{}{path}", server.address));
            if kind.is_empty() { request } else { request.header("content-type", *kind).body(body.clone()) }
        }
    };
    let answer = request.send().await?;
    let status = answer.status().as_u16();
    let body = answer.bytes().await?;
    Ok((status, body.len(), String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned()))
}

/// What is wrong with how a hostile request was answered; the name of the limit if nothing is.
fn judged(sent: &Sent, answer: reqwest::Result<(u16, usize, String)>) -> Result<String, String> {
    // A server that refuses a body need not read it: the connection may end before the client hears why.
    let large = matches!(sent, Sent::Raw(_, path, _, body) if body.len() > 1 << 20 || path.len() > 10_000);
    match answer {
        Ok((200 | 204, ..)) => Ok("answered".to_owned()),
        Ok((431, ..)) => Ok("address too long".to_owned()),
        Ok((status, _, told)) if TOLD.contains(&status) => {
            let code = told.split_once("\"code\":\"").map_or(told.as_str(), |(_, rest)| rest);
            Ok(code.split(['"', ':', ',']).next().unwrap_or_default().chars().take(30).collect())
        }
        Ok((status, _, told)) => Err(format!("{status}: {told}")),
        Err(error) if large && !error.is_timeout() => Ok("connection ended".to_owned()),
        // A limit struck while a large result was being sent: it has no end, and the client knows.
        Err(error) if error.is_decode() && !error.is_timeout() => Ok("broken off".to_owned()),
        Err(error) => Err(format!("{error:?}")),
    }
}

/// What was seen while the requests were under way.
#[derive(Default)]
struct Seen {
    /// The most memory of the server, of one of its processes, and of all together.
    server: AtomicU64,
    worker: AtomicU64,
    all: AtomicU64,
    /// How long normal queries took.
    normal: Mutex<Vec<Duration>>,
    over: AtomicBool,
}

/// Asks what people ask until all is over, never twice the same, and looks at the memory.
async fn normal(server: &Server, seen: &Seen) {
    let client = Server::client([127, 0, 0, 2]);
    let mut number = 0;
    while !seen.over.load(Ordering::SeqCst) {
        number += 1;
        let query = format!(
            "SELECT ?p ?name ?funder {{ ?p a flg:Programme ; skos:prefLabel ?name OPTIONAL {{ ?p flg:fundedBy ?funder }} }} \
             ORDER BY ?name LIMIT {number}"
        );
        let begun = Instant::now();
        let answer = server.query(&client, query).send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status == 200 && text.contains("programme/"), "a normal query is answered {status}: {text}");
        seen.normal.lock().unwrap().push(begun.elapsed());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn look(server: &Server, seen: &Seen) {
    let taken: Vec<u64> = server.processes().into_iter().map(memory).collect();
    seen.server.fetch_max(taken[0], Ordering::SeqCst);
    seen.worker.fetch_max(taken[1..].iter().copied().max().unwrap_or(0), Ordering::SeqCst);
    seen.all.fetch_max(taken.iter().sum(), Ordering::SeqCst);
}

async fn run(server: Arc<Server>, requests: Vec<Hostile>) -> (Seen, String, Vec<String>) {
    let seen = Arc::new(Seen::default());
    let asking = tokio::spawn({
        let (server, seen) = (Arc::clone(&server), Arc::clone(&seen));
        async move { normal(&server, &seen).await }
    });
    let looking = std::thread::spawn({
        let (server, seen) = (Arc::clone(&server), Arc::clone(&seen));
        move || {
            while !seen.over.load(Ordering::SeqCst) {
                look(&server, &seen);
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    });
    let next = Arc::new(AtomicUsize::new(0));
    let requests = Arc::new(requests);
    let faults = Arc::new(Mutex::new(Vec::new()));
    let ends = Arc::new(Mutex::new(BTreeMap::<(&str, String), usize>::new()));
    let attackers: Vec<_> = (0..TOGETHER)
        .map(|_| {
            let (server, next, requests) = (Arc::clone(&server), Arc::clone(&next), Arc::clone(&requests));
            let (faults, ends) = (Arc::clone(&faults), Arc::clone(&ends));
            tokio::spawn(async move {
                let client = Server::client([127, 0, 0, 3]);
                while let Some(hostile) = requests.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let begun = Instant::now();
                    let answer = send(&server, &client, &hostile.sent).await;
                    let took = begun.elapsed();
                    let shown = match &hostile.sent {
                        Sent::Query(text) | Sent::Update(text) => text.chars().take(150).collect::<String>(),
                        Sent::Raw(_, path, _, body) => {
                            format!("{} {}", &path[..path.len().min(60)], String::from_utf8_lossy(&body[..body.len().min(60)]))
                        }
                    };
                    match judged(&hostile.sent, answer) {
                        Ok(end) => *ends.lock().unwrap().entry((hostile.family, end)).or_default() += 1,
                        Err(fault) => faults.lock().unwrap().push(format!("{}: {shown}: {fault}", hostile.family)),
                    }
                    if took > Duration::from_secs(15) {
                        faults.lock().unwrap().push(format!("{}: {shown}: answered after {took:?}", hostile.family));
                    }
                }
            })
        })
        .collect();
    for attacker in attackers {
        attacker.await.unwrap();
    }
    seen.over.store(true, Ordering::SeqCst);
    asking.await.unwrap();
    looking.join().unwrap();
    let mut table = String::new();
    for ((family, end), count) in ends.lock().unwrap().iter() {
        let _ = writeln!(table, "  {family}: {count} {end}");
    }
    let faults = faults.lock().unwrap().clone();
    (Arc::into_inner(seen).unwrap(), table, faults)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn hostile_requests_leave_the_server_answering_others() {
    let requests = all();
    let count = requests.len();
    assert!(count >= 200, "{count} requests are too few");
    let server = Arc::new(Server::start(SETTINGS, true));
    let begun = Instant::now();
    let (seen, table, faults) = run(Arc::clone(&server), requests).await;
    let took = begun.elapsed();
    let mut normal = seen.normal.into_inner().unwrap();
    normal.sort();
    let part = |share: usize| normal[(normal.len() - 1) * share / 100];
    let [own, worker, all] = [&seen.server, &seen.worker, &seen.all].map(|bytes| bytes.load(Ordering::SeqCst) >> 20);
    println!(
        "{count} hostile requests in {took:.1?}, {TOGETHER} at a time\n{} normal queries: median {:?}, 95 of 100 within {:?}, all within {:?}\n\
         memory: server {own} MiB, a process for queries {worker} MiB, all together {all} MiB\n{table}",
        normal.len(),
        part(50),
        part(95),
        part(100)
    );
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(normal.len() > 20 && part(95) < Duration::from_secs(1), "a normal query takes up to {:?}", part(95));
    assert!(own << 20 < SERVER && worker << 20 < WORKER, "memory: {own} MiB, {worker} MiB");

    let mut server = Arc::into_inner(server).unwrap();
    assert!(server.runs(), "the process is the same");
    let client = Server::client([127, 0, 0, 4]);
    let answer = server.query(&client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    // What was given up is not worked on any more.
    server.settled(&client).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let work = || server.processes().into_iter().map(worked).sum::<u64>();
    let before = work();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(work() <= before + 20, "something still works: {} hundredths of a second more", work() - before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_over_its_time_is_worked_on_no_more() {
    let server = Server::start("query-timeout = 0.5\nclient-rate = 0", false);
    let client = Server::client([127, 0, 0, 1]);
    server.settled(&client).await;
    for query in [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }".to_owned(),
        // Nothing of this is read from the store: the engine does not ask whether it may go on.
        format!(
            "SELECT (COUNT(*) AS ?n) {{ {} }}",
            (0..6).map(|i| format!("VALUES ?v{i} {{ {} }}", "1 ".repeat(10))).collect::<Vec<_>>().join(" ")
        ),
        format!("SELECT * {{ ?s ?p {}1{} . ?t ?q {}2{} }}", "(".repeat(60), ")".repeat(60), "(".repeat(60), ")".repeat(60)),
    ] {
        let begun = Instant::now();
        let answer = server.query(&client, query.clone()).send().await.unwrap();
        let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
        if status != 200 {
            assert!(status == 503 && text.contains("query-timeout") && text.contains("0.5 s"), "{query}: {status} {text}");
        }
        assert!(begun.elapsed() < Duration::from_secs(4), "{query}: {:?}", begun.elapsed());
        tokio::time::sleep(Duration::from_millis(300)).await;
        let work = || server.processes().into_iter().map(worked).sum::<u64>();
        let before = work();
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert!(work() <= before + 10, "{query}: {} hundredths of a second of work after its end", work() - before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_killed_is_replaced_and_reads_what_was_written_last() {
    let server = Server::start("client-rate = 0", true);
    let client = Server::client([127, 0, 0, 1]);
    let count = async || {
        let answer = server.query(&client, "SELECT (COUNT(*) AS ?n) { GRAPH <urn:notes> { ?s ?p ?o } }").send().await.unwrap();
        let told = json(answer).await;
        told["results"]["bindings"][0]["n"]["value"].as_str().unwrap().parse::<usize>().unwrap()
    };
    assert_eq!(count().await, 0);
    for number in 1..=5 {
        let update = format!("INSERT DATA {{ GRAPH <urn:notes> {{ <urn:s> <urn:p> {number} }} }}");
        let request = client.post(format!("{}/update", server.address)).header("content-type", "application/sparql-update");
        let answer = request.bearer_auth(TOKEN).body(update).send().await.unwrap();
        assert_eq!(answer.status(), 204, "{}", answer.text().await.unwrap());
        assert_eq!(count().await, number, "the next read sees the write");
        let children = server.processes();
        assert!(children.len() > 1, "queries are evaluated in a process of their own");
        for child in &children[1..] {
            std::process::Command::new("kill").args(["-9", &child.to_string()]).status().unwrap();
        }
    }
    assert_eq!(count().await, 5);
    let copies = std::fs::read_dir(server.desk.path(".flg/store/copies")).unwrap().count();
    assert!(copies <= 1, "{copies} copies are left");
}
