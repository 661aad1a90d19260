//! Programs that a unit registers (RFC 7591's words for what is said of one): by an administrator, who can be named afterwards.

use url::Url;

use super::{Error, Service, Session};
use crate::crypto::jws::{self, KeyFault};
use crate::domain::event::{Event, What};
use crate::domain::oauth::{Client, ClientKeys};
use crate::domain::random::uuid_v4;
use crate::domain::{ClientId, UnitId};
use crate::policy::{Action, Permit};
use crate::store::client::{self, ClientRow};
use crate::store::ended::Ended;
use crate::store::token;

/// What is wrong with a program's metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientFault {
    /// `client_name`: none, or longer than 60 characters.
    Name,
    /// `redirect_uris`: too many, or one that is no absolute https address without a fragment. Plain http for this machine's own loopback
    /// only (RFC 8252, 7.3).
    Redirects,
    /// `jwks` or `jwks_uri`: neither a key set nor an https address.
    Keys,
    /// A private key lies in the set.
    PrivateKey,
    /// The set holds a key of a sort, length or use that is not taken.
    KeyKind,
}

/// Why a program was not kept.
#[derive(Debug)]
pub enum NotKept {
    Wrong(Vec<ClientFault>),
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NotKept {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What an administrator says of a program, as typed.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    pub name: String,
    /// One on each line; none for a program of the desk alone.
    pub redirects: String,
    /// A JSON Web Key Set, or the https address of one.
    pub keys: String,
}

/// At most so many live programs of one unit.
pub const MOST: usize = 20;
pub const MAX_NAME: usize = 60;
pub const MAX_REDIRECTS: usize = 10;
pub const MAX_ADDRESS: usize = 500;
/// Longer sets are refused unread.
pub const MAX_KEYS: usize = 16 * 1024;

impl Service {
    /// Registers a program for the unit that the session works at.
    pub async fn register_client(&self, session: &Session, said: &Metadata) -> Result<Client, NotKept> {
        let (member, unit, permit) = self.member_may(session, Action::KeepClients).await?;
        let (name, redirects, keys) = said.checked()?;
        let now = self.now();
        let client = Client { id: ClientId(uuid_v4(&*self.random)), unit, name, redirects, keys, created: now };
        let mut tx = self.unit_write(&member).await?;
        if client::of_unit(&mut tx, &permit, unit).await?.len() >= MOST {
            return Err(Error::TooMany(MOST).into());
        }
        client::insert(&mut tx, &permit, self.client_row(&client, now)).await?;
        let event = Event { whom: Some(client.name.clone()), ..self.plain_event(What::ClientAdded) };
        self.record_own(&mut tx, &permit, &member.keyring, member.event(event)).await?;
        tx.commit().await?;
        Ok(client)
    }

    /// The unit's live programs, oldest first; for its administrators.
    pub async fn clients(&self, session: &Session) -> Result<Vec<Client>, Error> {
        let (_, unit, permit) = self.member_may(session, Action::KeepClients).await?;
        let mut tx = self.db.read().await?;
        let rows = client::of_unit(&mut tx, &permit, unit).await?;
        tx.commit().await?;
        // One that somebody else wrote is shown to nobody, and nobody can use it.
        Ok(rows.iter().filter_map(|row| self.own_client(row)).collect())
    }

    /// Other addresses and keys; the name stays, since people have been told it. Tokens that are bound to other keys than the new ones can
    /// be refreshed no more.
    pub async fn change_client(&self, session: &Session, id: ClientId, said: &Metadata) -> Result<Client, NotKept> {
        let (member, unit, permit) = self.member_may(session, Action::KeepClients).await?;
        let (_, row) = self.client_of(&permit, unit, id).await?;
        let (_, redirects, keys) = Metadata { name: row.name.clone(), ..said.clone() }.checked()?;
        let client = Client { redirects, keys, ..row };
        let now = self.now();
        let mut tx = self.unit_write(&member).await?;
        if !client::change(&mut tx, &permit, self.client_row(&client, now)).await? {
            return Err(Error::Gone.into());
        }
        let event = Event { whom: Some(client.name.clone()), ..self.plain_event(What::ClientChanged) };
        self.record_own(&mut tx, &permit, &member.keyring, member.event(event)).await?;
        self.ended.append(vec![Ended::client(id, unit, now)]).await?;
        tx.commit().await?;
        Ok(client)
    }

    /// Ends a program, and every token that it holds, at once.
    pub async fn end_client(&self, session: &Session, id: ClientId) -> Result<(), Error> {
        let (member, unit, permit) = self.member_may(session, Action::KeepClients).await?;
        let (row, client) = self.client_of(&permit, unit, id).await?;
        let now = self.now();
        let row = self.bound_client(ClientRow { ended: Some(now), ..row });
        let mut tx = self.unit_write(&member).await?;
        if !client::end_one(&mut tx, &permit, &row).await? {
            return Err(Error::Gone);
        }
        let tokens = token::end_of_client(&mut tx, &permit, unit, id, now).await?;
        let event = Event { whom: Some(client.name), ..self.plain_event(What::ClientEnded) };
        self.record_own(&mut tx, &permit, &member.keyring, member.event(event)).await?;
        let lines = tokens.iter().map(|lookup| Ended::token(lookup, now));
        self.ended.append(lines.chain([Ended::client(id, unit, now)]).collect()).await?;
        Ok(tx.commit().await?)
    }

