//! Whom we believe: the trust list of issuers, format 1, as `seeds/trust.toml` and a file of that name in the data folder hold it.
//!
//! One TOML file: `format`, `version` (the list's own), and `[[issuer]]` tables. Each has `id` (an https address or a DID) and `name`; and
//! where wanted `number` (organisation number), `kinds` (`vct`, or the type of an Open Badge), `frameworks` (ids of those it may prove
//! against), `most` (`e2` to `e5`), `from` and `until` (days; proofs issued outside are not believed), `key` (public keys as JWK: only these
//! count then), or `keys_at` (the https address where it publishes its keys). What is not said is not narrowed, but a
//! proof that names an organisation number is believed only where its issuer's entry names the same.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Timestamp;
use super::credential::Proof;
use super::date::PartialDate;
use super::organisation::OrganisationNumber;
use super::profile::Evidence;

pub const FORMAT: u32 = 1;
/// Far more issuers than a country has trades and schools.
pub const MOST: usize = 20_000;
/// No list is longer.
pub const MOST_BYTES: u64 = 16 * 1024 * 1024;
const MOST_KEYS: usize = 10;

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustList {
    format: u32,
    pub version: String,
    #[serde(default, rename = "issuer")]
    pub issuers: Vec<TrustedIssuer>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedIssuer {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub number: Option<OrganisationNumber>,
    #[serde(default)]
    pub kinds: Vec<String>,
    #[serde(default)]
    pub frameworks: Vec<String>,
    #[serde(default)]
    pub most: Option<Evidence>,
    #[serde(default)]
    pub from: Option<PartialDate>,
    #[serde(default)]
    pub until: Option<PartialDate>,
    /// JSON Web Keys.
    #[serde(default, rename = "key")]
    pub keys: Vec<Map<String, Value>>,
    #[serde(default)]
    pub keys_at: Option<String>,
    /// Of a unit of ours: the scope in which it issued the proof has ended...
    #[serde(skip)]
    pub ended: bool,
    /// ...and today it may issue up to this level.
    #[serde(skip)]
    pub still: Option<Evidence>,
}

impl TrustList {
    /// Reads a file. The error is a sentence for whoever wrote it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let list: Self = toml::from_str(text).map_err(|cause| cause.to_string())?;
        if list.format != FORMAT {
            return Err(format!("format {} is not known; this program reads format {FORMAT}", list.format));
        }
        if list.version.trim().is_empty() || list.version.len() > 60 {
            return Err("version must be 1 to 60 characters".to_owned());
        }
        if list.issuers.len() > MOST {
            return Err(format!("there are more than {MOST} issuers"));
        }
        let mut seen = BTreeSet::new();
        for issuer in &list.issuers {
            issuer.check().map_err(|wrong| format!("issuer \"{}\": {wrong}", issuer.id))?;
            if !seen.insert(issuer.id.as_str()) {
                return Err(format!("issuer \"{}\" stands twice", issuer.id));
            }
        }
        Ok(list)
    }

    pub fn find(&self, id: &str) -> Option<&TrustedIssuer> {
        self.issuers.iter().find(|issuer| issuer.id == id)
    }
}

impl TrustedIssuer {
    fn check(&self) -> Result<(), String> {
        let address = |text: &str| {
            let url = url::Url::parse(text).ok();
            url.is_some_and(|url| url.scheme() == "https" && url.username().is_empty() && url.fragment().is_none())
        };
        if !(self.id.starts_with("did:") || address(&self.id)) || self.id.len() > 4000 {
            return Err("id is neither an https address nor a DID".to_owned());
        }
        if self.name.trim().is_empty() || self.name.chars().count() > 200 {
            return Err("name must be 1 to 200 characters".to_owned());
        }
        if self.most == Some(Evidence::E1) {
            return Err("most is one of e2, e3, e4 and e5".to_owned());
        }
        if let (Some(from), Some(until)) = (self.from, self.until)
            && until.last_day() < from.first_day()
        {
            return Err("until lies before from".to_owned());
        }
        if self.keys.len() > MOST_KEYS {
            return Err(format!("there are more than {MOST_KEYS} keys"));
        }
        match &self.keys_at {
            Some(_) if !self.keys.is_empty() => Err("give either key or keys_at".to_owned()),
            Some(at) if !address(at) => Err("keys_at is no https address".to_owned()),
            _ => Ok(()),
        }
    }

    /// Whether it is believed only for what it issued before.
    pub fn has_ended(&self, proof: &Proof, now: Timestamp) -> bool {
        let still = |most: Evidence| proof.competence.level.is_none_or(|level| level <= most);
        self.ended && !self.still.is_some_and(still) || self.until.is_some_and(|until| until.last_day() < now.day())
    }

