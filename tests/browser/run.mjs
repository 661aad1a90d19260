// node run.mjs BASEURL OUTDIR [ONLY]: every journey in a real browser against a started demo.

import { mkdirSync, readdirSync } from 'node:fs';
import { Kit } from './lib/browser.mjs';
import { runAll } from './lib/runner.mjs';

const [base, out, only] = process.argv.slice(2);
if (!base || !out) {
  console.error('usage: node run.mjs BASEURL OUTDIR [ONLY]');
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const folder = new URL('./journeys/', import.meta.url);
for (const file of readdirSync(folder).filter((name) => name.endsWith('.mjs')).sort()) await import(new URL(file, folder));

const kit = await Kit.start(base, out);
let fine = false;
try {
  fine = await runAll(kit, only);
} finally {
  await kit.stop();
}
process.exit(fine ? 0 : 1);