    /// The live client with this id, whosever it is; `None` for one that this server did not register as it stands.
    pub async fn find_client(&self, id: ClientId) -> Result<Option<Client>, Error> {
        let row = client::find(&mut self.db.look().await?, id).await?;
        Ok(row.and_then(|row| self.own_client(&row)))
    }

    async fn client_of(&self, permit: &Permit, unit: UnitId, id: ClientId) -> Result<(ClientRow, Client), Error> {
        let mut tx = self.db.read().await?;
        let rows = client::of_unit(&mut tx, permit, unit).await?;
        tx.commit().await?;
        let row = rows.into_iter().find(|row| row.id == id).ok_or(Error::NotFound)?;
        let client = self.own_client(&row).ok_or(Error::Unopened)?;
        Ok((row, client))
    }

    fn own_client(&self, row: &ClientRow) -> Option<Client> {
        if row.ended.is_some() || !self.is_own_client(row) {
            return None;
        }
        let redirects = serde_json::from_str(&row.redirects).ok()?;
        let keys = serde_json::from_slice(&row.keys).ok()?;
        Some(Client { id: row.id, unit: row.unit, name: row.name.clone(), redirects, keys, created: row.created })
    }

    fn client_row(&self, client: &Client, changed: crate::domain::Timestamp) -> ClientRow {
        self.bound_client(ClientRow {
            id: client.id,
            unit: client.unit,
            name: client.name.clone(),
            redirects: serde_json::to_string(&client.redirects).expect("texts are plain data"),
            keys: serde_json::to_vec(&client.keys).expect("a text is plain data"),
            created: client.created,
            changed,
            ended: None,
            mac: Vec::new(),
        })
    }
}

impl Metadata {
    fn checked(&self) -> Result<(String, Vec<String>, ClientKeys), NotKept> {
        let name = self.name.trim();
        let named = (1..=MAX_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        let redirects: Vec<String> =
            self.redirects.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let led = redirects.len() <= MAX_REDIRECTS && redirects.iter().all(|one| is_address(one));
        let keys = keys(self.keys.trim());
        let wrong = [(!named).then_some(ClientFault::Name), (!led).then_some(ClientFault::Redirects), keys.as_ref().err().copied()];
        let wrong: Vec<ClientFault> = wrong.into_iter().flatten().collect();
        match keys {
            Ok(keys) if wrong.is_empty() => Ok((name.to_owned(), redirects, keys)),
            _ => Err(NotKept::Wrong(wrong)),
        }
    }
}

fn keys(text: &str) -> Result<ClientKeys, ClientFault> {
    if !text.starts_with('{') {
        return if is_address(text) { Ok(ClientKeys::Url(text.to_owned())) } else { Err(ClientFault::Keys) };
    }
    match jws::strict_set(text) {
        Ok(_) => Ok(ClientKeys::Set(text.to_owned())),
        Err(KeyFault::Private) => Err(ClientFault::PrivateKey),
        Err(KeyFault::Kind) => Err(ClientFault::KeyKind),
        Err(KeyFault::Shape | KeyFault::Number) => Err(ClientFault::Keys),
    }
}

/// An absolute address that may be compared sign by sign: https, without user, fragment or signs that parsers read apart.
fn is_address(text: &str) -> bool {
    let plain = text.len() <= MAX_ADDRESS && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let Some(url) = Url::parse(text).ok().filter(|_| plain) else { return false };
    let loopback = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let scheme = url.scheme() == "https" || (url.scheme() == "http" && loopback);
    scheme && url.host_str().is_some() && url.username().is_empty() && url.password().is_none() && url.fragment().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_could_lead_elsewhere_are_refused() {
        for text in [
            "",
            "https:",
            "https://",
            "/back",
            "back",
            "http://case.example/back",
            "https://case.example/back#there",
            "https://user@case.example/back",
            "https://:pass@case.example/back",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://case.example\\@evil.example/",
            "https://case.example/a b",
            "https://cäse.example/",
            "com.example.app:/back",
        ] {
            assert!(!is_address(text), "{text}");
        }
        for text in ["https://case.example/back?a=b", "http://127.0.0.1:5000/back", "http://localhost/", "http://[::1]:1/"] {
            assert!(is_address(text), "{text}");
        }
        assert!(!is_address(&format!("https://case.example/{}", "x".repeat(MAX_ADDRESS))));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let said =
            Metadata { name: " ".into(), redirects: "http://case.example/".into(), keys: r#"{"keys":[{"kty":"oct"}]}"#.into() };
        let Err(NotKept::Wrong(wrong)) = said.checked() else { panic!("all of it is wrong") };
        assert_eq!(wrong, [ClientFault::Name, ClientFault::Redirects, ClientFault::PrivateKey]);
        let many = Metadata { redirects: "https://a.example/\n".repeat(MAX_REDIRECTS + 1), ..Metadata::default() };
        assert!(matches!(many.checked(), Err(NotKept::Wrong(wrong)) if wrong.contains(&ClientFault::Redirects)));
        let said = Metadata {
            name: " Ärendesystemet ".into(),
            redirects: "\n https://a.example/ \r\nhttps://b.example/\n".into(),
            keys: " https://a.example/jwks.json\n".into(),
        };
        let (name, redirects, keys) = said.checked().expect("nothing is wrong");
        assert_eq!((name.as_str(), redirects.len()), ("Ärendesystemet", 2));
        assert_eq!(keys, ClientKeys::Url("https://a.example/jwks.json".into()));
    }
}
