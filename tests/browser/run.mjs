// node run.mjs BASEURL[,BASEURL] OUTDIR [ONLY] [--pictures]: every journey in a real browser against a started demo. With two demos, two
// lanes at once, each against its own, since the journeys change the people of the demo. With --pictures each page that is looked at is
// kept as it is drawn, wide and at 320 px; else only where something is wrong.

import { mkdirSync, readdirSync } from 'node:fs';
import { Kit } from './lib/browser.mjs';
import { register, runAll } from './lib/runner.mjs';

/** The second lane: about half of the time. Within a lane the files keep their order: what one leaves on the map the next one meets. */
const SECOND = ['2-share.mjs', '5-pages.mjs', '8-print.mjs'];

const [bases, out, only] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (!bases || !out) {
  console.error('usage: node run.mjs BASEURL[,BASEURL] OUTDIR [ONLY] [--pictures]');
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const folder = new URL('./journeys/', import.meta.url);
for (const file of readdirSync(folder).filter((name) => name.endsWith('.mjs')).sort()) {
  await register(SECOND.includes(file) ? 1 : 0, () => import(new URL(file, folder)));
}

const pictures = process.argv.includes('--pictures');
const kits = await Promise.all(bases.split(',').map((base) => Kit.start(base, out, { pictures })));
let fine = false;
try {
  fine = await runAll(kits, only);
} finally {
  await Promise.all(kits.map((kit) => kit.stop()));
}
process.exit(fine ? 0 : 1);
