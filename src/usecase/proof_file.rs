//! A proof of one's own as a file, in the formats that others read: as its issuer signed it, or what it says in the words of a data model
//! of the EU, which nobody has signed.

use super::held::Whole;
use super::verify::Outside;
use super::{Error, Service, Session};
use crate::credential::badge::{baked, picture};
use crate::credential::{elm, eudi};
use crate::domain::EntryId;
use crate::domain::credential::Proof;

/// A file to keep.
pub struct ProofFile {
    pub bytes: Vec<u8>,
    pub media_type: &'static str,
    pub extension: &'static str,
}

/// The forms that a proof may have as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// SD-JWT VC with all its disclosures: for a wallet.
    SdJwt,
    /// Open Badge, as its issuer signed it: a JWT, or JSON with its proof.
    Badge,
    BadgePng,
    BadgeSvg,
    /// A credential of the European Learning Model, unsigned.
    Elm,
    /// The claims of a learning credential for the EU wallet, unsigned.
    Eudi,
}

impl Form {
    pub const ALL: [Self; 6] = [Self::SdJwt, Self::Badge, Self::BadgePng, Self::BadgeSvg, Self::Elm, Self::Eudi];

    pub const fn name(self) -> &'static str {
        match self {
            Self::SdJwt => "sd-jwt",
            Self::Badge => "badge",
            Self::BadgePng => "badge-png",
            Self::BadgeSvg => "badge-svg",
            Self::Elm => "elm",
            Self::Eudi => "eudi",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }
}

impl Whole {
    /// The badge, where there is one: beside an SD-JWT, or the proof itself.
    fn as_badge(&self) -> Option<&str> {
        let itself = Some(&self.credential).filter(|credential| !credential.contains('~'));
        self.badge.as_ref().or(itself).map(String::as_str)
    }

    /// The forms that this one has.
    pub fn forms(&self) -> Vec<Form> {
        let has = |form: &Form| match form {
            // What is said is taken from the native form alone.
            Form::SdJwt | Form::Elm | Form::Eudi => self.credential.contains('~'),
            Form::Badge | Form::BadgePng => self.as_badge().is_some(),
            // A drawing holds a JWT alone.
            Form::BadgeSvg => self.as_badge().is_some_and(|badge| !badge.starts_with('{')),
        };
        Form::ALL.into_iter().filter(has).collect()
    }
}

impl Service {
    /// The proof in this form, with its event. [`Error::NotFound`] where it has none such, or what it says cannot be read now.
    pub async fn proof_file(
        &self,
        session: &Session,
        id: EntryId,
        (form, lang): (Form, &str),
        outside: Outside<'_>,
    ) -> Result<ProofFile, Error> {
        let whole = self.whole(session, id).await?;
        let file = match form {
            Form::Elm | Form::Eudi => {
                let proof = self.proof_state(whole.credential.as_bytes(), outside).await.proof.ok_or(Error::NotFound)?;
                told(&proof, id, form, lang)
            }
            signed => file(&whole, signed),
        };
        let file = file.ok_or(Error::NotFound)?;
        self.record_proof_export(session).await?;
        Ok(file)
    }
}

/// What it says, in a data model of the EU.
fn told(proof: &Proof, id: EntryId, form: Form, lang: &str) -> Option<ProofFile> {
    let (bytes, media_type) = match form {
        Form::Elm => (elm::credential(proof, &format!("urn:uuid:{id}")), "application/ld+json"),
        _ => (serde_json::to_vec_pretty(&eudi::claims(proof, lang).claims).ok()?, "application/json"),
    };
    Some(ProofFile { bytes, media_type, extension: "json" })
}

fn file(whole: &Whole, form: Form) -> Option<ProofFile> {
    let badge = || whole.as_badge();
    let (bytes, media_type, extension) = match form {
        Form::SdJwt if !whole.credential.contains('~') => return None,
        Form::SdJwt => (whole.credential.clone().into_bytes(), "application/dc+sd-jwt", "sd-jwt"),
        Form::Badge if badge()?.starts_with('{') => (badge()?.as_bytes().to_vec(), "application/ld+json", "json"),
        Form::Badge => (badge()?.as_bytes().to_vec(), "application/vc+jwt", "jwt"),
        Form::BadgePng => (baked::into_png(picture::png()?, badge()?).ok()?, "image/png", "png"),
        Form::BadgeSvg => (baked::into_svg(picture::SVG, badge()?).ok()?.into_bytes(), "image/svg+xml", "svg"),
        Form::Elm | Form::Eudi => return None,
    };
    Some(ProofFile { bytes, media_type, extension })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(credential: &str, badge: Option<&str>) -> Whole {
        Whole { credential: credential.to_owned(), holder: None, badge: badge.map(str::to_owned) }
    }

    #[test]
    fn a_form_that_a_proof_has_not_is_no_file_and_each_that_it_has_is_one() {
        let alone = whole("a.b.c~d~", None);
        assert_eq!(alone.forms(), [Form::SdJwt, Form::Elm, Form::Eudi]);
        assert!(Form::ALL[1..].iter().all(|form| file(&alone, *form).is_none()));
        let badge = whole("a.b.c", None);
        assert_eq!(badge.forms(), Form::ALL[1..4]);
        assert!(file(&badge, Form::SdJwt).is_none() && Form::named("pdf").is_none());
        let both = whole("a.b.c~d~", Some("e.f.g"));
        for form in Form::ALL[..4].iter().copied() {
            let made = file(&both, form).expect("a file");
            assert_eq!(Form::named(form.name()), Some(form));
            let inside = match form {
                Form::BadgePng => baked::from_png(&made.bytes).expect("baked"),
                Form::BadgeSvg => baked::from_svg(std::str::from_utf8(&made.bytes).expect("text")).expect("baked"),
                _ => String::from_utf8(made.bytes).expect("text"),
            };
            assert_eq!(inside, if form == Form::SdJwt { "a.b.c~d~" } else { "e.f.g" }, "{form:?}");
        }
    }
}
