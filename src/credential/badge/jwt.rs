//! A badge within a JWT: as VC-JOSE (Securing Verifiable Credentials using JOSE and COSE, 3.1), or with its content under `vc` as the VC
//! Data Model 1.1 (6.3.1) and Open Badges 3.0 (10.1) wrote it.

use serde_json::{Map, Value};

use super::Badge;
use crate::credential::keys::{KeyHint, hint};
use crate::credential::times;
use crate::crypto::jws::{BadgeJws, PublicJwk, Unread};
use crate::domain::credential::Wrong;

/// `typ` of a credential within a JWT, in lower case; absent counts too.
const TYPES: [&str; 5] = ["vc+jwt", "jwt", "vc+ld+jwt", "vc+ld+json+jwt", "vc-ld+jwt"];
/// Bytes of one JWT: a picture may lie in it.
pub const MOST: usize = 512 * 1024;

/// One whose form is right.
#[derive(Clone, Debug)]
pub struct Jwt {
    text: String,
    pub badge: Badge,
    pub key: KeyHint,
}

impl Jwt {
    pub fn read(text: &str) -> Result<Self, Wrong> {
        let jws = BadgeJws::parse_within(text, MOST).map_err(unread)?;
        let typ = jws.text("typ").map(|typ| typ.to_ascii_lowercase());
        let typ = typ.as_deref().map(|typ| typ.strip_prefix("application/").unwrap_or(typ));
        if typ.is_some_and(|typ| !TYPES.contains(&typ)) {
            return Err(Wrong::Kind);
        }
        let along = jws.jwk().transpose().map_err(|_| Wrong::Key)?;
        let name = jws.text("kid").map(str::to_owned);
        let badge = badge(jws.claims)?;
        let key = hint(&badge.issuer, name.as_deref(), along);
        Ok(Self { text: text.to_owned(), badge, key })
    }

    pub fn made_by(&self, key: &PublicJwk) -> bool {
        BadgeJws::parse_within(&self.text, MOST).is_ok_and(|jws| jws.made_by(key))
    }
}

pub const fn unread(why: Unread) -> Wrong {
    match why {
        Unread::Long => Wrong::Size,
        Unread::Form => Wrong::Form,
        Unread::Algorithm => Wrong::Algorithm,
    }
}

/// The badge, where what the JWT says of it beside its content agrees with it.
fn badge(mut claims: Map<String, Value>) -> Result<Badge, Wrong> {
    let content = match claims.remove("vc") {
        Some(Value::Object(content)) => content,
        Some(_) => return Err(Wrong::Claims),
        None => claims.clone(),
    };
    let mut badge = Badge::read(content)?;
    let subject = badge.members().get("credentialSubject").and_then(|subject| subject.get("id"));
    let said = [("iss", Some(badge.issuer.as_str())), ("jti", id(badge.members().get("id"))), ("sub", id(subject))];
    for (name, inner) in said {
        // Where the content leaves it out, the JWT alone says it.
        if let (Some(outer), Some(inner)) = (claims.get(name), inner)
            && outer != inner
        {
            return Err(Wrong::Claims);
        }
    }
    // Both are said by the issuer: the narrower counts.
    let (from, until) = (times::read(&claims, "nbf")?, times::read(&claims, "exp")?);
    badge.from = badge.from.max(from);
    badge.until = [badge.until, until].into_iter().flatten().min();
    Ok(badge)
}

fn id(value: Option<&Value>) -> Option<&str> {
    value?.as_str()
}
