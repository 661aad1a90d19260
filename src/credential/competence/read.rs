//! What a verified credential says. Ours strictly, each claim of its kind and within bounds; a foreign one as far as it is understood.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::credential::sd_jwt::Opened;
use crate::credential::times;
use crate::domain::credential::{
    Competence, Format, FrameworkRef, Issuer, Met, Part, Proof, StatusKind, StatusRef, Subject, VCT, Wrong,
};
use crate::domain::profile::Evidence;

/// Characters of one text, of a URI, and of one that describes.
const NAME: usize = 300;
const URI: usize = 2_000;
const DESCRIPTION: usize = 2_000;
const MAX_LANGUAGES: usize = 60;
/// Language of a name that says none (BCP 47: undetermined).
const UNDETERMINED: &str = "und";

/// What it says.
///
/// # Errors
/// `Kind` where it is no credential, `Disclosure` where something is hidden that must be seen, `Claims` where a claim is missing or of the
/// wrong kind.
pub fn proof_of(opened: &Opened) -> Result<Proof, Wrong> {
    let kind = opened.vct()?.to_owned();
    let claims = Read(&opened.claims);
    let ours = kind == VCT;
    let (issuer, competence) =
        if ours { (claims.our_issuer()?, claims.our_competence()?) } else { (claims.issuer()?, claims.competence(&kind)?) };
    let issued = times::read(claims.0, "iat")?;
    if ours && issued.is_none() {
        return Err(Wrong::Claims);
    }
    Ok(Proof {
        format: Format::SdJwtVc,
        kind,
        issuer,
        subject: Subject { given: claims.text("given_name", NAME)?, family: claims.text("family_name", NAME)? },
        competence,
        issued,
        from: times::read(claims.0, "nbf")?,
        until: times::read(claims.0, "exp")?,
        status: status_of(claims.0)?,
        // Of a foreign one the key may be of a sort that we do not take; it is needed first where binding is asked for.
        holder: match opened.holder() {
            Ok(key) => Some(key.thumbprint()),
            Err(wrong) if ours => return Err(wrong),
            Err(_) => None,
        },
    })
}

/// Where it stands whether it is withdrawn (`status`): a token status list, or something that we do not know.
///
/// # Errors
/// `Claims` where the reference is ill-formed.
pub fn status_of(claims: &Map<String, Value>) -> Result<Option<StatusRef>, Wrong> {
    let Some(status) = claims.get("status") else { return Ok(None) };
    let Some(list) = status.as_object().ok_or(Wrong::Claims)?.get("status_list") else {
        return Ok(Some(StatusRef { list: StatusKind::Other, uri: String::new(), index: 0 }));
    };
    let list = Read(list.as_object().ok_or(Wrong::Claims)?);
    let index = list.0.get("idx").and_then(Value::as_u64).ok_or(Wrong::Claims)?;
    Ok(Some(StatusRef { list: StatusKind::Token, uri: list.text("uri", URI)?.ok_or(Wrong::Claims)?, index }))
}

/// Claims of one object.
struct Read<'c>(&'c Map<String, Value>);

