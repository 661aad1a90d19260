// SD-JWT VC and status lists by the @sd-jwt packages: verifies what it is given and issues what it is asked for.
// One JSON object comes on the standard input, one goes out.
import { ES256, digest, generateSalt } from '@sd-jwt/crypto-nodejs';
import { StatusList, createHeaderAndPayload } from '@sd-jwt/jwt-status-list';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

// Like ours: the claims, the status that the list tells, or why it is refused.
async function verify({ text, key, aud, nonce, now, list }) {
  let status = null;
  const verifier = await ES256.getVerifier(key);
  const instance = new SDJwtVcInstance({
    hasher: digest,
    hashAlg: 'sha-256',
    verifier,
    kbVerifier: async (data, signature, payload) => (await ES256.getVerifier(payload.cnf.jwk))(data, signature),
    statusListFetcher: async () => list,
    statusValidator: async (found) => { status = found; },
  });
  const result = await instance.verify(text, { currentDate: now, skewSeconds: 60, ...(nonce ? { keyBindingNonce: nonce } : {}) });
  if (aud && result.kb?.payload.aud !== aud) throw new Error('for another audience');
  return { claims: result.payload, status };
}

// A credential of its own, bound to its own holder and to ours; shown in part; and a list of statuses.
async function issue({ holder, aud, nonce, now, uri }) {
  const issuer = await ES256.generateKeyPair();
  const mine = await ES256.generateKeyPair();
  const signer = await ES256.getSigner(issuer.privateKey);
  const instance = new SDJwtVcInstance({
    signer, signAlg: 'ES256', hasher: digest, hashAlg: 'sha-256', saltGenerator: generateSalt,
    kbSigner: await ES256.getSigner(mine.privateKey), kbSignAlg: 'ES256',
  });
  const claims = {
    iss: 'https://school.example', iat: now, exp: now + 86_400, vct: 'https://school.example/diploma', name: 'Diplom i tätning',
    given_name: 'Åsa', family_name: 'Öst', status: { status_list: { idx: 3, uri } },
    address: { street: 'Gatan 1', city: 'Luleå' }, courses: ['A', { id: 'B', grade: 5 }, 'C'],
  };
  const frame = {
    _sd: ['given_name', 'family_name', 'address'], _sd_decoy: 2,
    address: { _sd: ['street'] }, courses: { _sd: [0, 1], 1: { _sd: ['grade'] } },
  };
  const sign = (jwk) => instance.issue({ ...claims, cnf: { jwk } }, frame);
  const { kty, crv, x, y } = mine.publicKey;
  const own = await sign({ kty, crv, x, y });
  const bound = await instance.present(own, { given_name: true, courses: { 1: true } }, { kb: { payload: { iat: now, aud, nonce } } });
  const list = new StatusList([0, 1, 2, 2, 3, 0, 1, 0], 2);
  const parts = createHeaderAndPayload(list, { iss: 'https://school.example', sub: uri, iat: now, exp: now + 3_600, ttl: 600 }, {
    alg: 'ES256', typ: 'statuslist+jwt',
  });
  const signed = `${encoded(parts.header)}.${encoded(parts.payload)}`;
  return {
    key: issuer.publicKey, bound, for_us: await sign(holder), list: `${signed}.${await signer(signed)}`,
    shown: { given_name: 'Åsa', courses: [{ id: 'B' }, 'C'] },
    hidden: ['family_name', 'address'],
  };
}

let text = '';
for await (const part of process.stdin) text += part;
const asked = JSON.parse(text);
const out = { verified: [] };
for (const one of asked.verify) {
  out.verified.push(await verify(one).catch((error) => ({ refused: String(error.message ?? error) })));
}
if (asked.issue) out.issued = await issue(asked.issue);
process.stdout.write(JSON.stringify(out));
