// node samples.mjs [ONLY]: holds the sample pages that a test writes to target/pages against the same rules, without a server behind.
// For work on the face: pictures land in target/pages/screens.

import { createServer } from 'node:http';
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kit } from './lib/browser.mjs';
import { runAll, test } from './lib/runner.mjs';

const top = fileURLToPath(new URL('../../', import.meta.url));
const pages = process.env.EGENKARTA_PAGES ?? join(top, 'target/pages');
const statics = process.env.EGENKARTA_STATIC ?? join(top, 'src/web/static');
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };

const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://x').pathname;
  const file = path.startsWith('/static/') ? join(statics, path.slice(8)) : join(pages, path);
  if (path.includes('..') || !existsSync(file) || !extname(file)) {
    response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; connect-src 'self'",
  });
  response.end(readFileSync(file));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

const walk = (folder, inner = '') =>
  readdirSync(join(folder, inner), { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? walk(folder, join(inner, e.name)) : e.name.endsWith('.html') ? [join(inner, e.name)] : [],
  );
for (const name of walk(pages).sort()) {
  test(name, async (visit) => {
    const page = await visit.open();
    await page.goto(`/${name}`);
    await visit.look(page, name.replace(/\.html$/, ''));
  });
}

const kit = await Kit.start(`http://127.0.0.1:${server.address().port}`, join(pages, 'screens'), { pictures: true });
const fine = await runAll([kit], process.argv[2]);
await kit.stop();
server.close();
process.exit(fine ? 0 : 1);
