// An unchanged wallet: @openid4vc/openid4vci and @openid4vc/openid4vp, with keys of its own. Reads JSON from standard input: { at, base,
// offer, txCode, request, person }; `base` is how the service calls itself, `at` where it listens, `person` (an offer for which one signs
// in) the cookie of their session and the entry that they choose. Writes { credential, kept } with what it was given, what it showed, and
// how: `mode`, and `prefix` of whoever asked.

import {
  X509Certificate, createCipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, randomBytes, sign, verify,
} from 'node:crypto';
import { clientAuthenticationAnonymous, clientAuthenticationNone, setGlobalConfig } from '@openid4vc/oauth2';
import { Openid4vciClient } from '@openid4vc/openid4vci';
import { Openid4vpClient } from '@openid4vc/openid4vp';

const text = await new Response(process.stdin).text();
const asked = JSON.parse(text);
setGlobalConfig({ allowInsecureUrls: true });

const coded = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const sha256 = (data) => createHash('sha256').update(data).digest();

/** A P-256 key, as a JWK and as what signs. */
function fresh() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { privateKey: createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })), jwk: { kty, crv, x, y } };
}

function jws(key, header, payload) {
  const signed = `${coded(header)}.${coded(payload)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), { key: key.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** The key that a signature must be by: a JWK, or that of the first certificate. */
const verifying = (signer) =>
  signer.method === 'x5c'
    ? new X509Certificate(Buffer.from(signer.x5c[0], 'base64')).publicKey
    : createPublicKey({ key: signer.publicJwk, format: 'jwk' });

/** Seals by ECDH-ES on P-256 with AES-GCM (RFC 7516, RFC 7518 4.6), parties included. */
function sealed({ publicJwk, enc, apu, apv }, data) {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const shared = diffieHellman({ privateKey: own.privateKey, publicKey: createPublicKey({ key: publicJwk, format: 'jwk' }) });
  const { kty, crv, x, y } = own.publicKey.export({ format: 'jwk' });
  const length = enc === 'A128GCM' ? 16 : 32;
  const number = (n) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(n);
    return bytes;
  };
  const parties = [Buffer.from(enc), ...[apu, apv].map((party) => Buffer.from(party ?? '', 'base64url'))];
  const fields = parties.flatMap((bytes) => [number(bytes.length), bytes]);
  const key = sha256(Buffer.concat([number(1), shared, ...fields, number(8 * length)])).subarray(0, length);
  const header = coded({ alg: 'ECDH-ES', enc, kid: publicJwk.kid, epk: { kty, crv, x, y }, apu, apv });
  const iv = randomBytes(12);
  const cipher = createCipheriv(length === 16 ? 'aes-128-gcm' : 'aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(header));
  const body = Buffer.concat([cipher.update(data), cipher.final()]);
  const parts = [iv, body, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return { encryptionJwk: publicJwk, jwe: [header, '', ...parts].join('.') };
}

const [clientId, redirectUri] = ['a-foreign-wallet', 'https://wallet.example/back'];
const keys = [fresh(), fresh()];
const [holder, proofs] = keys;
const keyOf = (jwk) => keys.find((key) => key.jwk.x === jwk.x);
const callbacks = {
  fetch: (url, init) => fetch(String(url).replace(asked.base, asked.at), init),
  hash: (data) => new Uint8Array(sha256(data)),
  generateRandom: (length) => new Uint8Array(randomBytes(length)),
  signJwt: (signer, { header, payload }) => ({ jwt: jws(keyOf(signer.publicJwk), header, payload), signerJwk: signer.publicJwk }),
  verifyJwt: (signer, { compact }) => {
    const [head, body, signature] = compact.split('.');
    const key = verifying(signer);
    const made = verify('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
    return { verified: made, signerJwk: key.export({ format: 'jwk' }) };
  },
  encryptJwe: sealed,
  getX509CertificateMetadata: (certificate) => {
    const { subjectAltName } = new X509Certificate(Buffer.from(certificate, 'base64'));
    const names = subjectAltName.split(', ').map((name) => name.split(':'));
    return { sanDnsNames: names.filter(([kind]) => kind === 'DNS').map(([, name]) => name), sanUriNames: [] };
  },
  clientAuthentication: asked.person ? clientAuthenticationNone({ clientId }) : clientAuthenticationAnonymous(),
};

// Takes (OpenID4VCI).
const issuing = new Openid4vciClient({ callbacks });
const credentialOffer = await issuing.resolveCredentialOffer(asked.offer);
const issuerMetadata = await issuing.resolveIssuerMetadata(credentialOffer.credential_issuer);
const [credentialConfigurationId] = credentialOffer.credential_configuration_ids;
const signer = (key) => ({ method: 'jwk', publicJwk: key.jwk, alg: 'ES256' });
const withDpop = asked.dpop ? { signer: signer(proofs) } : undefined;

/** The person follows the wallet's link in their browser, and says yes: where they are led. */
async function answered(url) {
  const at = (address) => String(address).replace(asked.base, asked.at);
  const { cookie, entry } = asked.person;
  const begun = await fetch(at(url), { redirect: 'manual', headers: { cookie } });
  const page = new URL(begun.headers.get('location'), asked.at);
  const headers = { cookie, origin: asked.at, 'content-type': 'application/x-www-form-urlencoded' };
  const said = await fetch(page, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ say: 'yes', proof: entry }) });
  return said.headers.get('location');
}

/** By the authorization code flow: pushed, PKCE, `iss` looked at. */
async function byLogin() {
  const flow = { credentialOffer, issuerMetadata, redirectUri };
  const { scope } = issuerMetadata.credentialIssuer.credential_configurations_supported[credentialConfigurationId];
  const begun = await issuing.initiateAuthorization({ ...flow, clientId, scope, dpop: withDpop });
  const [authorizationServerMetadata] = issuerMetadata.authorizationServers;
  const url = await answered(begun.authorizationRequestUrl);
  const response = issuing.parseAndVerifyAuthorizationResponseRedirectUrl({ url, authorizationServerMetadata });
  if (response.error) throw new Error(`no code: ${response.error}`);
  const { code: authorizationCode } = response;
  const pkceCodeVerifier = begun.pkce.codeVerifier;
  return issuing.retrieveAuthorizationCodeAccessTokenFromOffer({ ...flow, authorizationCode, pkceCodeVerifier, dpop: withDpop });
}

const { accessTokenResponse, dpop } = asked.person
  ? await byLogin()
  : await issuing.retrievePreAuthorizedCodeAccessTokenFromOffer({ credentialOffer, issuerMetadata, txCode: asked.txCode, dpop: withDpop });
const { c_nonce: nonce } = await issuing.requestNonce({ issuerMetadata });
const { jwt } = await issuing.createCredentialRequestJwtProof({
  issuerMetadata,
  credentialConfigurationId,
  signer: signer(holder),
  issuedAt: new Date(),
  nonce,
});
const { credentialResponse } = await issuing.retrieveCredentials({
  issuerMetadata,
  credentialConfigurationId,
  proofs: { jwt: [jwt] },
  accessToken: accessTokenResponse.access_token,
  dpop,
});
const { credential } = credentialResponse.credentials[0];

// Shows (OpenID4VP): what is asked for of what may be hidden, and its own proof.
const showing = new Openid4vpClient({ callbacks });
const parsed = showing.parseOpenid4vpAuthorizationRequest({ authorizationRequest: asked.request });
const { authorizationRequestPayload, client } = await showing.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload: parsed.params });
const [query] = authorizationRequestPayload.dcql_query.credentials;
const wanted = new Set((query.claims ?? []).map(({ path }) => path[0]));
const [issued, ...disclosures] = credential.split('~').slice(0, -1);
const kept = disclosures.filter((one) => {
  const parts = JSON.parse(Buffer.from(one, 'base64url'));
  return parts.length === 3 && wanted.has(parts[1]);
});
const presentation = [issued, ...kept, ''].join('~');
const bound = jws(holder, { typ: 'kb+jwt', alg: 'ES256' }, {
  aud: authorizationRequestPayload.client_id,
  nonce: authorizationRequestPayload.nonce,
  iat: Math.floor(Date.now() / 1000),
  sd_hash: sha256(presentation).toString('base64url'),
});
const mode = authorizationRequestPayload.response_mode;
const serverMetadata = { authorization_encryption_alg_values_supported: ['ECDH-ES'], authorization_encryption_enc_values_supported: ['A256GCM'] };
const { authorizationResponsePayload, jarm } = await showing.createOpenid4vpAuthorizationResponse({
  authorizationRequestPayload,
  authorizationResponsePayload: { vp_token: { [query.id]: [`${presentation}${bound}`] } },
  jarm: mode === 'direct_post.jwt' ? { encryption: { nonce: 'the wallet' }, serverMetadata } : undefined,
});
const { response } = await showing.submitOpenid4vpAuthorizationResponse({ authorizationRequestPayload, authorizationResponsePayload, jarm });
const { token_type: type } = accessTokenResponse;
console.log(JSON.stringify({ credential, shown: response.status, kept: kept.length, type, mode, prefix: client.prefix }));
