//! Checking a proof for whoever brings it: the issuer's keys and lists are found, here or elsewhere, and one verdict is given. Nothing of
//! what is brought is kept.

mod local;
mod outside;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Service;
use crate::credential::badge::Contexts;
use crate::credential::status::{Listed, said, usable_until};
use crate::credential::{self, Checked, Foreign, Given, IssuerKeys, Occasion};
use crate::crypto::jws::PublicJwk;
use crate::domain::credential::{StatusKind, StatusRef, Unchecked, Verdict, Wrong};
use crate::domain::time::SECOND;
use crate::domain::trust::{TrustList, TrustedIssuer};
use crate::domain::{Fetch, Timestamp};

/// What checking needs for longer than one check. Built once.
#[derive(Default)]
pub struct Verifier {
    pub trust: TrustList,
    pub contexts: Contexts,
    lists: Mutex<Lists>,
    silent: Mutex<Silent>,
}

/// By what others are asked, and under which address we are an issuer ourselves.
#[derive(Clone, Copy)]
pub struct Outside<'a> {
    pub fetch: &'a dyn Fetch,
    /// The origin under which people reach the service.
    pub base: &'a str,
}

/// What is known of the issuer that a proof names.
struct Known {
    keys: IssuerKeys,
    trusted: Option<TrustedIssuer>,
    /// The keys were fetched, and may have changed since.
    fetched: bool,
}

impl Verifier {
    pub fn new(trust: TrustList, contexts: Contexts) -> Self {
        Self { trust, contexts, lists: Mutex::default(), silent: Mutex::default() }
    }
}

impl Service {
    /// Checks what someone has brought as a file, a photo's text or a paste. `shown`: that it was presented to us, on this occasion.
    pub async fn verify(&self, outside: Outside<'_>, file: &[u8], shown: Option<Occasion<'_>>) -> Checked {
        match credential::read(file) {
            Ok(foreign) => self.verify_read(outside, &foreign, shown).await,
            Err(wrong) => Checked::of(Verdict::NotValid(wrong)),
        }
    }

    /// The same of what has been read already.
    pub async fn verify_read(&self, outside: Outside<'_>, foreign: &Foreign, shown: Option<Occasion<'_>>) -> Checked {
        let mut known = self.known(outside, foreign, false).await;
        let examine = |known: &Known| {
            let contexts = &self.verifier.contexts;
            let given = Given { keys: &known.keys, trusted: known.trusted.as_ref(), contexts, now: self.now(), shown };
            credential::examine(foreign, &given)
        };
        let mut found = examine(&known);
        if known.fetched && matches!(found.verdict, Verdict::NotValid(Wrong::Key | Wrong::Signature)) {
            // The issuer may have changed its keys since they were fetched.
            known = self.known(outside, foreign, true).await;
            found = examine(&known);
        }
        if found.verdict != Verdict::Valid {
            return found;
        }
        let IssuerKeys::Known(keys) = &known.keys else { return found };
        let mut said = Vec::new();
        for at in &foreign.status {
            said.push(self.said(outside, &foreign.issuer, at, keys).await);
        }
        credential::settle(foreign, found, &said)
    }

    /// This server's own units first, then the trust list, then what the issuer publishes.
    async fn known(&self, outside: Outside<'_>, foreign: &Foreign, fresh: bool) -> Known {
        if let Some(own) = self.own_issuer(outside.base, foreign).await {
            return own;
        }
        let trusted = self.verifier.trust.find(&foreign.issuer).cloned();
        if let Some(pinned) = trusted.as_ref().and_then(credential::keys::pinned).filter(|keys| !keys.is_empty()) {
            return Known { keys: IssuerKeys::Known(pinned), trusted, fetched: false };
        }
        if let (true, Some(key)) = (foreign.key.is_issuer, &foreign.key.along) {
            return Known { keys: IssuerKeys::Known(vec![key.clone()]), trusted, fetched: false };
        }
        let given = trusted.as_ref().and_then(|issuer| issuer.keys_at.clone());
        let addresses = given.map_or_else(|| foreign.key.documents.clone(), |at| vec![at]);
        let unreached = |trusted| Known { keys: IssuerKeys::Unreached, trusted, fetched: false };
        if addresses.is_empty() || self.is_silent(&foreign.issuer) {
            return unreached(trusted);
        }
        match outside.keys(&addresses, &foreign.issuer, fresh).await {
            Some(keys) => Known { keys: IssuerKeys::Known(keys), trusted, fetched: true },
            None => {
                self.was_silent(&foreign.issuer);
                unreached(trusted)
            }
        }
    }

