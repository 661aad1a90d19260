//! Asking issuers: guarded, bounded in size and time, kept for a while. What goes out is an address and nothing else.

use super::{Outside, UNREACHED};
use crate::credential::keys::{MOST_DOCUMENT, Published, published};
use crate::credential::lists::{self, Publisher};
use crate::credential::status::Listed;
use crate::crypto::jws::PublicJwk;
use crate::domain::FetchRequest;
use crate::domain::credential::{StatusKind, StatusRef, Verdict};
use crate::domain::fetch::Method;

/// How old, in seconds, a document of keys may be; and how old where its keys did not fit.
const KEPT: u32 = 300;
const FRESH: u32 = 15;
/// Addresses asked for one proof.
const MOST_ASKED: usize = 2;

impl Outside<'_> {
    /// The keys that `issuer` publishes at the first of these addresses that has some.
    pub(super) async fn keys(&self, addresses: &[String], issuer: &str, fresh: bool) -> Option<Vec<PublicJwk>> {
        for at in addresses.iter().take(MOST_ASKED) {
            let found = match self.document(at, issuer, fresh).await {
                // Never further: an address that leads to another leads nowhere.
                Some(Published::At(further)) => self.document(&further, issuer, fresh).await,
                found => found,
            };
            if let Some(Published::Keys(keys)) = found {
                return Some(keys);
            }
        }
        None
    }

    async fn document(&self, at: &str, issuer: &str, fresh: bool) -> Option<Published> {
        let request = FetchRequest { max_bytes: MOST_DOCUMENT, ..FetchRequest::get(at) };
        let response = self.fetch.fetch(request.max_age(if fresh { FRESH } else { KEPT })).await.ok()?;
        if response.status == 200 { published(&response.body, issuer) } else { None }
    }

    /// The list at its address, read.
    pub(super) async fn list(&self, at: &StatusRef, by: &Publisher<'_>) -> Result<Listed, Verdict> {
        let accept = match at.list {
            StatusKind::Token => "application/statuslist+jwt",
            _ => "application/vc+jwt, application/vc, application/json",
        };
        let headers = vec![("accept".to_owned(), accept.to_owned())];
        let request = FetchRequest { url: at.uri.clone(), method: Method::Get, headers, max_bytes: lists::MOST, max_age: None };
        let response = self.fetch.fetch(request).await.map_err(|_| UNREACHED)?;
        let text = String::from_utf8(response.body).ok().filter(|_| response.status == 200).ok_or(UNREACHED)?;
        lists::list(&text, at, by)
    }
}
