//! Prepares the site's assets for embedding: compresses each file that `make site` left in `target/site/pkg`, and names
//! every version by a hash, so that browsers may keep it for ever.

use std::{
    env,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

const SITE: &str = "../target/site/pkg";
const FAVICON: &str = "../app/assets/favicon.svg";

fn main() {
    println!("cargo:rerun-if-changed={SITE}");
    println!("cargo:rerun-if-changed={FAVICON}");
    fs::create_dir_all(SITE).expect("target/site/pkg can be made");
    let mut files: Vec<_> =
        fs::read_dir(SITE).expect("target/site/pkg can be read").flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.is_file());
    files.sort();

    let mut hash = Sha256::new();
    let mut assets = "[".to_owned();
    for file in &files {
        println!("cargo:rerun-if-changed={}", file.display());
        hash.update(name(file));
        hash.update(fs::read(file).expect("a site asset can be read"));
        assets += &prepare(file);
        assets += ", ";
    }
    assets += "]";
    println!("cargo:rustc-env=BURGEE_ASSETS_HASH={}", &hex::encode(hash.finalize())[..12]);
    fs::write(out().join("assets.rs"), assets).expect("assets.rs can be written");
    fs::write(out().join("favicon.rs"), prepare(Path::new(FAVICON))).expect("favicon.rs can be written");
}

/// Compresses a file, and returns the expression that embeds it: an `Asset` of `assets.rs`.
fn prepare(file: &Path) -> String {
    let name = name(file);
    let body = fs::read(file).expect("a site asset can be read");
    let mut asset = format!("Asset {{ name: {name:?}");
    for (field, body) in [("identity", body.clone()), ("gzip", gzip(&body)), ("brotli", brotli(&body))] {
        let path = out().join(format!("{name}.{field}"));
        fs::write(&path, &body).expect("a compressed asset can be written");
        let etag = format!("\"{}\"", &hex::encode(Sha256::digest(&body))[..32]);
        let path = path.to_str().expect("the build's folder is UTF-8");
        let _ = write!(asset, ", {field}: Representation {{ etag: {etag:?}, body: include_bytes!({path:?}) }}");
    }
    asset + " }"
}

fn name(file: &Path) -> &str {
    file.file_name().and_then(|name| name.to_str()).expect("a site asset's name is UTF-8")
}

fn out() -> PathBuf {
    env::var_os("OUT_DIR").expect("cargo sets OUT_DIR").into()
}

/// Whether the time for the smallest output is well spent: not in a build that is replaced after the next change.
fn is_release() -> bool {
    env::var("PROFILE").is_ok_and(|profile| profile == "release")
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let level = if is_release() { flate2::Compression::best() } else { flate2::Compression::fast() };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    encoder.write_all(body).expect("memory can be written to");
    encoder.finish().expect("memory can be written to")
}

fn brotli(body: &[u8]) -> Vec<u8> {
    let quality = if is_release() { 11 } else { 2 };
    let parameters = brotli::enc::BrotliEncoderParams { quality, size_hint: body.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut compressed, &parameters).expect("memory can be written to");
    compressed
}
