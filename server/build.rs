//! Makes sure that the folder of the site's assets exists (it is embedded, and `make site` fills it), and
//! names its content by a hash, so that a browser may keep each version for ever.

use std::{fs, path::Path};

use sha2::{Digest, Sha256};

fn main() {
    let site = Path::new("../target/site/pkg");
    println!("cargo:rerun-if-changed={}", site.display());
    fs::create_dir_all(site).expect("target/site/pkg can be made");
    let mut files: Vec<_> =
        fs::read_dir(site).expect("target/site/pkg can be read").flatten().map(|e| e.path()).collect();
    files.sort();
    let mut hash = Sha256::new();
    for file in files.iter().filter(|file| file.is_file()) {
        println!("cargo:rerun-if-changed={}", file.display());
        hash.update(file.file_name().unwrap_or_default().as_encoded_bytes());
        hash.update(fs::read(file).expect("a site asset can be read"));
    }
    println!("cargo:rustc-env=BURGEE_ASSETS_HASH={}", &hex::encode(hash.finalize())[..12]);
}
