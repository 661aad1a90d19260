//! The answer to a request (OpenID4VP 1.0, 8): what was presented, as the verifier reads it and as the wallet writes it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use super::request::Request;
use crate::credential::dcql::Query;
use crate::crypto::jws::object;
use crate::domain::Random;

/// Presentations by the index of their credential query.
pub type Answered = BTreeMap<usize, Vec<String>>;

/// What a wallet says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Presentations, each bound to this request.
    Given(Answered),
    /// `access_denied` (8.5): the same whether someone said no or held nothing that fits.
    Denied,
}

/// Presentations in one answer at most.
const MOST: usize = 8;

/// A `vp_token` as an answer to `query`, by shape alone (8.1, 8.6): only what was asked for, one of each unless more were, and all that
/// was required. `None` for anything else.
pub fn presentations(vp_token: &str, query: &Query) -> Option<Answered> {
    let mut all = Answered::new();
    for (id, given) in object(vp_token.as_bytes())? {
        let (at, asked) = query.credential(&id)?;
        let most = if asked.multiple { MOST } else { 1 };
        let given = given.as_array().filter(|given| (1..=most).contains(&given.len()))?;
        all.insert(at, given.iter().map(|one| one.as_str().map(str::to_owned)).collect::<Option<_>>()?);
    }
    let ids: BTreeSet<usize> = all.keys().copied().collect();
    (!all.is_empty() && query.wants().answered_by(&ids)).then_some(all)
}

impl Answer {
    /// The body to post to the request's `response_uri` (8.2), sealed where the request asks for that (8.3). `None` where its key is none.
    pub fn body(&self, request: &Request, random: &dyn Random) -> Option<String> {
        let mut members: Vec<(&str, Value)> = match self {
            Self::Given(given) => {
                let by_id: serde_json::Map<String, Value> =
                    given.iter().map(|(at, all)| (request.query.credentials[*at].id.clone(), json!(all))).collect();
                vec![("vp_token", by_id.into())]
            }
            Self::Denied => vec![("error", "access_denied".into())],
        };
        members.extend(request.state.as_deref().map(|state| ("state", state.into())));
        let mut form = Serializer::new(String::new());
        match (&request.seal, self) {
            // An error may go unsealed (8.3.1): it says nothing of anyone.
            (Some((key, enc)), Self::Given(_)) => {
                let payload: serde_json::Map<String, Value> =
                    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                form.append_pair("response", &key.seal(*enc, Value::from(payload).to_string().as_bytes(), random)?);
            }
            _ => {
                for (name, value) in members {
                    form.append_pair(name, &value.as_str().map_or_else(|| value.to_string(), str::to_owned));
                }
            }
        }
        Some(form.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(multiple: bool) -> Query {
        let query = json!({ "credentials": [
            { "id": "a", "format": "dc+sd-jwt", "meta": {}, "multiple": multiple },
            { "id": "b", "format": "dc+sd-jwt", "meta": {} }
        ], "credential_sets": [{ "options": [["a"]] }, { "options": [["b"]], "required": false }] });
        Query::read(query.as_object().expect("an object")).expect("a query")
    }

    #[test]
    fn what_was_not_asked_for_or_is_not_enough_is_no_answer() {
        let many = json!({ "a": vec!["x"; 9] }).to_string();
        for text in [
            "",
            "[]",
            "{}",
            r#"{"a":"x"}"#,
            r#"{"a":[]}"#,
            r#"{"a":[{}]}"#,
            r#"{"b":["x"]}"#,
            r#"{"a":["x"],"c":["y"]}"#,
            r#"{"a":["x"],"a":["y"]}"#,
            &many,
        ] {
            assert_eq!(presentations(text, &query(true)), None, "{text}");
        }
        assert_eq!(presentations(r#"{"a":["x","y"]}"#, &query(false)), None, "one was asked for");
        assert!(presentations(r#"{"a":["x","y"]}"#, &query(true)).is_some());
        let both = presentations(r#"{"a":["x"],"b":["y"]}"#, &query(false)).expect("both");
        assert_eq!(both, [(0, vec!["x".to_owned()]), (1, vec!["y".to_owned()])].into());
    }
}
