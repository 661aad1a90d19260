//! A proof of one's own as a file, in the formats that others read. Each is the proof as its issuer signed it.

use super::held::Whole;
use super::{Error, Service, Session};
use crate::credential::badge::{baked, picture};
use crate::domain::EntryId;

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
}

impl Form {
    pub const ALL: [Self; 4] = [Self::SdJwt, Self::Badge, Self::BadgePng, Self::BadgeSvg];

    pub const fn name(self) -> &'static str {
        match self {
            Self::SdJwt => "sd-jwt",
            Self::Badge => "badge",
            Self::BadgePng => "badge-png",
            Self::BadgeSvg => "badge-svg",
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
            Form::SdJwt => self.credential.contains('~'),
            Form::Badge | Form::BadgePng => self.as_badge().is_some(),
            // A drawing holds a JWT alone.
            Form::BadgeSvg => self.as_badge().is_some_and(|badge| !badge.starts_with('{')),
        };
        Form::ALL.into_iter().filter(has).collect()
    }
}

impl Service {
    /// The proof in this form, with its event. [`Error::NotFound`] where it has none such.
    pub async fn proof_file(&self, session: &Session, id: EntryId, form: Form) -> Result<ProofFile, Error> {
        let whole = self.whole(session, id).await?;
        let file = file(&whole, form).ok_or(Error::NotFound)?;
        self.record_proof_export(session).await?;
        Ok(file)
    }
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
        assert_eq!(alone.forms(), [Form::SdJwt]);
        assert!(Form::ALL[1..].iter().all(|form| file(&alone, *form).is_none()));
        let badge = whole("a.b.c", None);
        assert_eq!(badge.forms(), Form::ALL[1..]);
        assert!(file(&badge, Form::SdJwt).is_none() && Form::named("pdf").is_none());
        let both = whole("a.b.c~d~", Some("e.f.g"));
        for form in both.forms() {
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
