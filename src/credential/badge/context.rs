//! JSON-LD contexts, pinned: known by the digest of their canonical form, never fetched. Their owners' files are not ours to pass on;
//! an operator imports them.

use std::collections::BTreeMap;
use std::sync::Arc;

use ring::digest::{SHA256, digest};

use crate::crypto::jws::value;

/// What is known of each: its address, and SHA-256 of its canonical form (RFC 8785), so that spaces and line breaks do not count.
const KNOWN: [(&str, &str); 10] = [
    ("https://www.w3.org/ns/credentials/v2", "b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf"),
    ("https://www.w3.org/2018/credentials/v1", "b01e671e873981f19a9102a9a57f666dbcaeb31b99e3e124378d143e71549247"),
    ("https://w3id.org/security/data-integrity/v1", "9505bf85338a4c2121ad03992ac90061bc85d43bcfa34d9d47b779381cf08b5f"),
    ("https://w3id.org/security/data-integrity/v2", "7ba3c50acf2689d5e07927267343eb353249c7c22a9f2d00307cc970e855e305"),
    ("https://w3id.org/security/suites/ed25519-2020/v1", "fb517f09d990829aed734c9bad8cbbb2ac3d5063b865c7e3d81f246074bf5691"),
    ("https://purl.imsglobal.org/spec/ob/v3p0/context.json", "2c54acaa1cffda2420be32ab61f0a2082051211131c6337686f36f2537aa859b"),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "8bb2354552b70cbdf2066f6d3e24bc5c2be2619145737580ad2aebdc366e77d5",
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        "bdd1d11a55a660322f24660862a1d430ee80cce584465f750909daa43684357c",
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "c5e555a91a5cf48e32ae0a05674c61ddd5c053b680b5643b2f57f9965e386d99",
    ),
    ("https://www.w3.org/ns/credentials/examples/v2", "8a675bead391be98e6054c4e07c41f73337508d398e07047344c5d349aa2dc58"),
];
/// None of them is longer.
pub const MOST: usize = 64 * 1024;

/// Those that this installation holds.
#[derive(Clone, Debug, Default)]
pub struct Contexts(Arc<BTreeMap<&'static str, Vec<u8>>>);

/// It is none that we know: changed, of another version, or no context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownContext;

impl Contexts {
    /// Takes one in; the address that it stands for.
    pub fn add(&mut self, bytes: &[u8]) -> Result<&'static str, UnknownContext> {
        let url = known(bytes).ok_or(UnknownContext)?;
        Arc::make_mut(&mut self.0).insert(url, bytes.to_vec());
        Ok(url)
    }

    /// One that stands in for its owner's file, which is not ours to pass on.
    #[cfg(test)]
    pub fn stand_in(&mut self, url: &'static str, bytes: &[u8]) {
        Arc::make_mut(&mut self.0).entry(url).or_insert_with(|| bytes.to_vec());
    }

    pub fn get(&self, url: &str) -> Option<&[u8]> {
        self.0.get(url).map(Vec::as_slice)
    }

    pub fn held(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// Known, and not held here.
    pub fn missing(&self) -> impl Iterator<Item = &'static str> {
        KNOWN.iter().map(|(url, _)| *url).filter(|url| !self.0.contains_key(url))
    }
}

fn known(bytes: &[u8]) -> Option<&'static str> {
    if bytes.len() > MOST {
        return None;
    }
    let canonical = serde_json_canonicalizer::to_vec(&value(bytes)?).ok()?;
    let found = hex::encode(digest(&SHA256, &canonical).as_ref());
    KNOWN.iter().find(|(_, digest)| **digest == found).map(|(url, _)| *url)
}
