//! A credential offer (OpenID4VCI 1.0, 4.1): as we make it, and as someone brings it to us.

use serde_json::{Map, Value, json};
use url::Url;
use url::form_urlencoded::Serializer;

use super::{AUTHORIZATION_CODE, CONFIGURATION, PRE_AUTHORIZED};
use crate::crypto::jws::object;

/// An offer, with the one way of taking it that we go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The issuer's identifier, as it stands.
    pub issuer: String,
    /// Which of the issuer's credentials.
    pub configurations: Vec<String>,
    pub grant: Grant,
}

/// How an offer is taken (4.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grant {
    /// By a code that serves without a further login; with a further code, said on another way.
    Code { code: String, tx_code: Option<TxCode> },
    /// By signing in with the issuer.
    Login(Login),
}

/// What an offer says of signing in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Login {
    /// What binds the authorization to the offer.
    pub issuer_state: Option<String>,
    /// Which of the issuer's authorization servers, where it has several.
    pub server: Option<String>,
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
    /// Ours, of which whoever has the code takes it.
    pub fn new(issuer: String, code: String, digits: Option<u64>) -> Self {
        let tx_code = digits.map(|length| TxCode { length: Some(length), ..TxCode::default() });
        Self { issuer, configurations: vec![CONFIGURATION.to_owned()], grant: Grant::Code { code, tx_code } }
    }

    /// Ours, for whoever signs in.
    pub fn by_login(issuer: String, issuer_state: String) -> Self {
        let grant = Grant::Login(Login { issuer_state: Some(issuer_state), server: None });
        Self { issuer, configurations: vec![CONFIGURATION.to_owned()], grant }
    }

    /// What opens a wallet, as a link or in a QR code (4.1.2).
    pub fn link(&self) -> String {
        let offer = json!({
            "credential_issuer": self.issuer,
            "credential_configuration_ids": self.configurations,
            "grants": self.grant.json(),
        });
        let query = Serializer::new(String::new()).append_pair("credential_offer", &offer.to_string()).finish();
        format!("openid-credential-offer://?{query}")
    }

    /// `None` for what is no offer, or can be taken in no way that we know. A code that serves by itself is taken before a login; an
    /// offer without grants leaves the way to the wallet (4.1.1): it is signing in.
    pub fn read(offer: &Map<String, Value>) -> Option<Self> {
        let ids = offer.get("credential_configuration_ids")?.as_array().filter(|ids| (1..=MOST).contains(&ids.len()))?;
        let grant = match offer.get("grants") {
            None => Grant::Login(Login::default()),
            Some(grants) => Grant::read(grants.as_object()?)?,
        };
        let (issuer, configurations) = (word(offer.get("credential_issuer")?)?, ids.iter().map(word).collect::<Option<_>>()?);
        Some(Self { issuer, configurations, grant })
    }
}

impl Grant {
    fn json(&self) -> Value {
        match self {
            Self::Code { code, tx_code } => {
                let mut grant = json!({ "pre-authorized_code": code });
                if let Some(tx_code) = tx_code {
                    grant["tx_code"] =
                        tx_code.length.map_or_else(|| json!({}), |length| json!({ "length": length, "input_mode": "numeric" }));
                }
                json!({ PRE_AUTHORIZED: grant })
            }
            Self::Login(Login { issuer_state, server }) => {
                let said = [("issuer_state", issuer_state), ("authorization_server", server)];
                let members: Map<String, Value> =
                    said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?.into()))).collect();
                json!({ AUTHORIZATION_CODE: members })
            }
        }
    }

    fn read(grants: &Map<String, Value>) -> Option<Self> {
        if let Some(grant) = grants.get(PRE_AUTHORIZED) {
            let tx_code = match grant.get("tx_code") {
                None => None,
                Some(asked) => Some(TxCode::read(asked.as_object()?)?),
            };
            return Some(Self::Code { code: word(grant.get("pre-authorized_code")?)?, tx_code });
        }
        let grant = grants.get(AUTHORIZATION_CODE)?.as_object()?;
        let said = |name: &str| grant.get(name).map_or(Some(None), |value| word(value).map(Some));
        Some(Self::Login(Login { issuer_state: said("issuer_state")?, server: said("authorization_server")? }))
    }
}

fn word(value: &Value) -> Option<String> {
    value.as_str().filter(|text| (1..=LONGEST_WORD).contains(&text.len())).map(str::to_owned)
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
    fn what_is_no_offer_that_can_be_taken_is_refused() {
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
            ("/grants", json!({})),
            ("/grants", json!({ "implicit": {} })),
            ("/grants", json!({ "authorization_code": "x" })),
            ("/grants", json!({ "authorization_code": { "issuer_state": 1 } })),
            ("/grants", json!({ "authorization_code": { "authorization_server": "" } })),
            (&format!("/grants/{PRE_AUTHORIZED}/pre-authorized_code"), Value::Null),
            (&format!("/grants/{PRE_AUTHORIZED}/tx_code"), json!("1234")),
            (&format!("/grants/{PRE_AUTHORIZED}/tx_code"), json!({ "length": 65 })),
        ] {
            let mut bent = good.clone();
            *bent.pointer_mut(pointer).expect("it stands there") = value;
            assert_eq!(read(&bent), None, "{pointer}");
        }
        let grant = read(&good).map(|offer| offer.grant);
        assert_eq!(grant, Some(Grant::Code { code: "x".into(), tx_code: Some(TxCode::default()) }), "asked for, even if empty");
        let mut both = good.clone();
        both["grants"][AUTHORIZATION_CODE] = json!({});
        assert_eq!(read(&both), read(&good), "a code that serves by itself is taken first");
        both.as_object_mut().expect("an object").remove("grants");
        assert_eq!(read(&both).map(|offer| offer.grant), Some(Grant::Login(Login::default())));
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
        let offer = Offer::by_login("https://a.example/issuer/1".into(), "s".repeat(43));
        let Some(OfferSource::Value(members)) = OfferSource::read(&offer.link()) else { panic!("by value") };
        assert_eq!(Offer::read(&members), Some(offer));
        let by = OfferSource::read("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fi.example%2Fo");
        assert_eq!(by, Some(OfferSource::Reference("https://i.example/o".into())));
    }
}
