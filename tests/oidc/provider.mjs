// An OpenID provider that we did not write, on this machine's loopback, for tests/identity/oidc_provider.rs.
//
// Reads one line of JSON from standard input: {"redirect_uri": ..., "acr": [...], "clients": [{"client_id", "alg", "secret" | "jwks"}]}.
// Writes one line when it is ready: {"issuer": ...}. Ends when its standard input ends.
import { createServer } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { Provider } from 'oidc-provider';

// Its advice goes where the ready line does not: nobody reads standard output after that line.
console.info = console.error;

const lines = createInterface({ input: process.stdin });
const [line] = await once(lines, 'line');
lines.on('close', () => process.exit(0));
const asked = JSON.parse(line);

const KEYS = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};
const jwk = ([alg, make]) => ({ ...make().privateKey.export({ format: 'jwk' }), kid: alg.toLowerCase(), use: 'sig', alg });

const client = ({ client_id, alg, secret, jwks }) => ({
  client_id,
  redirect_uris: [asked.redirect_uri],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  id_token_signed_response_alg: alg,
  ...(jwks
    ? { token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256', jwks }
    : { token_endpoint_auth_method: 'client_secret_basic', client_secret: secret }),
});

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: asked.clients.map(client),
  jwks: { keys: Object.entries(KEYS).map(jwk) },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  acrValues: asked.acr,
  claims: { openid: ['sub'], profile: ['name'], acr: null, auth_time: null },
  features: { claimsParameter: { enabled: true }, devInteractions: { enabled: false } },
  pkce: { required: () => true },
  interactions: { url: (_, { uid }) => `/choose/${uid}` },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, name: `Name of ${accountId}` }) }),
  // Nobody is asked about scopes: the test is of login.
  async loadExistingGrant(ctx) {
    const { client, session, params } = ctx.oidc;
    const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope(params.scope);
    grant.addOIDCClaims(['acr', 'auth_time', 'name']);
    await grant.save();
    return grant;
  },
});

const body = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
};

// The page of the person: a form, like any provider's.
const choose = async (request, response) => {
  const { prompt } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>${prompt.name}</title><form method="post"><input name="subject"><input name="acr"><button>OK</button></form>`);
    return;
  }
  const form = await body(request);
  const result = form.get('error')
    ? { error: form.get('error') }
    : { login: { accountId: form.get('subject'), acr: form.get('acr') } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
};

const callback = provider.callback();
server.on('request', (request, response) => {
  if (!request.url.startsWith('/choose/')) return callback(request, response);
  return choose(request, response).catch((error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
});
console.log(JSON.stringify({ issuer }));
