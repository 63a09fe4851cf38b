//! What cargo does not see by itself: scripts that were bundled anew since `web/built` became part of the binary.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=web/built");
}
