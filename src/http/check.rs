//! How often anyone may have something checked.

use super::Site;

/// Looks that are heard from one address in five minutes.
const MOST_CHECKS: usize = 60;

/// Counts a look; `Err` with the seconds to wait.
pub fn check_tries(site: &Site, address: &str) -> Result<(), u32> {
    let key = site.service.keys.address(&format!("check {address}")).0;
    site.tries.count(key, MOST_CHECKS, site.service.now())
}
