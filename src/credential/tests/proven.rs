//! Badges with a Data Integrity proof, of our own making.

use proptest::prelude::*;

use super::*;

/// Ours for both: what the official one of Open Badges says of these words does not matter here.
fn contexts() -> Contexts {
    let ob = |word: &str| format!("https://purl.imsglobal.org/spec/vc/ob/vocab.html#{word}");
    let mut words: Map<String, Value> =
        ["OpenBadgeCredential", "Profile", "AchievementSubject", "Achievement", "achievement", "narrative", "address"]
            .map(|word| (word.to_owned(), ob(word).into()))
            .into_iter()
            .collect();
    words.insert("criteria".to_owned(), json!({ "@id": ob("Criteria"), "@type": "@id" }));
    let mut contexts = Contexts::default();
    contexts.stand_in(V2, &stand_in());
    contexts.stand_in(OB, json!({ "@context": words }).to_string().as_bytes());
    contexts
}

/// Made once by the key of seed 7x32, and kept: the form of what is signed shall not change.
const FROZEN: &str = "z4Y2Zy71ePNPNAHBGxqiZazXJEaSB1UTYq2fimnuCoKu6EWgZdTKmQqAKdzPet5VRseZyrc2PdjQeD6dHvGvPX9sW";

#[test]
fn a_changed_or_added_word_is_seen_by_both_suites() {
    let contexts = contexts();
    for suite in ["eddsa-jcs-2022", "eddsa-rdfc-2022"] {
        let whole = signed(&badge(), suite, &contexts);
        assert_eq!(verdict(&bytes(&whole), &contexts), Verdict::Valid, "{suite}");
        let changes: [fn(&mut Map<String, Value>); 6] = [
            |whole| whole["name"] = "Lackering".into(),
            |whole| whole["issuer"]["name"] = "B".into(),
            |whole| whole["validUntil"] = "2030-01-01T00:00:00Z".into(),
            |whole| whole["credentialSubject"]["achievement"]["name"] = "Lackering".into(),
            |whole| whole["credentialSubject"]["id"] = "did:example:2".into(),
            |whole| whole["proof"]["created"] = "2026-01-02T00:00:00Z".into(),
        ];
        for change in changes {
            let mut changed = whole.clone();
            change(&mut changed);
            assert_eq!(verdict(&bytes(&changed), &contexts), Verdict::NotValid(Wrong::Signature), "{suite}: {changed:?}");
        }
    }
}

#[test]
fn what_json_ld_would_drop_is_never_taken_for_signed() {
    let contexts = contexts();
    let whole = signed(&badge(), "eddsa-rdfc-2022", &contexts);
    let changes: [fn(&mut Map<String, Value>); 8] = [
        // A word that no context defines.
        |whole| whole["credentialSubject"]["grade"] = "A".into(),
        |whole| whole["credentialSubject"]["achievement"]["criteria"]["level"] = "E5".into(),
        // A type that no context defines, beside the one that must stand.
        |whole| whole["issuer"]["type"] = json!(["Profile", "Authority"]),
        // An address that is none.
        |whole| whole["credentialSubject"]["achievement"]["id"] = "relative".into(),
        // Contexts of its own, or remote ones.
        |whole| whole["@context"] = json!([V2, OB, { "name": "https://a.example/other" }]),
        |whole| whole["@context"] = json!([V2, OB, "https://a.example/context"]),
        |whole| whole["credentialSubject"]["@context"] = json!({ "achievement": null }),
        |whole| whole["credentialSubject"]["@included"] = json!([]),
    ];
    for change in changes {
        let mut changed = whole.clone();
        change(&mut changed);
        assert_eq!(verdict(&bytes(&changed), &contexts), Verdict::CannotBeChecked(Unchecked::Context), "{changed:?}");
    }
    assert_eq!(verdict(&bytes(&whole), &Contexts::default()), Verdict::CannotBeChecked(Unchecked::Context), "nothing is fetched");
}

#[test]
fn the_form_that_is_signed_stays() {
    let whole = signed(&badge(), "eddsa-jcs-2022", &Contexts::default());
    assert_eq!(whole["proof"]["proofValue"], FROZEN);
}

