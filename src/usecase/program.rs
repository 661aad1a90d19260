//! Tokens by which a program asks what stands in clear of its unit's consents. They open nothing, so none is stored: the server says by
//! its look-up key that it gave one, to which client, for which key of proofs (RFC 9449), until when.
//!
//! `egp_` and base64url of: client id, 16 bytes · end in microseconds, 8 bytes big-endian · HMAC-SHA-256, 32 bytes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::{Error, Service};
use crate::crypto::{Ad, Label};
use crate::domain::oauth::{Client, Program};
use crate::domain::time::{MINUTE, SECOND};
use crate::domain::{ClientId, Timestamp};

const PREFIX: &str = "egp_";
const LIFE: i64 = 10 * MINUTE;
const HEAD: usize = 24;

impl Service {
    /// A token for a client that has proven itself; seconds for which it serves.
    pub fn program_token(&self, client: &Client, thumb: &[u8; 32]) -> (String, i64) {
        let until = self.now().plus(LIFE);
        let mut bytes = client.id.0.as_bytes().to_vec();
        bytes.extend_from_slice(&until.0.to_be_bytes());
        bytes.extend_from_slice(&self.keys.mailbox_mac(&[], &ad(client.id, until, thumb)));
        (format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes)), LIFE / SECOND)
    }

    /// The program that presents a token, with the key of its proof. [`Error::NotFound`] for every reason; a client that has ended
    /// has none at once.
    pub async fn program_of(&self, presented: &str, proof: Option<&[u8; 32]>) -> Result<Program, Error> {
        let thumb = proof.ok_or(Error::NotFound)?;
        let text = presented.strip_prefix(PREFIX).filter(|text| text.len() == 75).ok_or(Error::NotFound)?;
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::NotFound)?;
        let (head, mac) = bytes.split_at_checked(HEAD).ok_or(Error::NotFound)?;
        let (id, until) = head.split_at(16);
        let id = ClientId(Uuid::from_slice(id).map_err(|_| Error::NotFound)?);
        let until = Timestamp(i64::from_be_bytes(until.try_into().map_err(|_| Error::NotFound)?));
        if !self.keys.mailbox_mac_fits(&[], &ad(id, until, thumb), mac) || until <= self.now() {
            return Err(Error::NotFound);
        }
        Ok(self.find_client(id).await?.ok_or(Error::NotFound)?.program())
    }
}

fn ad(client: ClientId, until: Timestamp, thumb: &[u8; 32]) -> Ad {
    Ad::new(Label::ProgramToken).id(client.0).time(until).bytes_field(thumb)
}
