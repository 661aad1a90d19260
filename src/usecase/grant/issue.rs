//! Makes the tokens, each in one transaction that holds the consent's row.

use super::{ACCESS, Holder, Presented, Tokens, fault};
use crate::crypto::bundle::ConsentSecret;
use crate::crypto::child::{Child, ChildPlace};
use crate::crypto::token::{TokenKind, TokenSecret};
use crate::domain::Timestamp;
use crate::domain::consent::Terms;
use crate::domain::event::What;
use crate::domain::oauth::{Asked, Client, Fault, Part};
use crate::domain::random::uuid_v4;
use crate::domain::time::SECOND;
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::child::ChildRow;
use crate::store::token::{MOST_HELD, TokenRow};
use crate::store::{Tx, child, consent, token};
use crate::usecase::child::{details, narrow, within};
use crate::usecase::consent::days_between;
use crate::usecase::disclosure::{Opens, decide};
use crate::usecase::token::TokenTo;
use crate::usecase::{Error, Service};

/// Ends with its consent, also where that is made shorter or longer.
const WHILE_IT_HOLDS: Timestamp = Timestamp(i64::MAX);

impl Service {
    pub(super) async fn refreshed(&self, client: &Client, thumb: &[u8], from: &Presented) -> Result<Tokens, Error> {
        let mut tx = self.db.write().await?;
        let held = self.held_in(&mut tx, &Opens::of(&from.row, &from.secret)).await?;
        let permit = self.may_grant(client, &held.bundle.terms)?;
        self.room_for(&mut tx, client, &from.row).await?;
        let until = self.until(&held.bundle.terms);
        let to = self.to(&Holder { client, thumb, label: from.label.clone() }, &held.bundle.terms, until);
        let (access, row) = self.seal_token(TokenKind::Access, &from.secret, &from.label, to);
        token::insert(&mut tx, &permit, row).await?;
        tx.commit().await?;
        Ok(self.answer(access, None, until, &held))
    }

    pub(super) async fn narrower(&self, client: &Client, thumb: &[u8], from: &Presented, asked: Asked) -> Result<Tokens, Fault> {
        let mut tx = self.db.write().await.map_err(Error::from).map_err(fault)?;
        let held = self.held_in(&mut tx, &Opens::of(&from.row, &from.secret)).await.map_err(fault)?;
        // Refused for what was asked before anything is said of the rest.
        let end = within(&held, &asked, self.now())?.min(self.until(&held.bundle.terms)).min(from.row.until);
        let part = Part::new(uuid_v4(&*self.random), asked, end);
        let holder = Holder { client, thumb, label: from.label.clone() };
        self.put_narrower(tx, &holder, from, &held, &part).await.map_err(fault)
    }

    async fn put_narrower(
        &self,
        mut tx: Tx,
        holder: &Holder<'_>,
        from: &Presented,
        held: &Child,
        part: &Part,
    ) -> Result<Tokens, Error> {
        let permit = self.may_grant(holder.client, &held.bundle.terms)?;
        self.room_for(&mut tx, holder.client, &from.row).await?;
        let (own, narrower) = (from.secret.child(part.id), narrow(held, part));
        let to = self.to(holder, &narrower.bundle.terms, part.until);
        let (access, row) = self.seal_narrower(TokenKind::Access, &own, &holder.label, to, from.row.lookup.to_vec());
        // What it came from, where that is not the consent itself.
        let parent = if from.row.parent.is_empty() { Vec::new() } else { from.row.lookup.to_vec() };
        let place = ChildPlace { owner: row.owner, consent: row.consent, token: &row.lookup, parent: &parent };
        let terms = from.secret.seal_child_terms(&place, part, &*self.random);
        let bundle = own.seal_child(&place, &narrower, &*self.random);
        let (owner, consent, of) = (row.owner, row.consent, row.lookup);
        child::insert(&mut tx, &permit, ChildRow { owner, consent, token: of, parent, until: part.until, terms, bundle }).await?;
        token::insert(&mut tx, &permit, row).await?;
        self.tell_minted(&mut tx, &permit, holder, held).await?;
        tx.commit().await?;
        Ok(self.answer(access, None, part.until, &narrower))
    }

