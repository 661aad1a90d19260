// What an unchanged OAuth client does with us: openid-client, as its documentation has it. Nothing of ours but addresses and our type of
// authorization details.

import { createServer } from 'node:http';
import * as oauth from 'openid-client';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/** A key pair, and its public half as a key set to register. */
export async function keys() {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const { kty, crv, x, y } = jwk;
  return { pair, jwks: JSON.stringify({ keys: [{ kty, crv, x, y, use: 'sig', alg: 'ES256' }] }) };
}

/** A page of the client's own, to which people come back. */
export async function landing() {
  const server = createServer((_, answer) => answer.end('<!doctype html><title>Back</title><p>Back at the case system.</p>'));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}/back`, close: () => server.close() };
}

/** The client: what it found out about us, its key, and the key of its proofs. */
export async function connect(base, clientId, pair) {
  const options = { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests] };
  const config = await oauth.discovery(new URL(base), clientId, undefined, oauth.PrivateKeyJwt(pair.privateKey), options);
  const proofs = await oauth.randomDPoPKeyPair('ES256');
  return { base, config, DPoP: oauth.getDPoPHandle(config, proofs) };
}

/** Our type of authorization details (RFC 9396). */
export function ask(unit, sections, days = 29) {
  const until = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  return [{ type: 'egenkarta_consent', unit, purpose: 'job_matching', sections, actions: ['read'], mode: 'view', legal_basis: '6.1.e', until }];
}

/** Pushes a request; where to send the person, and what to check when they come back. */
export async function begin(client, redirect, details) {
  const verifier = oauth.randomPKCECodeVerifier();
  const state = oauth.randomState();
  const url = await oauth.buildAuthorizationUrlWithPAR(
    client.config,
    {
      redirect_uri: redirect,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      authorization_details: JSON.stringify(details),
    },
    { DPoP: client.DPoP },
  );
  return { url, verifier, state };
}

export function redeem(client, current, { verifier, state }) {
  const checks = { pkceCodeVerifier: verifier, expectedState: state };
  return oauth.authorizationCodeGrant(client.config, new URL(current), checks, undefined, { DPoP: client.DPoP });
}

export function refresh(client, token) {
  return oauth.refreshTokenGrant(client.config, token, undefined, { DPoP: client.DPoP });
}

/** To a token that gives less, for less long. */
export function narrow(client, token, details) {
  const parameters = { subject_token: token, subject_token_type: ACCESS_TOKEN, authorization_details: JSON.stringify(details) };
  return oauth.genericGrantRequest(client.config, EXCHANGE, parameters, { DPoP: client.DPoP });
}

export function beginDevice(client, details) {
  return oauth.initiateDeviceAuthorization(client.config, { authorization_details: JSON.stringify(details) });
}

export function pollDevice(client, begun) {
  return oauth.pollDeviceAuthorizationGrant(client.config, begun, undefined, { DPoP: client.DPoP });
}

export function introspect(client, token) {
  return oauth.tokenIntrospection(client.config, token);
}

export function revoke(client, token) {
  return oauth.tokenRevocation(client.config, token);
}

/** Reads; `{ status, body }`, also where it is denied. */
export async function read(client, token) {
  const at = new URL('/api/v1/disclosure', client.base);
  try {
    const answer = await oauth.fetchProtectedResource(client.config, token, at, 'GET', undefined, undefined, { DPoP: client.DPoP });
    return { status: answer.status, body: await answer.json() };
  } catch (error) {
    // The library throws at a challenge.
    if (error.response ?? error.cause?.status) return { status: (error.response ?? error.cause).status, body: null };
    throw error;
  }
}

/** The same token in other hands: without its key. */
export async function readWithout(base, token) {
  const answer = await fetch(new URL('/api/v1/disclosure', base), { headers: { authorization: `Bearer ${token}` } });
  return answer.status;
}

/** The `error` of a refused request. */
export async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return error.error ?? error.cause?.error ?? error.code ?? String(error);
  }
  return 'was not refused';
}
