//! Pictures as PNG: one form of it, for pictures that are made here. A library for all of the format would bring four crates for what
//! is four chunks around data that [`flate2`] packs.

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use std::io::{self, Write as _};

/// A picture of sixteen colours at most, of which each pixel names one; row by row.
///
/// # Errors
/// If the bytes cannot be packed.
pub(super) fn png(width: u32, palette: &[[u8; 3]], pixels: &[u8]) -> io::Result<Vec<u8>> {
    let row = usize::try_from(width).unwrap_or(1).max(1);
    let height = u32::try_from(pixels.len() / row).map_err(io::Error::other)?;
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    // Four bits a pixel, from a palette; the only methods that there are; not interlaced.
    head.extend([4, 3, 0, 0, 0]);
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    let mut line = Vec::with_capacity(1 + row.div_ceil(2));
    let mut before: &[u8] = &[];
    for row in pixels.chunks(row) {
        // Most rows are as the one above.
        if row != before {
            line.clear();
            line.push(0); // not filtered
            let (pairs, last) = row.as_chunks::<2>();
            line.extend(pairs.iter().map(|[left, right]| left << 4 | right & 0x0f));
            line.extend(last.iter().map(|left| left << 4));
            before = row;
        }
        packed.write_all(&line)?;
    }
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, *b"IHDR", &head)?;
    chunk(&mut file, *b"PLTE", palette.as_flattened())?;
    chunk(&mut file, *b"IDAT", &packed.finish()?)?;
    chunk(&mut file, *b"IEND", &[])?;
    Ok(file)
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], data: &[u8]) -> io::Result<()> {
    let length = u32::try_from(data.len()).map_err(io::Error::other)?;
    let mut sum = Crc::new();
    sum.update(&name);
    sum.update(data);
    file.extend(length.to_be_bytes());
    file.extend(name);
    file.extend(data);
    file.extend(sum.sum().to_be_bytes());
    Ok(())
}
