//! Styles, scripts and pictures, embedded; their version is their content, so that a cache may keep them for ever.

use std::sync::LazyLock;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "src/web/static"]
struct Files;

pub struct Asset {
    pub bytes: std::borrow::Cow<'static, [u8]>,
    pub mime: &'static str,
}

/// The file of that name, if it is one of ours.
pub fn get(name: &str) -> Option<Asset> {
    let mime = match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "ico" => "image/x-icon",
        _ => return None,
    };
    Files::get(name).map(|file| Asset { bytes: file.data, mime })
}

pub fn names() -> impl Iterator<Item = String> {
    Files::iter().map(|name| name.into_owned())
}

/// Eight hex digits that change when any file does.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let mut all: Vec<_> = Files::iter().filter_map(|name| Files::get(&name)).map(|file| file.metadata.sha256_hash()).collect();
        all.sort_unstable();
        hex::encode(&ring::digest::digest(&ring::digest::SHA256, &all.concat()).as_ref()[..4])
    });
    &VERSION
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ours_is_not_found_and_the_first_load_is_light() {
        assert!(get("../mod.rs").is_none() && get("").is_none() && get("app").is_none() && get("nothing.css").is_none());
        let total: usize = names().filter_map(|name| get(&name)).map(|file| file.bytes.len()).sum();
        assert!(total < 80_000, "{total} bytes before compression");
    }
}