    /// Whether it is believed for what a proof of its says. `now` counts as the day of issue where the proof does not say one.
    pub fn covers(&self, proof: &Proof, now: Timestamp) -> bool {
        let day = proof.issued.or(proof.from).unwrap_or(now).day();
        let timely = self.from.is_none_or(|from| from.first_day() <= day) && self.until.is_none_or(|until| day <= until.last_day());
        let mut kinds = proof.kind.split(' ');
        let kind = self.kinds.is_empty() || kinds.any(|kind| self.kinds.iter().any(|one| one == kind));
        let framework = proof.competence.framework.as_ref();
        let framework = self.frameworks.is_empty() || framework.is_some_and(|framework| self.frameworks.contains(&framework.id));
        let level = self.most.is_none_or(|most| proof.competence.level.is_none_or(|level| level <= most));
        // Another organisation's number is another organisation's name.
        let number = match (&self.number, &proof.issuer.number) {
            (Some(own), Some(said)) => said.parse::<OrganisationNumber>().is_ok_and(|said| said == *own),
            (None, Some(_)) => false,
            (_, None) => true,
        };
        timely && kind && framework && level && number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::credential::{Competence, Format, FrameworkRef, Issuer, Subject};
    use crate::domain::time::DAY;

    const SOUND: &str = r#"
        format = 1
        version = "2026-11"
        [[issuer]]
        id = "https://a.example/issuer/1"
        name = "A"
        number = "202100-2114"
        kinds = ["urn:egenkarta:vct:competence:1"]
        frameworks = ["care"]
        most = "e4"
        from = "2026-01"
        until = "2026-12"
    "#;

    #[test]
    fn what_does_not_hold_is_refused_with_its_place() {
        for (from, to, wrong) in [
            ("format = 1", "format = 2", "format 2"),
            ("version = \"2026-11\"", "version = \"\"", "version"),
            ("https://a.example/issuer/1", "http://a.example", "neither an https address"),
            ("https://a.example/issuer/1", "https://b@a.example", "neither an https address"),
            ("name = \"A\"", "name = \" \"", "name must be"),
            ("202100-2114", "202100-2115", "organisation number"),
            ("\"e4\"", "\"e1\"", "most is one of"),
            ("\"e4\"", "\"e6\"", "e6"),
            ("\"2026-12\"", "\"2025\"", "until lies before from"),
            ("\"2026-12\"", "\"soon\"", "not a date"),
            ("most =", "weight = 3\nmost =", "weight"),
            ("most =", "keys_at = \"http://a.example/k\"\nmost =", "keys_at"),
            ("most =", "keys_at = \"https://a.example/k\"\nkey = [{ kty = \"OKP\" }]\nmost =", "either key or keys_at"),
        ] {
            let text = SOUND.replacen(from, to, 1);
            assert_ne!(text, SOUND, "{from}");
            let said = TrustList::parse(&text).expect_err(to);
            assert!(said.contains(wrong), "{to}: {said}");
        }
        let twice = format!("{SOUND}[[issuer]]\nid = \"https://a.example/issuer/1\"\nname = \"B\"");
        assert!(TrustList::parse(&twice).expect_err("twice").contains("twice"));
    }

    fn proof() -> Proof {
        let competence = Competence {
            level: Some(Evidence::E4),
            framework: Some(FrameworkRef { id: "care".into(), version: "1".into(), name: "Care".into() }),
            ..Competence::called([("sv".to_owned(), "A".to_owned())].into())
        };
        Proof {
            format: Format::SdJwtVc,
            kind: "urn:egenkarta:vct:competence:1".into(),
            issuer: Issuer { id: String::new(), name: None, number: Some("202100-2114".into()) },
            subject: Subject::default(),
            competence,
            issued: Timestamp::parse_rfc3339("2026-12-31T12:00:00Z"),
            from: None,
            until: None,
            status: None,
            holder: None,
        }
    }

    #[test]
    fn an_issuer_is_believed_within_its_bounds_alone() {
        let list = TrustList::parse(SOUND).expect("sound");
        let issuer = list.find("https://a.example/issuer/1").expect("listed");
        let now = Timestamp(0);
        assert!(issuer.covers(&proof(), now));
        let but = |change: fn(&mut Proof)| {
            let mut proof = proof();
            change(&mut proof);
            issuer.covers(&proof, now)
        };
        assert!(!but(|proof| proof.kind = "OpenBadgeCredential".into()));
        assert!(!but(|proof| proof.competence.framework = None));
        assert!(!but(|proof| proof.competence.level = Some(Evidence::E5)));
        assert!(!but(|proof| proof.issued = proof.issued.map(|at| at.plus(DAY))));
        assert!(!but(|proof| proof.issuer.number = Some("212000-0555".into())));
        let ends = Timestamp::parse_rfc3339("2026-12-31T22:00:00Z").expect("a time");
        assert!(!issuer.has_ended(&proof(), ends) && issuer.has_ended(&proof(), ends.plus(2 * crate::domain::time::HOUR)));
        let unit = |still| TrustedIssuer { until: None, ended: true, still, ..issuer.clone() };
        assert!(unit(None).has_ended(&proof(), ends) && unit(Some(Evidence::E3)).has_ended(&proof(), ends));
        assert!(!unit(Some(Evidence::E4)).has_ended(&proof(), ends), "such proofs it issues still");
        let unbound = TrustedIssuer { number: None, ..issuer.clone() };
        assert!(!unbound.covers(&proof(), now), "it names a number that nobody vouches for");
    }
}
