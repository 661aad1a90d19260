// node link.mjs: the module that the browser uses, over the vectors that Rust uses. No browser and no server.

import { deepStrictEqual as same, rejects } from 'node:assert/strict';
import { link, open, vectors } from './lib/link.mjs';

let passed = 0;
let failed = 0;

async function test(name, body) {
  try {
    await body();
    passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${name}\n    ${error.stack}`);
  }
}

const flip = (text, at = Math.floor(text.length / 3)) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
const refused = (change) => rejects(open(change));

await test('any part that differs opens nothing', async () => {
  const other = '01980000-0000-7000-8000-00000000ffff';
  for (const change of [
    (a) => (a.owner = other),
    (a) => (a.generation += 1),
    (a) => (a.at = a.token.until),
    (a) => (a.at -= 1),
    (a) => (a.token.consent = other),
    (a) => (a.token.client = 'x'),
    (a) => (a.token.issued += 1),
    (a) => (a.token.until += 1),
    (a) => (a.token.sealed = flip(a.token.sealed)),
    (a) => (a.token.sealed = flip(a.token.sealed, 60)),
    (a) => (a.token.sealed = a.token.sealed.slice(4)),
    (a) => (a.bundle = flip(a.bundle)),
    (a) => (a.bundle = flip(a.bundle, 60)),
    (a) => (a.entries[0].entry = other),
    (a) => (a.entries[0].version = other),
    (a) => (a.entries[0].sealed = flip(a.entries[0].sealed)),
    (a) => (a.entries[0].sealed = a.entries[1].sealed),
    (a) => a.entries.pop(),
  ]) {
    await refused(change);
  }
  await rejects(link.openLink(link.bytesOf(vectors.proof), vectors.answer, vectors.kinds));
  await rejects(link.openLink(link.bytesOf(vectors.secret), vectors.answer, vectors.kinds.toReversed()));
  await rejects(link.keysOf(new Uint8Array(31)));
});

await test('proof and opening key are the frozen ones', async () => {
  const { proof, opening } = await link.keysOf(link.bytesOf(vectors.secret));
  same(link.textOf(proof), vectors.proof);
  same(Buffer.from(opening).toString('hex'), vectors.opening);
});

await test('the frozen link opens to the frozen terms and entries', async () => {
  const opened = await open();
  same(opened.terms, vectors.terms);
  same(opened.entries, vectors.entries);
});

console.log(`# ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
