use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Candidate, Malformed, Path, Query, SD_JWT_VC, Step};

fn read(query: Value) -> Result<Query, Malformed> {
    Query::read(query.as_object().expect("an object"))
}

fn asked(query: Value) -> Query {
    read(query).expect("a query")
}

/// One credential query with `more` in it.
fn one(more: Value) -> Value {
    let mut query = json!({ "id": "a", "format": SD_JWT_VC, "meta": { "vct_values": ["t"] } });
    let members = query.as_object_mut().expect("an object");
    members.extend(more.as_object().expect("an object").clone());
    json!({ "credentials": [query] })
}

/// The specification's own credential (7.3), as it says that paths pick from it.
fn arthur() -> Map<String, Value> {
    let claims = json!({
        "name": "Arthur Dent",
        "address": { "street_address": "42 Market Street", "locality": "Milliways", "postal_code": "12345" },
        "degrees": [
            { "type": "Bachelor of Science", "university": "University of Betelgeuse" },
            { "type": "Master of Science", "university": "University of Betelgeuse" },
            { "type": "none" }
        ],
        "nationalities": ["British", "Betelgeusian"],
        "age": 42, "grown": true, "deep": [[1, 2], [3]]
    });
    claims.as_object().expect("an object").clone()
}

fn picked(path: Value) -> Vec<Value> {
    let claims = arthur();
    Path::read(&path).expect("a path").pick(&claims).into_iter().map(|(_, value)| value.clone()).collect()
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

/// Where the claims stand that one credential query picks; `None` where the credential does not answer.
fn spots(more: Value) -> Option<BTreeSet<Vec<Step>>> {
    let claims = arthur();
    let held = Candidate { format: SD_JWT_VC, kind: "t", claims: &claims, bound: true };
    asked(one(more)).credentials[0].answered_by(&held).map(|found| found.spots)
}

#[test]
fn what_is_no_pointer_is_refused() {
    for path in [json!([]), json!("name"), json!([true]), json!([-1]), json!([1.5]), json!([{}]), json!([["a"]])] {
        assert!(Path::read(&path).is_none(), "{path}");
    }
    let deep: Vec<&str> = vec!["a"; 17];
    assert!(Path::read(&json!(deep)).is_none());
}

#[test]
fn a_pointer_that_errs_picks_nothing() {
    for path in [
        json!(["surname"]),
        json!([0]),
        json!([null]),
        json!(["name", "first"]),
        json!(["name", null]),
        json!(["name", 0]),
        json!(["address", 0]),
        json!(["address", null]),
        json!(["degrees", "type"]),
        json!(["nationalities", 2]),
        json!(["nationalities", null, "x"]),
        json!(["degrees", null, "year"]),
        json!(["deep", null, 7]),
    ] {
        assert_eq!(picked(path.clone()), Vec::<Value>::new(), "{path}");
    }
}

#[test]
fn a_pointer_picks_as_the_specification_says() {
    assert_eq!(picked(json!(["name"])), ["Arthur Dent"]);
    assert_eq!(picked(json!(["address"])), [arthur()["address"].clone()]);
    assert_eq!(picked(json!(["address", "street_address"])), ["42 Market Street"]);
    assert_eq!(picked(json!(["degrees", null, "type"])), ["Bachelor of Science", "Master of Science", "none"]);
    // What lacks the member leaves the selection; the others stay.
    assert_eq!(picked(json!(["degrees", null, "university"])).len(), 2);
    assert_eq!(picked(json!(["nationalities", 1])), ["Betelgeusian"]);
    assert_eq!(picked(json!(["nationalities"])), [json!(["British", "Betelgeusian"])]);
    assert_eq!(picked(json!(["deep", null, 1])), [2]);
    assert_eq!(picked(json!(["deep", null, null])), [1, 2, 3]);
}

#[test]
fn a_query_of_another_shape_is_refused() {
    let claim = |claims: Value| one(json!({ "claims": claims }));
    let sets = |sets: Value| json!({ "credentials": one(json!({}))["credentials"], "credential_sets": sets });
    for query in [
        json!({}),
        json!({ "credentials": [] }),
        json!({ "credentials": {} }),
        json!({ "credentials": [one(json!({}))["credentials"][0], one(json!({}))["credentials"][0]] }),
        json!({ "credentials": [{ "id": "a", "format": SD_JWT_VC }] }),
        json!({ "credentials": [{ "id": "a", "meta": {} }] }),
        one(json!({ "id": "" })),
        one(json!({ "id": "a b" })),
        one(json!({ "id": 1 })),
        one(json!({ "meta": [] })),
        one(json!({ "meta": { "vct_values": [] } })),
        one(json!({ "meta": { "vct_values": "t" } })),
        one(json!({ "multiple": "yes" })),
        one(json!({ "require_cryptographic_holder_binding": 1 })),
        one(json!({ "trusted_authorities": [] })),
        one(json!({ "trusted_authorities": [{ "type": "aki" }] })),
        claim(json!([])),
        claim(json!([{}])),
        claim(json!([{ "path": [] }])),
        claim(json!([{ "path": ["a"], "values": [] }])),
        claim(json!([{ "path": ["a"], "values": [1.5] }])),
        claim(json!([{ "path": ["a"], "values": [{}] }])),
        claim(json!([{ "id": "x", "path": ["a"] }, { "id": "x", "path": ["b"] }])),
        one(json!({ "claim_sets": [["x"]] })),
        one(json!({ "claims": [{ "path": ["a"] }], "claim_sets": [["x"]] })),
        one(json!({ "claims": [{ "id": "x", "path": ["a"] }, { "path": ["b"] }], "claim_sets": [["x"]] })),
        one(json!({ "claims": [{ "id": "x", "path": ["a"] }], "claim_sets": [["y"]] })),
        one(json!({ "claims": [{ "id": "x", "path": ["a"] }], "claim_sets": [[]] })),
        one(json!({ "claims": [{ "id": "x", "path": ["a"] }], "claim_sets": [] })),
        sets(json!([])),
        sets(json!([{}])),
        sets(json!([{ "options": [] }])),
        sets(json!([{ "options": [[]] }])),
        sets(json!([{ "options": [["b"]] }])),
        sets(json!([{ "options": [["a"]], "required": "no" }])),
    ] {
        assert_eq!(read(query.clone()), Err(Malformed), "{query}");
    }
    let many: Vec<Value> = (0..65).map(|n| json!({ "id": format!("a{n}"), "format": "x", "meta": {} })).collect();
    assert_eq!(read(json!({ "credentials": many })), Err(Malformed));
}

#[test]
fn what_a_query_does_not_name_is_ignored_and_its_own_text_reads_back() {
    let query = json!({
        "credentials": [
            { "id": "a", "format": SD_JWT_VC, "meta": { "vct_values": ["t"] }, "multiple": true, "future": 1,
              "claims": [{ "id": "n", "path": ["degrees", null, "type"], "values": ["x", 3, true] }, { "id": "m", "path": ["b", 0] }],
              "claim_sets": [["n"], ["m", "n"]] },
            { "id": "b", "format": "mso_mdoc", "meta": {}, "require_cryptographic_holder_binding": false }
        ],
        "credential_sets": [{ "options": [["a"], ["b", "a"]] }, { "options": [["b"]], "required": false }],
        "future": {}
    });
    let query = asked(query);
    assert_eq!(asked(query.json()), query);
    assert_eq!(query.credentials[0].claim_sets, Some(vec![vec![0], vec![1, 0]]));
    assert!(query.credentials[0].bound && !query.credentials[1].bound);
}

#[test]
fn a_credential_of_another_format_type_authority_or_without_its_key_is_no_answer() {
    let claims = arthur();
    let held = Candidate { format: SD_JWT_VC, kind: "t", claims: &claims, bound: true };
    let answers = |more: Value, held: Candidate<'_>| asked(one(more)).credentials[0].answered_by(&held).is_some();
    assert!(!answers(json!({ "format": "mso_mdoc" }), held));
    assert!(!answers(json!({ "meta": { "vct_values": ["T"] } }), held));
    assert!(!answers(json!({ "trusted_authorities": [{ "type": "aki", "values": ["x"] }] }), held));
    assert!(!answers(json!({}), Candidate { bound: false, ..held }));
    assert!(answers(json!({ "require_cryptographic_holder_binding": false }), Candidate { bound: false, ..held }));
    assert!(answers(json!({ "meta": { "vct_values": ["s", "t"] } }), held) && answers(json!({ "meta": {} }), held));
}

#[test]
fn without_claims_nothing_hidden_is_shown() {
    assert_eq!(spots(json!({})), Some(BTreeSet::new()));
}

#[test]
fn all_claims_must_be_there_where_no_sets_are() {
    assert_eq!(spots(json!({ "claims": [{ "path": ["name"] }, { "path": ["surname"] }] })), None);
    let both = spots(json!({ "claims": [{ "path": ["name"] }, { "path": ["address", "locality"] }] })).expect("both are there");
    assert_eq!(both, [vec![key("name")], vec![key("address"), key("locality")]].into());
}

#[test]
fn a_value_must_be_the_same_in_type_too_and_others_are_as_absent() {
    let with = |path: Value, values: Value| spots(json!({ "claims": [{ "path": path, "values": values }] }));
    for (path, values) in [
        (json!(["age"]), json!(["42"])),
        (json!(["age"]), json!([41, 43])),
        (json!(["grown"]), json!(["true", 1, false])),
        (json!(["name"]), json!(["arthur dent"])),
        (json!(["address"]), json!(["42 Market Street"])),
        (json!(["nationalities"]), json!(["British"])),
    ] {
        assert_eq!(with(path.clone(), values), None, "{path}");
    }
    assert!(with(json!(["age"]), json!([1, 42])).is_some() && with(json!(["grown"]), json!([true])).is_some());
    // Of several elements only the ones that were asked for.
    let one = with(json!(["nationalities", null]), json!(["Betelgeusian", "Martian"])).expect("one is");
    assert_eq!(one, [vec![key("nationalities"), Step::At(1)]].into());
}

#[test]
fn of_claim_sets_the_first_that_can_be_answered_is_taken() {
    let claims = json!([
        { "id": "a", "path": ["surname"] }, { "id": "b", "path": ["name"] }, { "id": "c", "path": ["age"] },
        { "id": "d", "path": ["age"], "values": [18] }
    ]);
    let of = |sets: Value| spots(json!({ "claims": claims, "claim_sets": sets }));
    assert_eq!(of(json!([["a"], ["a", "b"], ["d"]])), None);
    assert_eq!(of(json!([["a", "b"], ["c"], ["b"]])), Some([vec![key("age")]].into()));
    assert_eq!(of(json!([["b", "c"], ["c"]])), Some([vec![key("age")], vec![key("name")]].into()));
}

#[test]
fn an_asked_claim_shows_what_it_lies_in_and_what_lies_in_it_and_no_neighbour() {
    let claims = arthur();
    let held = Candidate { format: SD_JWT_VC, kind: "t", claims: &claims, bound: true };
    let query = asked(one(json!({ "claims": [{ "path": ["degrees", 0] }, { "path": ["address", "locality"] }] })));
    let found = query.credentials[0].answered_by(&held).expect("it answers");
    for hidden in
        [vec![key("name")], vec![key("degrees"), Step::At(1)], vec![key("address"), key("postal_code")], vec![key("degree")]]
    {
        assert!(!found.shows(&hidden), "{hidden:?}");
    }
    for shown in [
        vec![key("degrees")],
        vec![key("degrees"), Step::At(0), key("type")],
        vec![key("address")],
        vec![key("address"), key("locality")],
    ] {
        assert!(found.shows(&shown), "{shown:?}");
    }
}

/// Five credentials, with sets.
fn choice(sets: Value) -> Query {
    let all: Vec<Value> = ["a", "b", "c", "d", "e"].iter().map(|id| json!({ "id": id, "format": SD_JWT_VC, "meta": {} })).collect();
    asked(if sets.is_null() { json!({ "credentials": all }) } else { json!({ "credentials": all, "credential_sets": sets }) })
}

#[test]
fn without_sets_every_credential_is_asked_for() {
    let wants = choice(Value::Null).wants();
    assert_eq!(wants.within(&[0, 1, 2, 3].into()), None);
    assert!(wants.within(&[0, 1, 2, 3, 4].into()).is_some());
    assert!(!wants.answered_by(&[0, 1].into()) && wants.answered_by(&[0, 1, 2, 3, 4].into()));
}

#[test]
fn a_required_set_needs_one_whole_option_and_an_optional_one_none() {
    // The specification's own example: an identity one way or the other, and a nice-to-have (D).
    let wants = choice(json!([{ "options": [["a"], ["b"], ["c", "d"]] }, { "options": [["e"]], "required": false }])).wants();
    for held in [vec![], vec![2], vec![3, 4], vec![4]] {
        assert_eq!(wants.within(&held.iter().copied().collect()), None, "{held:?}");
        assert!(!wants.answered_by(&held.into_iter().collect()));
    }
    let within = wants.within(&[1, 2, 3].into()).expect("two ways");
    assert_eq!(within.len(), 1, "what cannot be given is not offered");
    assert_eq!(within[0].options, [vec![1], vec![2, 3]]);
    assert!(wants.answered_by(&[1].into()) && wants.answered_by(&[2, 3].into()) && wants.answered_by(&[0, 4].into()));
    assert!(!wants.answered_by(&[0, 2].into()), "half an option is more than was asked for");
}