#[test]
fn proofs_of_another_purpose_kind_or_length_are_refused() {
    let contexts = contexts();
    let whole = signed(&badge(), "eddsa-jcs-2022", &contexts);
    let but = |change: fn(&mut Map<String, Value>)| {
        let mut changed = whole.clone();
        change(&mut changed);
        verdict(&bytes(&changed), &contexts)
    };
    assert_eq!(but(|whole| whole["proof"]["proofPurpose"] = "authentication".into()), Verdict::NotValid(Wrong::Claims));
    assert_eq!(
        but(|whole| whole["proof"]["cryptosuite"] = "ecdsa-rdfc-2019".into()),
        Verdict::CannotBeChecked(Unchecked::Signature)
    );
    assert_eq!(but(|whole| whole["proof"]["proofValue"] = "zzz".into()), Verdict::NotValid(Wrong::Signature));
    assert_eq!(but(|whole| whole["proof"]["@context"] = json!([OB])), Verdict::NotValid(Wrong::Signature));
    assert_eq!(but(|whole| _ = whole.remove("proof")), Verdict::NotValid(Wrong::Signature));
    let mut two = whole.clone();
    two["proof"] = json!([{ "type": "Other", "proofPurpose": "assertionMethod" }, whole["proof"]]);
    assert_eq!(verdict(&bytes(&two), &contexts), Verdict::Valid, "of several one that we know");
}

#[test]
fn nodes_that_look_alike_cost_nothing() {
    let contexts = contexts();
    let mut poison = badge();
    // Each points to all others, and none has an address: telling them apart would take their number's factorial.
    let alike: Vec<Value> = (0..40).map(|_| json!({ "narrative": "x", "address": [{ "narrative": "y" }] })).collect();
    poison["credentialSubject"]["achievement"]["criteria"] = alike.into();
    let mut proof = signed(&badge(), "eddsa-rdfc-2022", &contexts)["proof"].clone();
    proof["created"] = "2026-01-01T00:00:00Z".into();
    poison.insert("proof".to_owned(), proof);
    assert_eq!(verdict(&bytes(&poison), &contexts), Verdict::CannotBeChecked(Unchecked::Signature));
    let long: Vec<Value> = (0..4000).map(|n| json!({ "narrative": n.to_string() })).collect();
    poison["credentialSubject"]["achievement"]["criteria"] = long.into();
    assert_eq!(verdict(&bytes(&poison), &contexts), Verdict::NotValid(Wrong::Size));
}

#[test]
fn what_is_huge_or_deep_is_refused() {
    assert_eq!(read(&vec![b'{'; MOST_BYTES + 1]).expect_err("large"), Wrong::Size);
    assert_eq!(read(&vec![b'{'; 3 * 1024 * 1024]).expect_err("large"), Wrong::Size);
    assert_eq!(read(format!("{{\"a\":\"{}\"}}", "x".repeat(600_000)).as_bytes()).expect_err("large"), Wrong::Size);
    assert_eq!(read("[".repeat(100_000).as_bytes()).expect_err("deep"), Wrong::Form);
    assert_eq!(read(format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000)).as_bytes()).expect_err("deep"), Wrong::Form);
    assert_eq!(read(b"\x89PNG\r\n\x1a\n").expect_err("cut"), Wrong::Form);
    assert_eq!(read(b"").expect_err("nothing"), Wrong::Form);
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read(file in prop_oneof![proptest::collection::vec(any::<u8>(), 0..300), "[{<\\[]\\PC{0,200}".prop_map(String::into_bytes), "[A-Za-z0-9_~.-]{0,300}".prop_map(String::into_bytes)]) {
        _ = read(&file);
    }

    #[test]
    fn no_flipped_byte_is_valid(at in any::<prop::sample::Index>(), bit in 0..8_u32) {
        let contexts = contexts();
        let mut file = bytes(&signed(&badge(), "eddsa-jcs-2022", &contexts));
        let at = at.index(file.len());
        file[at] ^= 1 << bit;
        prop_assert_ne!(verdict(&file, &contexts), Verdict::Valid, "{}", String::from_utf8_lossy(&file));
    }
}
