//! What a look at a proof found: it holds for that look alone.

use super::{Proof, Verdict};
use crate::domain::profile::Evidence;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub verdict: Verdict,
    /// What it says, as far as it could be read.
    pub proof: Option<Proof>,
}

impl Found {
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
        Found { verdict, proof: Some(Proof { format, kind, issuer, subject, competence, issued, from, until, status, holder }) }
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
