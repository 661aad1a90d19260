//! Whether a proof that a unit here has signed is still good.

use serde_json::Value;

use crate::credential::sd_jwt::Opened;
use crate::credential::times;
use crate::domain::UnitId;
use crate::store::issued::{self, IssuedState};
use crate::usecase::{Error, Service};

impl Service {
    /// Whether a proof of the unit's is in its time and has not been withdrawn.
    pub(super) async fn is_good(&self, unit: UnitId, opened: &Opened) -> Result<bool, Error> {
        let claims = &opened.claims;
        let time = |name| times::read(claims, name).map_err(|_| Error::Gone);
        if times::verdict(time("nbf")?, time("exp")?, self.now()).is_some() {
            return Ok(false);
        }
        let Some((list, place)) = place(claims.get("status").and_then(|status| status.get("status_list"))) else {
            return Ok(false);
        };
        let row = issued::at(&mut self.db.look().await?, unit, list, place).await?;
        let Some(row) = row else { return Ok(false) };
        self.check_issued(&row)?;
        Ok(row.state != IssuedState::Withdrawn)
    }
}

/// Which of a unit's lists, and where on it.
fn place(status: Option<&Value>) -> Option<(u64, u64)> {
    let status = status?;
    let list = status.get("uri")?.as_str()?.rsplit('/').next()?.parse().ok()?;
    Some((list, status.get("idx")?.as_u64()?))
}