impl Read<'_> {
    /// A text of one line, not empty, of at most `most` characters; `None` where there is none.
    fn text(&self, name: &str, most: usize) -> Result<Option<String>, Wrong> {
        self.0.get(name).map(|value| plain(value, most).map(str::to_owned)).transpose()
    }

    fn our_issuer(&self) -> Result<Issuer, Wrong> {
        let organisation = Read(self.0.get("organisation").and_then(Value::as_object).ok_or(Wrong::Claims)?);
        let need = |text: Result<Option<String>, Wrong>| text?.ok_or(Wrong::Claims);
        Ok(Issuer {
            id: need(self.text("iss", URI))?,
            name: Some(need(organisation.text("name", NAME))?),
            number: Some(need(organisation.text("number", NAME))?),
        })
    }

    fn our_competence(&self) -> Result<Competence, Wrong> {
        Ok(Competence {
            name: names(self.0.get("name").ok_or(Wrong::Claims)?)?,
            level: Some(self.0.get("level").and_then(level).ok_or(Wrong::Claims)?),
            seqf: self.0.get("seqf").map(|value| seqf(value).ok_or(Wrong::Claims)).transpose()?,
            part: self.0.get("part").map(|value| part(value).ok_or(Wrong::Claims)).transpose()?,
            framework: self.0.get("framework").map(framework).transpose()?,
            criteria: self.list("criteria", met)?,
            concepts: self.list("concepts", |value| plain(value, URI).map(str::to_owned))?,
            method: self.text("method", DESCRIPTION)?,
            assessor: self.text("assessor", NAME)?,
            assessed: self.text("assessed", NAME)?.map(|date| date.parse().map_err(|_| Wrong::Claims)).transpose()?,
        })
    }

    fn list<T>(&self, name: &str, one: impl Fn(&Value) -> Result<T, Wrong>) -> Result<Vec<T>, Wrong> {
        let Some(value) = self.0.get(name) else { return Ok(Vec::new()) };
        value.as_array().ok_or(Wrong::Claims)?.iter().map(one).collect()
    }

    /// Who a foreign one says that it is from: where nobody is named, the one whose key it was stays unnamed too.
    fn issuer(&self) -> Result<Issuer, Wrong> {
        let named = self.0.get("organisation").or_else(|| self.0.get("issuer")).and_then(Value::as_object);
        let name = named.and_then(|issuer| Read(issuer).text("name", NAME).ok().flatten());
        let authority = || self.text("issuing_authority", NAME).ok().flatten();
        Ok(Issuer { id: self.text("iss", URI)?.unwrap_or_default(), name: name.or_else(authority), number: None })
    }

    fn competence(&self, vct: &str) -> Result<Competence, Wrong> {
        let found = ["name", "title", "credential_name"].iter().find_map(|name| self.0.get(*name));
        let name = match found {
            Some(value @ Value::Object(_)) => names(value).unwrap_or_default(),
            Some(value) => plain(value, NAME).map(|text| [(UNDETERMINED.to_owned(), text.to_owned())].into()).unwrap_or_default(),
            None => BTreeMap::new(),
        };
        // Its type is all that it says of itself.
        let name = if name.is_empty() { [(UNDETERMINED.to_owned(), vct.chars().take(NAME).collect())].into() } else { name };
        Ok(Competence::called(name))
    }
}

fn plain(value: &Value, most: usize) -> Result<&str, Wrong> {
    let text = value.as_str().ok_or(Wrong::Claims)?;
    let fits = !text.trim().is_empty() && text.chars().count() <= most && !text.chars().any(|sign| sign.is_control());
    if fits { Ok(text) } else { Err(Wrong::Claims) }
}

fn names(value: &Value) -> Result<BTreeMap<String, String>, Wrong> {
    let names = value.as_object().filter(|names| (1..=MAX_LANGUAGES).contains(&names.len())).ok_or(Wrong::Claims)?;
    let language = |text: &str| (2..=35).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    names
        .iter()
        .map(|(lang, name)| if language(lang) { Ok((lang.clone(), plain(name, NAME)?.to_owned())) } else { Err(Wrong::Claims) })
        .collect()
}

/// E2 to E5: no one else can prove a person's own word.
fn level(value: &Value) -> Option<Evidence> {
    let text = value.as_str()?;
    [Evidence::E2, Evidence::E3, Evidence::E4, Evidence::E5].into_iter().find(|level| format!("{level:?}") == text)
}

fn seqf(value: &Value) -> Option<u8> {
    value.as_u64().and_then(|level| u8::try_from(level).ok()).filter(|level| (1..=8).contains(level))
}

fn part(value: &Value) -> Option<Part> {
    match value.as_str()? {
        "whole" => Some(Part::Whole),
        "part" => Some(Part::Part),
        _ => None,
    }
}

fn framework(value: &Value) -> Result<FrameworkRef, Wrong> {
    let read = Read(value.as_object().ok_or(Wrong::Claims)?);
    let need = |name: &str| read.text(name, NAME)?.ok_or(Wrong::Claims);
    Ok(FrameworkRef { id: need("id")?, version: need("version")?, name: need("name")? })
}

fn met(value: &Value) -> Result<Met, Wrong> {
    let read = Read(value.as_object().ok_or(Wrong::Claims)?);
    let need = |name: &str| read.text(name, NAME)?.ok_or(Wrong::Claims);
    Ok(Met { id: need("id")?, name: need("name")? })
}
