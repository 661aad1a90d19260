//! Narrower tokens. A child's secret is made from that of what it came from (the consent, or another child), its bundle holds only the
//! entry keys that it may use, and what it is stands sealed for whoever holds the secret above: the owner, who makes it anew.

use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::bundle::{Bundle, ConsentSecret, LogKey, STEP, decode, encode};
use super::label::{Ad, Label};
use super::record::{self, Padding, Unopened};
use crate::domain::{ConsentId, OwnerId, Random};

/// Where a child stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChildPlace<'a> {
    pub owner: OwnerId,
    pub consent: ConsentId,
    /// The look-up hash of its token.
    pub token: &'a [u8; 32],
    /// That of the child which it came from; empty where it came from the consent itself.
    pub parent: &'a [u8],
}

/// What a child's bundle holds. It opens no entry but its own; the log key lets its reads stand among the consent's events.
#[derive(Clone, Debug)]
pub struct Child {
    pub bundle: Bundle,
    pub log_key: LogKey,
    /// What the two sides say to each other on the phone: the consent's own.
    pub code: String,
    /// How many narrowings lie between the consent and it; 1 for the first.
    pub depth: u8,
}

const VERSION: u8 = 1;

impl ConsentSecret {
    /// Seals what a child is, under the secret of what it came from.
    pub fn seal_child_terms<T: Serialize>(&self, place: &ChildPlace<'_>, terms: &T, random: &dyn Random) -> Vec<u8> {
        let body = serde_json::to_vec(terms).expect("terms are plain data");
        record::seal(&self.key(Label::ChildTerms), 0, &ad(Label::ChildTerms, place), Padding::Steps, &body, random)
    }

    pub fn open_child_terms<T: DeserializeOwned>(&self, place: &ChildPlace<'_>, sealed: &[u8]) -> Result<T, Unopened> {
        let body = record::open(&self.key(Label::ChildTerms), &ad(Label::ChildTerms, place), Padding::Steps, sealed)?;
        serde_json::from_slice(&body).map_err(|_| Unopened)
    }

    /// Seals a child's bundle, under the child's own secret.
    pub fn seal_child(&self, place: &ChildPlace<'_>, child: &Child, random: &dyn Random) -> Vec<u8> {
        let ad = ad(Label::ChildBundle, place).num(child.bundle.terms.generation);
        record::seal(&self.key(Label::ChildBundle), 0, &ad, Padding::Multiple(STEP), &body(child), random)
    }

    /// Opens a child's bundle of one generation of its consent.
    pub fn open_child(&self, place: &ChildPlace<'_>, generation: u64, sealed: &[u8]) -> Result<Child, Unopened> {
        let ad = ad(Label::ChildBundle, place).num(generation);
        let body = record::open(&self.key(Label::ChildBundle), &ad, Padding::Multiple(STEP), sealed)?;
        let child = parse(&body)?;
        let terms = &child.bundle.terms;
        let fits = terms.owner == place.owner && terms.consent == place.consent && terms.generation == generation;
        if fits { Ok(child) } else { Err(Unopened) }
    }
}

fn ad(label: Label, place: &ChildPlace<'_>) -> Ad {
    Ad::new(label).bytes_field(b"child").id(place.owner.0).id(place.consent.0).bytes_field(place.token).bytes_field(place.parent)
}

/// Version byte · depth, 1 byte · log key, 32 bytes · length of the code, 1 byte · the code · the bundle as a consent's.
fn body(child: &Child) -> Zeroizing<Vec<u8>> {
    let bundle = encode(&child.bundle);
    let mut out = Zeroizing::new(Vec::with_capacity(64 + bundle.len()));
    out.extend_from_slice(&[VERSION, child.depth]);
    out.extend_from_slice(child.log_key.expose());
    out.push(u8::try_from(child.code.len()).expect("a spoken code is short"));
    out.extend_from_slice(child.code.as_bytes());
    out.extend_from_slice(&bundle);
    out
}

fn parse(body: &[u8]) -> Result<Child, Unopened> {
    let (head, rest) = body.split_at_checked(35).ok_or(Unopened)?;
    let (code, bundle) = rest.split_at_checked(usize::from(head[34])).ok_or(Unopened)?;
    if head[0] != VERSION {
        return Err(Unopened);
    }
    let log_key = LogKey::from_slice(&head[2..34]).ok_or(Unopened)?;
    let code = std::str::from_utf8(code).map_err(|_| Unopened)?.to_owned();
    Ok(Child { bundle: decode(bundle)?, log_key, code, depth: head[1] })
}
