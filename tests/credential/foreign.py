"""SD-JWT by the reference implementation, SD-JWT VC and status lists by openvc: verifies what it is given, issues what it is asked for.

One JSON object comes on the standard input, one goes out. What is given must satisfy both libraries, and both must read the same.
"""
import json
import sys
from datetime import datetime, timezone

import jwt
from jwcrypto.jwk import JWK
from openvc.keys import P256SigningKey
from openvc.proof.sd_jwt import SdJwtVcProofSuite
from openvc.proof.vc_jwt import VcJwtProofSuite
from openvc.status import (
    build_status_list_credential, build_status_list_token, check_credential_status, check_token_status, new_bitstring, new_status_list,
    set_status, set_status_bit, verify_status_list_token,
)
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier


def at(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc)


def verify(case):
    if "bitstring" in case:
        return verify_bitstring(case)
    aud, nonce = case.get("aud"), case.get("nonce")
    reference = SDJWTVerifier(case["text"], lambda issuer, header: JWK(**case["key"]), aud, nonce).get_verified_payload()
    strict = SdJwtVcProofSuite().verify(
        case["text"], public_key_jwk=case["key"], audience=aud, nonce=nonce, require_key_binding=nonce is not None,
    ).claims
    if reference != strict:
        raise ValueError("the two libraries read different claims")
    status = None
    if case.get("list"):
        def resolve(uri):
            return verify_status_list_token(case["list"], public_key_jwk=case["key"], expected_uri=uri)
        status = check_token_status(strict, resolve_status_list_token=resolve).status
    return {"claims": strict, "status": status}


def verify_bitstring(case):
    def resolve(uri):
        # openvc reads data model 1.1 alone, in which the credential lay in a claim: the signature is checked by PyJWT.
        listed = jwt.decode(case["bitstring"], jwt.PyJWK(case["key"]).key, algorithms=["ES256"])
        if listed["id"] != uri:
            raise ValueError("the list of another address")
        return listed
    entry = {
        "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": str(case["index"]),
        "statusListCredential": case["uri"],
    }
    return {"claims": {}, "status": int(check_credential_status({"credentialStatus": entry}, resolve_status_list=resolve).revoked)}


def issue(asked):
    issuer, mine = JWK.generate(kty="EC", crv="P-256"), JWK.generate(kty="EC", crv="P-256")
    now, uri = asked["now"], asked["uri"]
    claims = {
        "iss": "https://school.example", "iat": now, "exp": now + 86_400, "vct": "https://school.example/diploma",
        "name": "Diplom i tätning", SDObj("given_name"): "Åsa", SDObj("family_name"): "Öst",
        "status": {"status_list": {"idx": 3, "uri": uri}},
        SDObj("address"): {SDObj("street"): "Gatan 1", "city": "Luleå"},
        "courses": [SDObj("A"), SDObj({"id": "B", SDObj("grade"): 5}), "C"],
    }

    def sign(holder):
        extra = {"typ": "dc+sd-jwt"}
        return SDJWTIssuer(claims, issuer, holder, add_decoy_claims=True, extra_header_parameters=extra).sd_jwt_issuance

    shown = SDJWTHolder(sign(mine))
    shown.create_presentation({"given_name": True, "courses": [False, {}]}, asked["nonce"], asked["aud"], mine)
    key = P256SigningKey.from_jwk(issuer.export(private_key=True, as_dict=True), "list")
    packed = new_status_list(8, bits=2)
    for index, status in enumerate([0, 1, 2, 2, 3, 0, 1, 0]):
        set_status(packed, index, status, bits=2)
    token = build_status_list_token(
        uri=uri, status_list=packed, bits=2, signing_key=key, issued_at=at(now), expires=at(now + 3_600), ttl=600,
    )
    return {
        "key": {**issuer.export_public(as_dict=True), "kid": "list"}, "bound": shown.sd_jwt_presentation,
        "for_us": sign(JWK(**asked["holder"])), "list": token, "bitstring": bitstring(key, uri, now),
        "shown": {"given_name": "Åsa", "courses": [{"id": "B"}, "C"]}, "hidden": ["family_name", "address"],
    }


def bitstring(key, uri, now):
    bits = new_bitstring(131_072)
    set_status_bit(bits, 3, 1)
    listed = build_status_list_credential(
        id=uri, issuer="https://school.example", bitstring=bits, valid_from=at(now), valid_until=at(now + 3_600),
    )
    return VcJwtProofSuite().sign(listed, signing_key=key)


def answer(case):
    try:
        return verify(case)
    except Exception as error:  # each library has its own kinds; any of them refuses
        return {"refused": f"{type(error).__name__}: {error}"}


asked = json.load(sys.stdin)
out = {"verified": [answer(case) for case in asked["verify"]]}
if asked.get("issue"):
    out["issued"] = issue(asked["issue"])
json.dump(out, sys.stdout)
