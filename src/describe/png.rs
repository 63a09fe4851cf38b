//! Pictures as PNG: one form of it, for pictures that are made here. A library for all of the format would bring four crates for what
//! is three chunks around data that [`flate2`] packs.

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use std::io::{self, Write as _};

/// A picture of red, green and blue bytes, row by row.
///
/// # Errors
/// If the bytes cannot be packed.
pub(super) fn png(width: u32, height: u32, pixels: &[[u8; 3]]) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    // Eight bits a channel, three channels; the only methods that there are; not interlaced.
    head.extend([8, 2, 0, 0, 0]);
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    for row in pixels.chunks(usize::try_from(width).unwrap_or(1).max(1)) {
        packed.write_all(&[0])?; // not filtered
        packed.write_all(row.as_flattened())?;
    }
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, *b"IHDR", &head)?;
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
