// What a link opens, opened here with the browser's own HKDF-SHA-256 and AES-256-GCM. It knows no page: `egenkarta open` and the tests
// run the same steps over the same vectors (tests/vectors/link.json). Every failure is one and the same.
const crypt = globalThis.crypto.subtle;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const NONE = new Uint8Array(0);
const HEAD = 69;
const TAG = 16;

const refuse = () => {
  throw new Error("not opened");
};

export function bytesOf(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) refuse();
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (sign) => sign.charCodeAt(0));
}

export function textOf(bytes) {
  const raw = String.fromCharCode(...bytes);
  return btoa(raw).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function join(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function number(value, bytes) {
  const out = new Uint8Array(bytes);
  const view = new DataView(out.buffer);
  if (bytes === 4) view.setUint32(0, value);
  else view.setBigInt64(0, BigInt(value));
  return out;
}

const id = (uuid) => {
  const plain = uuid.replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/.test(plain)) refuse();
  return Uint8Array.from(plain.match(/../g), (two) => parseInt(two, 16));
};

// Associated data: a fixed list of fields, each with its length in four bytes; the label is the first.
function fields(label, ...rest) {
  const all = [encoder.encode(`egenkarta/v1/${label}`), ...rest.map((one) => (typeof one === "string" ? encoder.encode(one) : one))];
  return join(...all.flatMap((one) => [number(one.length, 4), one]));
}

async function hkdf(key, salt, info, length) {
  const base = await crypt.importKey("raw", key, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypt.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, base, 8 * length));
}

const derive = (key, label) => hkdf(key, NONE, fields(label), 32);

async function gcm(key, iv, additionalData, sealed) {
  const opener = await crypt.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  return new Uint8Array(await crypt.decrypt({ name: "AES-GCM", iv, additionalData, tagLength: 128 }, opener, sealed));
}

function same(one, other) {
  if (one.length !== other.length) return false;
  let differ = 0;
  for (let at = 0; at < one.length; at += 1) differ |= one[at] ^ other[at];
  return differ === 0;
}

function unpad(body) {
  if (body.length < 4) refuse();
  const length = new DataView(body.buffer, body.byteOffset).getUint32(0);
  if (length > body.length - 4) refuse();
  return body.subarray(4, 4 + length);
}

// Format 1: generation, salt, commitment, ciphertext. The commitment is compared first: AES-GCM does not commit to its key.
async function record(key, ad, sealed) {
  if (sealed.length < HEAD + TAG || sealed[0] !== 1) refuse();
  const derived = await hkdf(key, sealed.subarray(5, 37), join(sealed.subarray(0, 5), ad), 76);
  if (!same(derived.subarray(44), sealed.subarray(37, HEAD))) refuse();
  return gcm(derived.subarray(0, 32), derived.subarray(32, 44), NONE, sealed.subarray(HEAD));
}

// Format 2: one entry's version under a key that seals nothing else. What the bundle says of its bytes is checked first.
async function entry(row, owner, held) {
  const sealed = bytesOf(held.sealed);
  const digest = new Uint8Array(await crypt.digest("SHA-256", sealed));
  if (sealed.length < 1 + TAG || sealed[0] !== 2 || !same(digest, row.hash)) refuse();
  const ad = fields("record/entry", "entry", owner, id(held.entry), id(held.version));
  const body = unpad(await gcm(row.key, new Uint8Array(12), ad, sealed.subarray(1)));
  return JSON.parse(decoder.decode(body));
}

// Rows as postcard writes them.
function rows(bytes) {
  let at = 0;
  const take = (length) => {
    if (at + length > bytes.length) refuse();
    at += length;
    return bytes.subarray(at - length, at);
  };
  const whole = () => {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const [byte] = take(1);
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
    return refuse();
  };
  const row = () => {
    const alias = hex(take(16));
    const kind = whole();
    if (whole() !== 16) refuse();
    return { alias, kind, version: hex(take(16)), key: take(32), hash: take(32) };
  };
  const all = Array.from({ length: whole() }, row);
  if (at !== bytes.length) refuse();
  return all;
}

function bundleOf(body) {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  if (body.length < 5 || body[0] !== 1) refuse();
  const length = view.getUint32(1);
  if (length > body.length - 5) refuse();
  const terms = JSON.parse(decoder.decode(body.subarray(5, 5 + length)));
  return { terms, rows: rows(body.subarray(5 + length)) };
}

/** Of a link's 32 secret bytes: what is sent, and what opens. */
export async function keysOf(secret) {
  if (secret.length !== 32) refuse();
  return { proof: await derive(secret, "link/proof"), opening: await derive(secret, "link/opening") };
}

/** Opens an answer of the server. `kinds`: the names of the kinds of entry, in the order of their numbers. */
export async function openLink(secret, answer, kinds) {
  const { opening } = await keysOf(secret);
  const { token } = answer;
  const [owner, consent] = [id(answer.owner), id(token.consent)];
  const times = [number(token.issued, 8), number(token.until, 8)];
  const place = fields("record/token", "token", "link", consent, token.client, bytesOf(token.thumbprint), ...times);
  const shared = await record(opening, place, bytesOf(token.sealed));
  if (shared.length !== 32) refuse();
  const ad = fields("record/bundle", "consent", owner, consent, number(answer.generation, 8));
  const bundle = bundleOf(unpad(await record(await derive(shared, "consent/bundle"), ad, bytesOf(answer.bundle))));
  const { terms } = bundle;
  const fits = terms.owner === answer.owner && terms.consent === token.consent && terms.generation === answer.generation;
  if (!fits || !terms.link || terms.until !== token.until || answer.at < terms.from || answer.at >= terms.until) refuse();
  const held = new Map(answer.entries.map((one) => [one.version.replaceAll("-", ""), one]));
  const open = async (row) => {
    if (!held.has(row.version)) refuse();
    const content = await entry(row, owner, held.get(row.version));
    if (content.kind !== kinds[row.kind]) refuse();
    return { alias: row.alias, version: held.get(row.version).version, entry: content };
  };
  return { terms, entries: await Promise.all(bundle.rows.map(open)) };
}
