#!/usr/bin/env bash
# Rust's standard library for WebAssembly, and .tools/wasm-env.sh, which tells the site's build where it is.
source "$(dirname "$0")/lib.sh"

target=wasm32-unknown-unknown
env_file=$tools/wasm-env.sh
private=$tools/wasm-rust

# Does this rustc have the library?
has_std() {
  local libdir
  libdir=$("$1" --print target-libdir --target "$target" 2>/dev/null) || return
  compgen -G "$libdir/libstd-*.rlib" >/dev/null
}

use_system_compiler() { echo '# The usual compiler has the library: nothing to set.' >"$env_file"; }

# With rustup, or a distribution's own package, there is nothing to build.
if has_std rustc; then use_system_compiler; exit; fi
if [ -f "$env_file" ] && (source "$env_file" && has_std "${RUSTC:-rustc}"); then exit; fi

if have rustup; then
  step "adding $target with rustup (under a minute, once)"
  if RUSTUP_MAX_RETRIES=1 timeout 300 rustup --quiet target add "$target" >/dev/null 2>&1 && has_std rustc; then
    use_system_compiler
    exit
  fi
fi

# rustup's server is out of reach. Debian ships the library's sources, and a compiler that fits them;
# both go under a private folder, and neither the system nor rustup is touched.
step "rustup has no $target here: building it from Debian's sources (about 3 minutes, once)"
missing="Rust's $target library is missing: run 'rustup target add $target', or install your distribution's package for it"
have apt-get && have dpkg-deb || fail "$missing"
apt_lists_for rustc-web || fail "$missing"

rm -rf "$private"
mkdir -p "$private/debs" "$private/crate/src"
cd "$private/debs"
# The versioned packages that the compiler needs: libstd-rust-web-1.96 and libllvm22, for example.
needs() { apt-cache depends "$1" | sed -nE "s/^ *Depends: ($2[0-9.]+)\$/\1/p" | head -n 1; }
std=$(needs libstd-rust-web-dev libstd-rust-web-)
libllvm=$(needs "$std" libllvm)
llvm=${libllvm#libllvm}
apt-get -qq -o APT::Sandbox::User="$(id -un)" download rustc-web libstd-rust-web-dev rust-web-src "$std" "$libllvm" "lld-$llvm" >/dev/null ||
  fail "$missing"
for deb in ./*.deb; do dpkg-deb -x "$deb" "$private"; done
cd "$private/crate"
rm -rf "$private/debs"

libraries=$(echo "$private"/usr/lib/*-linux-gnu):$private/usr/lib/llvm-$llvm/lib
cat >"$private/env.sh" <<END
# The compiler of the WebAssembly build; the server is built by the usual one.
export RUSTC="$private/usr/bin/rustc"
export LD_LIBRARY_PATH="$libraries\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$private/usr/bin/wasm-ld-$llvm"
END
source "$private/env.sh"

# An empty crate, so that cargo builds the library and nothing else, from the dependencies that come with
# its sources. The bitcode is for link-time optimisation later.
vendor=$private/usr/lib/rustlib/src/rust/library/vendor
printf '[package]\nname = "empty"\nedition = "2024"\n[workspace]\n' >Cargo.toml
echo '#![no_std]' >src/lib.rs
RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes cargo build --quiet --offline --release \
  -Z build-std=std,panic_abort --target "$target" --target-dir target \
  --config "source.crates-io.replace-with='vendor'" --config "source.vendor.directory='$vendor'" ||
  fail "could not build the $target library: see the compiler's message above, or run 'rustup target add $target'"
libdir=$("$RUSTC" --print target-libdir --target "$target")
mkdir -p "$libdir"
rm -f target/"$target"/release/deps/libempty-*
cp target/"$target"/release/deps/*.rlib "$libdir"
cd "$root"
rm -rf "$private/crate" "$root/target/wasm" # what an older library was linked into no longer fits
has_std "$RUSTC" || fail "$missing"
mv "$private/env.sh" "$env_file"
