//! A credential offer (OpenID4VCI 1.0, 4.1): as we make it, and as someone brings it to us.

use serde_json::{Map, Value, json};
use url::Url;
use url::form_urlencoded::Serializer;

use super::{CONFIGURATION, PRE_AUTHORIZED};
use crate::crypto::jws::object;

/// An offer whose code serves without a further login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The issuer's identifier, as it stands.
    pub issuer: String,
    /// Which of the issuer's credentials.
    pub configurations: Vec<String>,
    pub code: String,
    /// A further code, said on another way.
    pub tx_code: Option<TxCode>,
}

/// What is known of the further code (4.1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TxCode {
    pub length: Option<u64>,
    /// Other signs than digits may stand in it.
    pub text: bool,
    /// The issuer's words on where it is found.
    pub description: Option<String>,
}

/// How an offer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferSource {
    Value(Map<String, Value>),
    /// It is fetched from here (4.1.3).
    Reference(String),
}

const LONGEST: usize = 16 * 1024;
const LONGEST_WORD: usize = 2048;
const MOST: usize = 20;
/// Signs of an issuer's words (4.1.1).
const LONGEST_DESCRIPTION: usize = 300;

impl Offer {
    /// Ours.
    pub fn new(issuer: String, code: String, digits: Option<u64>) -> Self {
        let tx_code = digits.map(|length| TxCode { length: Some(length), ..TxCode::default() });
        Self { issuer, configurations: vec![CONFIGURATION.to_owned()], code, tx_code }
    }

    /// What opens a wallet, as a link or in a QR code (4.1.2).
    pub fn link(&self) -> String {
        let mut grant = json!({ "pre-authorized_code": self.code });
        if let Some(tx_code) = &self.tx_code {
            grant["tx_code"] =
                tx_code.length.map_or_else(|| json!({}), |length| json!({ "length": length, "input_mode": "numeric" }));
        }
        let offer = json!({
            "credential_issuer": self.issuer,
            "credential_configuration_ids": self.configurations,
            "grants": { PRE_AUTHORIZED: grant },
        });
        let query = Serializer::new(String::new()).append_pair("credential_offer", &offer.to_string()).finish();
        format!("openid-credential-offer://?{query}")
    }

    /// `None` for what is no offer, or one without a code that serves by itself.
    pub fn read(offer: &Map<String, Value>) -> Option<Self> {
        let word = |value: &Value| value.as_str().filter(|text| (1..=LONGEST_WORD).contains(&text.len())).map(str::to_owned);
        let ids = offer.get("credential_configuration_ids")?.as_array().filter(|ids| (1..=MOST).contains(&ids.len()))?;
        let grant = offer.get("grants")?.get(PRE_AUTHORIZED)?;
        let tx_code = match grant.get("tx_code") {
            None => None,
            Some(asked) => Some(TxCode::read(asked.as_object()?)?),
        };
        Some(Self {
            issuer: word(offer.get("credential_issuer")?)?,
            configurations: ids.iter().map(word).collect::<Option<_>>()?,
            code: word(grant.get("pre-authorized_code")?)?,
            tx_code,
        })
    }
}

impl TxCode {
    fn read(asked: &Map<String, Value>) -> Option<Self> {
        let length = match asked.get("length") {
            None => None,
            Some(length) => Some(length.as_u64().filter(|length| (1..=64).contains(length))?),
        };
        let text = asked.get("input_mode").is_some_and(|mode| mode == "text");
        let description = asked.get("description").and_then(Value::as_str);
        Some(Self { length, text, description: description.map(|words| words.chars().take(LONGEST_DESCRIPTION).collect()) })
    }
}

impl OfferSource {
    /// From a link that someone pasted or scanned, whatever its scheme. `None` where it brings no offer, or two.
    pub fn read(link: &str) -> Option<Self> {
        let link = link.trim();
        let url = Url::parse(link).ok().filter(|_| link.len() <= LONGEST)?;
        let all: Vec<(String, String)> =
            url.query_pairs().into_owned().filter(|(name, _)| name.starts_with("credential_offer")).collect();
        match all.as_slice() {
            [(name, offer)] if name == "credential_offer" => object(offer.as_bytes()).map(Self::Value),
            [(name, from)] if name == "credential_offer_uri" => Some(Self::Reference(from.clone())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_offer_with_a_code_is_refused() {
        let good = json!({
            "credential_issuer": "https://i.example", "credential_configuration_ids": ["a"],
            "grants": { PRE_AUTHORIZED: { "pre-authorized_code": "x", "tx_code": {} } },
        });
        let read = |offer: &Value| Offer::read(offer.as_object().expect("an object"));
        for (pointer, value) in [
            ("/credential_issuer", json!(1)),
            ("/credential_issuer", json!("")),
            ("/credential_configuration_ids", json!([])),
            ("/credential_configuration_ids", json!([1])),
            ("/credential_configuration_ids", json!(vec!["a"; 21])),
            ("/grants", json!({ "authorization_code": {} })),
            (&format!("/grants/{PRE_AUTHORIZED}/pre-authorized_code"), Value::Null),
            (&format!("/grants/{PRE_AUTHORIZED}/tx_code"), json!("1234")),
            (&format!("/grants/{PRE_AUTHORIZED}/tx_code"), json!({ "length": 65 })),
        ] {
            let mut bent = good.clone();
            *bent.pointer_mut(pointer).expect("it stands there") = value;
            assert_eq!(read(&bent), None, "{pointer}");
        }
        assert_eq!(read(&good).and_then(|offer| offer.tx_code), Some(TxCode::default()), "asked for, even if empty");
        for link in [
            "",
            "x",
            "openid-credential-offer://?",
            "openid-credential-offer://?credential_offer=[]",
            "a:?credential_offer={}&credential_offer_uri=x",
        ] {
            assert_eq!(OfferSource::read(link), None, "{link}");
        }
    }

    #[test]
    fn our_own_wallet_reads_what_we_offer() {
        for digits in [None, Some(6)] {
            let offer = Offer::new("https://a.example/issuer/1".into(), "c".repeat(43), digits);
            let Some(OfferSource::Value(members)) = OfferSource::read(&offer.link()) else { panic!("by value") };
            assert_eq!(Offer::read(&members), Some(offer));
        }
        let by = OfferSource::read("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fi.example%2Fo");
        assert_eq!(by, Some(OfferSource::Reference("https://i.example/o".into())));
    }
}