    /// What the list says of the proof at `at`; `None` is good.
    async fn said(&self, outside: Outside<'_>, issuer: &str, at: &StatusRef, keys: &[PublicJwk]) -> Option<Verdict> {
        if at.list == StatusKind::Other {
            return Some(UNREACHED);
        }
        let now = self.now();
        let by = credential::lists::Publisher { issuer, keys, contexts: &self.verifier.contexts, now };
        if let Some(said) = self.said_here(outside.base, at, &by).await {
            return said;
        }
        let name = (issuer.to_owned(), at.uri.clone(), at.list as u8);
        if let Some(kept) = self.lists(|lists| lists.get(&name, now)) {
            return said(at.list, &kept.list, at.index);
        }
        if self.is_silent(&at.uri) {
            return Some(UNREACHED);
        }
        match outside.list(at, &by).await {
            Ok(listed) => {
                let verdict = said(at.list, &listed.list, at.index);
                self.lists(|lists| lists.put(name, listed, now));
                verdict
            }
            Err(verdict) => {
                self.was_silent(&at.uri);
                Some(verdict)
            }
        }
    }

    /// Whether someone was asked in vain just now: a page with many proofs waits for no one twice.
    fn is_silent(&self, who: &str) -> bool {
        let silent = self.verifier.silent.lock().unwrap_or_else(PoisonError::into_inner);
        silent.get(who).is_some_and(|until| self.now() < *until)
    }

    fn was_silent(&self, who: &str) {
        let now = self.now();
        let mut silent = self.verifier.silent.lock().unwrap_or_else(PoisonError::into_inner);
        silent.retain(|_, until| now < *until);
        if silent.len() < MOST_SILENT {
            silent.insert(who.to_owned(), now.plus(SILENT));
        }
    }

    fn lists<T>(&self, use_them: impl FnOnce(&mut Lists) -> T) -> T {
        // What a panicking thread left behind is at worst a missing list.
        use_them(&mut self.verifier.lists.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Issuers and lists that did not answer, or not rightly, and until when they are left alone.
type Silent = HashMap<String, Timestamp>;

const SILENT: i64 = 20 * SECOND;
const MOST_SILENT: usize = 1000;
const UNREACHED: Verdict = Verdict::CannotBeChecked(Unchecked::Status);

/// An issuer, an address, and a kind of list: another issuer's keys did not sign it.
type Name = (String, String, u8);

/// Lists that were fetched, opened.
#[derive(Default)]
struct Lists(HashMap<Name, (Timestamp, Arc<Listed>)>);

/// Bytes of all lists that are kept.
const MOST_KEPT: usize = 64 * 1024 * 1024;

impl Lists {
    fn get(&self, name: &Name, now: Timestamp) -> Option<Arc<Listed>> {
        self.0.get(name).filter(|(until, _)| now < *until).map(|(_, listed)| Arc::clone(listed))
    }

    fn put(&mut self, name: Name, listed: Listed, now: Timestamp) {
        self.0.retain(|_, (until, _)| now < *until);
        while self.0.values().map(|(_, listed)| listed.list.bytes()).sum::<usize>() + listed.list.bytes() > MOST_KEPT {
            let Some(first) = self.0.iter().min_by_key(|(_, (until, _))| *until).map(|(name, _)| name.clone()) else { break };
            self.0.remove(&first);
        }
        let until = usable_until(now, &listed.times);
        self.0.insert(name, (until, Arc::new(listed)));
    }
}
