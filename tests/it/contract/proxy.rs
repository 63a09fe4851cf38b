//! A proxy that spoils what goes through it: connections that break before or after the service has heard, bodies that are cut,
//! answers that are none, and a service that is gone.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It goes through.
    Through,
    /// The connection breaks before the service has heard of it.
    Dropped,
    /// The service carries it out, and the connection breaks before the answer.
    Unanswered,
    /// Half of its body reaches the service, then the connection breaks.
    Cut,
    /// It is answered with 503, and the service hears nothing.
    Busy,
    /// The answer breaks off in the middle.
    Half,
}

/// A request as it was seen: method, path, body.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) line: String,
    pub(super) body: String,
}

impl Seen {
    /// Whether it brings triples.
    pub(super) fn is_load(&self) -> bool {
        self.line.contains("graph=")
    }
    /// Whether it changes something by an update.
    pub(super) fn is_update(&self) -> bool {
        self.body.starts_with("update=")
    }
}

type Decide = dyn FnMut(&Seen) -> Fate + Send;

pub(super) struct Proxy {
    pub(super) address: String,
    decide: Arc<Mutex<Box<Decide>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    stopped: Arc<AtomicBool>,
}

impl Proxy {
    /// A proxy before the service at `host:port`.
    pub(super) fn before(service: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let decide: Arc<Mutex<Box<Decide>>> = Arc::new(Mutex::new(Box::new(|_: &Seen| Fate::Through)));
        let (seen, stopped) = (Arc::<Mutex<Vec<Seen>>>::default(), Arc::<AtomicBool>::default());
        let (service, all, decides, stops) = (service.to_owned(), Arc::clone(&seen), Arc::clone(&decide), Arc::clone(&stopped));
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if stops.load(Ordering::SeqCst) {
                    break;
                }
                let (service, all, decides) = (service.clone(), Arc::clone(&all), Arc::clone(&decides));
                std::thread::spawn(move || {
                    let _ = pass(client, &service, &all, &decides); // a broken connection is what this is about
                });
            }
        });
        Self { address, decide, seen, stopped }
    }

    /// Decides from now on what becomes of requests.
    pub(super) fn decide(&self, decide: impl FnMut(&Seen) -> Fate + Send + 'static) {
        *self.decide.lock().unwrap() = Box::new(decide);
        self.seen.lock().unwrap().clear();
    }

    /// The requests since then.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(&self.address);
    }
}

/// Passes one request on, or does not.
fn pass(mut client: TcpStream, service: &str, all: &Mutex<Vec<Seen>>, decide: &Mutex<Box<Decide>>) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    let head = loop {
        let read = client.read(&mut buffer)?;
        if read == 0 {
            return Ok(());
        }
        bytes.extend_from_slice(&buffer[..read]);
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let length = text.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    let whole = head + length.unwrap_or(0);
    while bytes.len() < whole {
        let read = client.read(&mut buffer)?;
        bytes.extend_from_slice(&buffer[..read]);
    }
    let body = String::from_utf8_lossy(&bytes[head..]).into_owned();
    let seen = Seen { line: text.lines().next().unwrap_or_default().to_owned(), body };
    let fate = (decide.lock().unwrap())(&seen);
    all.lock().unwrap().push(seen);
    match fate {
        Fate::Dropped => return client.shutdown(Shutdown::Both),
        Fate::Busy => {
            return client.write_all(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\nconnection: close\r\n\r\nbusy");
        }
        _ => {}
    }
    let mut upstream = TcpStream::connect(service)?;
    upstream.set_read_timeout(Some(Duration::from_mins(1)))?;
    // One request for each connection, so that the answer ends with it.
    let head_text = text.trim_end().to_owned() + "\r\nconnection: close\r\n\r\n";
    upstream.write_all(head_text.as_bytes())?;
    if fate == Fate::Cut {
        upstream.write_all(&bytes[head..head + (whole - head) / 2])?;
        upstream.shutdown(Shutdown::Both)?;
        return client.shutdown(Shutdown::Both);
    }
    upstream.write_all(&bytes[head..])?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer)?;
    match fate {
        Fate::Unanswered => {}
        Fate::Half => client.write_all(&answer[..answer.len() - answer.len() / 4])?,
        _ => client.write_all(&answer)?,
    }
    client.shutdown(Shutdown::Both)
}
