//! What a proof meets, as it stood at this look. One that has run out or was withdrawn meets nothing, and says so.

use super::near::Kin;
use super::{Demand, Kinship, Near};
use crate::domain::credential::{Competence, Found, Part, Verdict};
use crate::domain::framework::Condition;

/// `Some(None)`: it meets the demand. `Some(Some(near))`: it lies close, or would meet it if it held.
pub fn proof<K: Kinship>(demand: &Demand, found: &Found, kin: &mut Kin<'_, K>) -> Option<Option<Near>> {
    let competence = &found.proof.as_ref()?.competence;
    let near = if says(demand, competence) { None } else { Some(nearest(&demand.wants, competence, kin)?) };
    match found.verdict {
        // Whom nobody knows is the person's own word, which counts as such.
        Verdict::Valid | Verdict::UnknownIssuer => Some(near),
        Verdict::Expired => near.is_none().then_some(Some(Near::Expired)),
        Verdict::Withdrawn | Verdict::Suspended => near.is_none().then_some(Some(Near::Withdrawn)),
        Verdict::CannotBeChecked(_) => near.is_none().then_some(Some(Near::Unchecked)),
        Verdict::NotYet | Verdict::NotValid(_) => None,
    }
}

/// Whether it is a proof of this very thing: of the criterion, of the whole framework, or of one of the skills.
fn says(demand: &Demand, competence: &Competence) -> bool {
    let framework =
        |wanted: &super::Criterion| competence.framework.as_ref().is_some_and(|framework| framework.id == wanted.framework);
    let criterion = |wanted: &super::Criterion| {
        competence.part == Some(Part::Whole) || competence.criteria.iter().any(|met| met.id == wanted.id)
    };
    let by_criterion = demand.criterion.as_ref().is_some_and(|wanted| framework(wanted) && criterion(wanted));
    let by_skill = match &demand.wants {
        Condition::Skills(uris) => uris.iter().any(|uri| competence.concepts.contains(uri)),
        _ => false,
    };
    by_criterion || by_skill
}

fn nearest<K: Kinship>(wants: &Condition, competence: &Competence, kin: &mut Kin<'_, K>) -> Option<Near> {
    let Condition::Skills(uris) = wants else { return None };
    let pairs = uris.iter().flat_map(|uri| competence.concepts.iter().map(move |held| (uri, held)));
    pairs.filter_map(|(uri, held)| kin.near(uri, held)).min()
}
