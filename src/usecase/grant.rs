//! What an approved request comes to.

use crate::crypto::bundle::ConsentSecret;
use crate::domain::{ConsentId, OwnerId};

/// What a device code collects.
#[derive(Clone, Debug)]
pub struct Approved {
    pub owner: OwnerId,
    pub consent: ConsentId,
    pub secret: ConsentSecret,
}
