//! What a look at a proof found: it holds for that look alone.

use super::{Proof, Verdict};
use crate::domain::profile::Evidence;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub verdict: Verdict,
    /// What it says, as far as it could be read.
    pub proof: Option<Proof>,
    /// It holds, but its issuer may issue no such proof today.
    pub issuer_ended: bool,
}

impl Found {
    pub const fn of(verdict: Verdict) -> Self {
        Self { verdict, proof: None, issuer_ended: false }
    }

    /// The locale key of the sentence that says why.
    pub const fn why(&self) -> &'static str {
        self.verdict.why_of(self.issuer_ended)
    }

    /// The level at which it counts now. A proof that does not hold, or that nobody we know has issued, is the person's own word; one that
    /// holds and names no level is attested.
    pub fn evidence(&self) -> Evidence {
        let level = self.proof.as_ref().and_then(|proof| proof.competence.level).unwrap_or(Evidence::E2);
        if self.verdict == Verdict::Valid { level } else { Evidence::E1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::credential::{Competence, Format, Issuer, Subject, Unchecked, Wrong};

    fn found(verdict: Verdict, level: Option<Evidence>) -> Found {
        let competence = Competence { level, ..Competence::called([("sv".to_owned(), "Truck".to_owned())].into()) };
        let (issuer, subject, kind) = (Issuer::default(), Subject::default(), String::new());
        let (issued, from, until, status, holder) = (None, None, None, None, None);
        let format = Format::SdJwtVc;
        let proof = Proof { format, kind, issuer, subject, competence, issued, from, until, status, holder };
        Found { proof: Some(proof), ..Found::of(verdict) }
    }

    #[test]
    fn that_an_issuer_has_ended_is_told_of_what_holds_alone() {
        let ended = |verdict| Found { issuer_ended: true, ..Found::of(verdict) };
        assert_eq!(ended(Verdict::Withdrawn).why(), Verdict::Withdrawn.why());
        assert_eq!(ended(Verdict::Valid).why(), "why-valid-ended");
        assert_eq!(Found::of(Verdict::Valid).why(), Verdict::Valid.why());
    }

    #[test]
    fn only_a_proof_that_holds_counts_for_more_than_ones_own_word() {
        let not = [
            Verdict::Expired,
            Verdict::NotYet,
            Verdict::Withdrawn,
            Verdict::Suspended,
            Verdict::UnknownIssuer,
            Verdict::CannotBeChecked(Unchecked::Status),
            Verdict::NotValid(Wrong::Signature),
        ];
        for verdict in not {
            assert_eq!(found(verdict, Some(Evidence::E5)).evidence(), Evidence::E1, "{verdict:?}");
        }
        assert_eq!(found(Verdict::Valid, Some(Evidence::E4)).evidence(), Evidence::E4);
        assert_eq!(found(Verdict::Valid, None).evidence(), Evidence::E2);
    }
}
