//! Packed streams: how large they are when unpacked is measured before anything unpacks them, so that a small file cannot fill
//! the memory.

use super::file::Fault;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// Most bytes that all streams of a file may have when unpacked.
const MOST: u64 = 200_000_000;
/// Streams below this size cannot unpack to much: deflate makes at most a thousand bytes of one.
const SMALL: usize = 4_000;
/// A stream's dictionary is looked for so far before it.
const BEFORE: usize = 3_000;

/// Refuses a file whose streams unpack to more than any report has, or are packed twice over.
pub(super) fn check(bytes: &[u8]) -> Result<(), Fault> {
    let mut total = 0_u64;
    let mut at = 0;
    while let Some(found) = find(bytes, b"stream", at) {
        at = found + 6;
        if bytes[..found].ends_with(b"end") {
            continue;
        }
        let before = &bytes[found.saturating_sub(BEFORE)..found];
        let dict = &before[rfind(before, b"obj").unwrap_or(0)..];
        if count(dict, b"/FlateDecode") + count(dict, b"/LZWDecode") + count(dict, b"/Fl ") > 1 {
            return Err(Fault::TooLarge("a stream that is packed twice".to_owned()));
        }
        let body = &bytes[at..];
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        // Pictures are not unpacked at all.
        let picture = find(dict, b"/Image", 0).is_some() && find(dict, b"/Width", 0).is_some();
        let end = find(body, b"endstream", 0).unwrap_or(body.len());
        if !picture && end > SMALL {
            total += unpacked(&body[..end], MOST - total.min(MOST));
        }
        if total > MOST {
            return Err(Fault::TooLarge(format!("more than {} MB when unpacked", MOST / 1_000_000)));
        }
        at += end;
    }
    Ok(())
}

/// How many bytes a stream makes, one more than `most` at most.
fn unpacked(stream: &[u8], most: u64) -> u64 {
    let mut decoder = ZlibDecoder::new(stream).take(most + 1);
    let mut buffer = [0; 8192];
    let mut total = 0;
    while let Ok(n @ 1..) = decoder.read(&mut buffer) {
        total += n as u64;
    }
    total
}

fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    memchr::memmem::find(bytes.get(from..)?, needle).map(|at| at + from)
}

fn rfind(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::rfind(bytes, needle)
}

fn count(bytes: &[u8], needle: &[u8]) -> usize {
    memchr::memmem::find_iter(bytes, needle).count()
}
