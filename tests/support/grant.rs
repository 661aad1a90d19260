//! Programs with tokens by the protocol, at the level of use cases: as after a request was answered.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use egenkarta::crypto::bundle::ConsentSecret;
use egenkarta::crypto::token::{TokenKind, TokenPlace, TokenSecret};
use egenkarta::crypto::{Ad, Label, Padding, record};
use egenkarta::domain::oauth::{Asked, Client, ClientKeys, Fault};
use egenkarta::domain::profile::Section;
use egenkarta::domain::random::uuid_v4;
use egenkarta::domain::time::MINUTE;
use egenkarta::domain::{ClientId, ConsentId, UnitId};
use egenkarta::policy::{Action, Actor, Resource};
use egenkarta::store::token::{self, TokenRow};
use egenkarta::usecase::consent::Given;
use egenkarta::usecase::grant::{Approved, Tokens};
use egenkarta::usecase::token::{CodeBinding, TokenLabel};
use ring::digest::{SHA256, digest};

use super::TestApp;
use super::people::{Owner, asked};
use super::raw::{Cell, rows};

/// A registered program, and the thumbprint of the key in its proofs.
pub struct Program {
    pub client: Client,
    pub key: [u8; 32],
}

pub const REDIRECT: &str = "https://system.example/back";
pub const VERIFIER: &str = "en-lang-slumpad-rad-som-bara-programmet-sjalvt-vet";

impl TestApp {
    pub fn program(&self, unit: UnitId, name: &str) -> Program {
        let id = ClientId(uuid_v4(&*self.service.random));
        let keys = ClientKeys::Url("https://system.example/keys".to_owned());
        let (redirects, created) = (vec![REDIRECT.to_owned()], self.service.now());
        let client = Client { id, unit, name: name.to_owned(), redirects, keys, created };
        let key = digest(&SHA256, id.to_string().as_bytes()).as_ref().try_into().unwrap();
        Program { client, key }
    }

    /// A consent's secret, as its giver's keyring opens it.
    pub async fn secret_of(&self, owner: &Owner, id: ConsentId) -> ConsentSecret {
        let row = rows(&self.service.db, "consent").await.into_iter().find(|row| row["id"] == Cell::id(id.0)).unwrap();
        let ad = Ad::new(Label::ConsentSecretWrap).bytes_field(b"consent").id(owner.id.0).id(id.0);
        let bytes = owner.keyring().unwrap(&ad, Padding::Fixed, row["secret"].bytes()).unwrap();
        ConsentSecret::from_slice(&bytes).unwrap()
    }

    /// Tokens as for an answered device code.
    pub async fn collected(&self, program: &Program, owner: &Owner, given: &Given) -> Result<Tokens, Fault> {
        let consent = given.terms.consent;
        let approved = Approved { owner: owner.id, consent, secret: self.secret_of(owner, consent).await };
        self.service.collected(&program.client, &program.key, approved).await
    }

    /// An authorization code, as the person's yes makes one; `key` where the request had a proof.
    pub async fn code(&self, program: &Program, owner: &Owner, given: &Given, key: &[u8]) -> String {
        let (service, secret) = (&self.service, self.secret_of(owner, given.terms.consent).await);
        let (made, now) = (TokenSecret::random(&*service.random), service.now());
        let (consent, unit) = (given.terms.consent, given.terms.unit);
        let client = program.client.id.to_string();
        let (kind, until) = (TokenKind::Code, now.plus(MINUTE));
        let place = TokenPlace { kind, consent, client, thumbprint: key.to_vec(), issued: now, until, parent: Vec::new() };
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, VERIFIER.as_bytes()));
        let code = Some(CodeBinding { redirect_uri: REDIRECT.to_owned(), challenge });
        let label = TokenLabel { name: program.client.name.clone(), by: "Enheten".to_owned(), minter: None, code };
        let ad = Ad::new(Label::TokenLabel).bytes_field(b"token").bytes_field(&made.lookup().0);
        let body = serde_json::to_vec(&label).unwrap();
        let label = record::seal(&secret.label_key(), 0, &ad, Padding::Steps, &body, &*service.random);
        let row = TokenRow {
            lookup: made.lookup().0,
            owner: owner.id,
            consent,
            unit,
            minted_by: None,
            kind: kind.word().to_owned(),
            sealed: Some(made.seal(&place, &secret, &*service.random)),
            client: place.client,
            thumbprint: place.thumbprint,
            issued: now,
            until,
            ended_at: None,
            label: Some(label),
            parent: Vec::new(),
        };
        let asked = Resource::Token { owner: owner.id, consent, unit, given: true, in_time: true, days: 1 };
        let permit = service.ask(Actor::Client { unit }, Action::GrantToken, asked).unwrap();
        let mut tx = service.db.write().await.unwrap();
        token::insert(&mut tx, &permit, row).await.unwrap();
        tx.commit().await.unwrap();
        made.text().as_str().to_owned()
    }

    /// What a program asks for when it wants a narrower token: these sections, until today.
    pub fn part(&self, unit: UnitId, sections: &[Section]) -> Asked {
        Asked { until: self.service.now().day(), ..asked(self, unit, sections) }
    }

    /// How many entries a bound token reads; `None` where it is denied.
    pub async fn reads(&self, program: &Program, token: &str) -> Option<usize> {
        self.service.read_by_token(token, Some(&program.key)).await.ok().map(|read| read.entries.len())
    }
}

impl Program {
    pub async fn redeem(&self, app: &TestApp, code: &str) -> Result<Tokens, Fault> {
        app.service.redeem_code(&self.client, &self.key, code, REDIRECT, VERIFIER).await
    }

    pub async fn refresh(&self, app: &TestApp, token: &str) -> Result<Tokens, Fault> {
        app.service.refresh(&self.client, &self.key, token, None).await
    }

    pub async fn exchange(&self, app: &TestApp, token: &str, asked: Asked) -> Result<Tokens, Fault> {
        app.service.exchange(&self.client, &self.key, token, asked).await
    }
}

/// The text of an access token, and of what it is refreshed by.
pub fn texts(tokens: &Tokens) -> (String, String) {
    let refresh = tokens.refresh.as_ref().map(|token| token.text().as_str().to_owned());
    (tokens.access.text().as_str().to_owned(), refresh.unwrap_or_default())
}
