//! The order in which a verdict is found.

use super::*;

fn file(change: impl FnOnce(&mut Map<String, Value>)) -> Foreign {
    let mut badge = badge();
    change(&mut badge);
    read(&bytes(&signed(&badge, "eddsa-jcs-2022", &Contexts::default()))).expect("a badge")
}

fn found(foreign: &Foreign, keys: &IssuerKeys, trusted: Option<&TrustedIssuer>, said: &[Option<Verdict>]) -> Verdict {
    let contexts = Contexts::default();
    check(foreign, &Given { keys, trusted, contexts: &contexts, now: now(), shown: None }, said).verdict
}

#[test]
fn a_key_counts_only_as_far_as_it_is_known_to_be_the_issuers() {
    let foreign = file(|_| {});
    let (_, key, _) = ed25519();
    let trusted = trusting("https://a.example/issuer");
    let other = PublicJwk::from_ed25519([9; 32]);
    let known = |key: &PublicJwk| IssuerKeys::Known(vec![key.clone()]);
    assert_eq!(found(&foreign, &known(&key), Some(&trusted), &[]), Verdict::Valid);
    assert_eq!(found(&foreign, &known(&key), None, &[]), Verdict::UnknownIssuer);
    assert_eq!(found(&foreign, &known(&other), Some(&trusted), &[]), Verdict::NotValid(Wrong::Key), "signed by a key of its own");
    assert_eq!(found(&foreign, &IssuerKeys::Unreached, None, &[]), Verdict::UnknownIssuer);
    assert_eq!(found(&foreign, &IssuerKeys::Unreached, Some(&trusted), &[]), Verdict::CannotBeChecked(Unchecked::Key));
}

#[test]
fn an_unlisted_issuer_is_named_before_the_times_are_looked_at_and_these_before_the_lists() {
    let status = |whole: &mut Map<String, Value>| {
        let entry = json!({
            "id": "urn:x", "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "5",
            "statusListCredential": "https://a.example/list",
        });
        whole.insert("credentialStatus".to_owned(), entry);
    };
    let (_, key, _) = ed25519();
    let (keys, trusted) = (IssuerKeys::Known(vec![key]), trusting("https://a.example/issuer"));
    let old = file(|whole| {
        status(whole);
        whole["validUntil"] = "2026-06-01T00:00:00Z".into();
    });
    let early = file(|whole| whole["validFrom"] = "2026-12-01T00:00:00Z".into());
    let gone = Some(Verdict::Withdrawn);
    assert_eq!(found(&old, &keys, None, &[gone]), Verdict::UnknownIssuer);
    assert_eq!(found(&old, &keys, Some(&trusted), &[gone]), Verdict::Expired);
    assert_eq!(found(&early, &keys, Some(&trusted), &[]), Verdict::NotYet);
    let listed = file(status);
    assert_eq!(listed.status.len(), 1);
    assert_eq!(found(&listed, &keys, Some(&trusted), &[gone]), Verdict::Withdrawn);
    assert_eq!(found(&listed, &keys, Some(&trusted), &[Some(Verdict::Suspended)]), Verdict::Suspended);
    assert_eq!(found(&listed, &keys, Some(&trusted), &[None]), Verdict::Valid);
    assert_eq!(found(&listed, &keys, Some(&trusted), &[]), Verdict::CannotBeChecked(Unchecked::Status), "no answer");
    let other =
        file(|whole| _ = whole.insert("credentialStatus".to_owned(), json!({ "id": "urn:x", "type": "1EdTechRevocationList" })));
    assert_eq!(found(&other, &keys, Some(&trusted), &[]), Verdict::CannotBeChecked(Unchecked::Status));
}

#[test]
fn the_worst_of_several_lists_counts() {
    let foreign = file(|whole| {
        let entry = |purpose: &str| {
            json!({
                "type": "BitstringStatusListEntry", "statusPurpose": purpose, "statusListIndex": "5", "statusListCredential": "https://a.example/list",
            })
        };
        whole.insert("credentialStatus".to_owned(), json!([entry("suspension"), entry("revocation"), entry("message")]));
    });
    let (_, key, _) = ed25519();
    let (keys, trusted) = (IssuerKeys::Known(vec![key]), trusting("https://a.example/issuer"));
    assert_eq!(foreign.status.len(), 2);
    let said = |said: &[Option<Verdict>]| found(&foreign, &keys, Some(&trusted), said);
    assert_eq!(said(&[Some(Verdict::Suspended), Some(Verdict::Withdrawn)]), Verdict::Withdrawn);
    assert_eq!(said(&[Some(Verdict::CannotBeChecked(Unchecked::Status)), Some(Verdict::Withdrawn)]), Verdict::Withdrawn);
    assert_eq!(said(&[Some(Verdict::CannotBeChecked(Unchecked::Status)), None]), Verdict::CannotBeChecked(Unchecked::Status));
    assert_eq!(said(&[None, None]), Verdict::Valid);
}

#[test]
fn what_it_is_called_is_what_the_list_calls_it() {
    let foreign = file(|_| {});
    let checked = checked(&foreign, &Contexts::default(), &[]);
    assert_eq!(checked.proof.expect("read").issuer.name.as_deref(), Some("Listed"));
}