    /// The first access token and what it is refreshed by.
    pub(super) async fn first(
        &self,
        tx: &mut Tx,
        permit: &Permit,
        holder: &Holder<'_>,
        secret: &ConsentSecret,
        held: &Child,
    ) -> Result<Tokens, Error> {
        let terms = &held.bundle.terms;
        let until = self.until(terms);
        let (access, row) = self.seal_token(TokenKind::Access, secret, &holder.label, self.to(holder, terms, until));
        self.room_for(tx, holder.client, &row).await?;
        token::insert(tx, permit, row).await?;
        let to = self.to(holder, terms, WHILE_IT_HOLDS);
        let (refresh, row) = self.seal_token(TokenKind::Refresh, secret, &holder.label, to);
        token::insert(tx, permit, row).await?;
        self.tell_minted(tx, permit, holder, held).await?;
        Ok(self.answer(access, Some(refresh), until, held))
    }

    /// What a secret opens now. The consent's row stays locked until commit, so that nothing is made of one that ends or narrows meanwhile.
    pub(super) async fn held_in(&self, tx: &mut Tx, opens: &Opens<'_>) -> Result<Child, Error> {
        let now = self.now();
        if !consent::hold(tx, opens.owner, opens.consent, now).await? {
            return Err(Error::Gone);
        }
        let row = consent::find(tx, opens.owner, opens.consent).await?.ok_or(Error::Gone)?;
        let child = match opens.narrower() {
            Some(token) => Some(child::find(tx, opens.owner, opens.consent, token).await?.ok_or(Error::Gone)?),
            None => None,
        };
        decide(&row.into(), child.as_ref(), opens, now)
    }

    pub(in crate::usecase) fn may_grant(&self, client: &Client, terms: &Terms) -> Result<Permit, Error> {
        if terms.client.as_ref().is_some_and(|bound| *bound != client.id.to_string()) {
            return Err(Error::Unopened);
        }
        let now = self.now();
        let resource = Resource::Token {
            owner: terms.owner,
            consent: terms.consent,
            unit: terms.unit,
            given: true,
            in_time: terms.holds_at(now),
            days: days_between(now, terms.until),
        };
        self.ask(Actor::Client { unit: client.unit }, Action::GrantToken, resource)
    }

    async fn room_for(&self, tx: &mut Tx, client: &Client, row: &TokenRow) -> Result<(), Error> {
        let held = token::count_held(tx, row.owner, row.consent, client.id, self.now()).await?;
        if held < MOST_HELD { Ok(()) } else { Err(Error::TooOften(60)) }
    }

    fn until(&self, terms: &Terms) -> Timestamp {
        self.now().plus(ACCESS).min(terms.until)
    }

    fn to(&self, holder: &Holder<'_>, terms: &Terms, until: Timestamp) -> TokenTo {
        TokenTo {
            owner: terms.owner,
            consent: terms.consent,
            unit: terms.unit,
            client: holder.client.id.to_string(),
            thumbprint: holder.thumb.to_vec(),
            minted_by: None,
            issued: self.now(),
            until,
        }
    }

    /// The person is told that a program has got something; that it is refreshed is not told, since each read is.
    async fn tell_minted(&self, tx: &mut Tx, permit: &Permit, holder: &Holder<'_>, held: &Child) -> Result<(), Error> {
        let terms = &held.bundle.terms;
        let party = self.party_in(tx, terms.unit).await?;
        let event = self.token_event(What::TokenMinted, terms.consent, party, holder.label.clone());
        self.record_under(tx, permit, (terms.owner, terms.consent), &held.log_key, event).await
    }

    fn answer(&self, access: TokenSecret, refresh: Option<TokenSecret>, until: Timestamp, held: &Child) -> Tokens {
        Tokens { access, refresh, expires_in: until.since(self.now()) / SECOND, details: details(held) }
    }
}
