import { mkdirSync } from 'node:fs';
import { Kit } from './lib/browser.mjs';
import { runAll } from './lib/runner.mjs';
const [base, out, file, only] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
await import(new URL('./journeys/' + file, import.meta.url));
const kit = await Kit.start(base, out);
try { await runAll(kit, only); } finally { await kit.stop(); }
