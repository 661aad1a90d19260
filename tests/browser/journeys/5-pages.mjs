// Every page that can be reached, for everyone who can reach it, in several languages: axe, 320 px, a title, a heading, headers that forbid storing.

import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { enter } from '../lib/steps.mjs';
import { violations, weight } from '../lib/look.mjs';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const MOST = 120;

/** One page of each shape: ids stand for each other. */
function shape(href) {
  return new URL(href).pathname.replace(ID, ':id');
}

async function crawl(visit, page, from, name, dark) {
  const waiting = [...from];
  const seen = new Set();
  while (waiting.length && seen.size < MOST) {
    const href = new URL(waiting.shift(), visit.base).href;
    if (seen.has(shape(href))) continue;
    seen.add(shape(href));
    const answer = await page.goto(href);
    if (!/html/.test(answer.headers()['content-type'] ?? '')) continue;
    headers(visit, answer, href);
    const picture = `${name}${shape(href).replace(/[/:]+/g, '-').replace(/-$/, '')}`;
    if (dark) visit.problems.push(...(await violations(page)).map((v) => `dark ${shape(href)}: ${v}`));
    else await visit.look(page, picture);
    const links = await page.evaluate(`[...document.querySelectorAll('a[href]:not([download])')].map((a) => a.href)`);
    waiting.push(...links.filter((link) => link.startsWith(visit.base)));
  }
  must(waiting.every((href) => seen.has(shape(new URL(href, visit.base).href))), `more than ${MOST} pages: some were never held against anything`);
  visit.say(`# ${name}: ${seen.size} pages`);
  return seen;
}

function headers(visit, answer, href) {
  const all = answer.headers();
  const wrong = (text) => visit.problems.push(`${shape(href)}: ${text}`);
  const policy = all['content-security-policy'] ?? '';
  if (!policy || /unsafe-inline|unsafe-eval/.test(policy)) wrong(`policy "${policy}"`);
  if (all['x-content-type-options'] !== 'nosniff') wrong('nosniff is missing');
  if (answer.status() === 200 && /^\/(map|entries|sharing|events|keys|staff)/.test(shape(href)) && !/no-store/.test(all['cache-control'] ?? '')) {
    wrong(`may be stored: cache-control "${all['cache-control']}"`);
  }
}

// The other languages have the same pages; one from the right stands for them.
for (const lang of ['sv', 'en', 'ar']) {
  test(`every page anyone may see, ${lang}`, async (visit) => {
    const page = await visit.open({ lang });
    const seen = await crawl(visit, page, ['/', '/help', '/personal-data', '/accessibility', '/demo', '/invite', '/not/a/page'], `${lang}-anyone`);
    must(seen.size >= 6, `only ${[...seen].join(' ')}`);
  });

  test(`every page of a person, ${lang}`, async (visit) => {
    const page = await visit.open({ lang });
    const { full } = await people(page);
    await enter(page, full);
    const seen = await crawl(visit, page, ['/map', '/sharing', '/events', '/keys', '/sharing/new'], `${lang}-person`);
    for (const needed of ['/map/p05', '/map/p05/work/new', '/entries/:id', '/entries/:id/edit', '/sharing/:id', '/sharing/:id/withdraw']) {
      must(seen.has(needed), `${needed} was never reached, only ${[...seen].join(' ')}`);
    }
  });

  // Staff have the languages in which their pages are written.
  if (lang !== 'sv' && lang !== 'en') continue;
  test(`every page of staff, ${lang}`, async (visit) => {
    const page = await visit.open({ lang });
    const { staff } = await people(page);
    await enter(page, staff[0]);
    const seen = await crawl(visit, page, ['/staff/inbox', '/staff/unit'], `${lang}-staff`);
    must(seen.has('/staff/unit'), [...seen].join(' '));
  });
}

test('every page of staff who issue', async (visit) => {
  const page = await visit.open();
  const { staff } = await people(page);
  await enter(page, staff.find((one) => /fatima/.test(one.id)));
  const seen = await crawl(visit, page, ['/staff/issuing'], 'issuer');
  for (const needed of ['/staff/issuing/keys', '/staff/issuing/frameworks', '/staff/issuing/files', '/staff/issuing/waiting/:id', '/staff/issuing/issued/:id']) {
    must(seen.has(needed), `${needed} was never reached, only ${[...seen].join(' ')}`);
  }
});

test('the dark scheme has its contrast too', async (visit) => {
  const page = await visit.open({ dark: true });
  const { full } = await people(page);
  await crawl(visit, page, ['/', '/help'], 'dark', true);
  await enter(page, full);
  for (const path of ['/map', '/map/p07', '/map/p05/work/new', '/sharing', '/events', '/keys', '/sharing/new']) {
    await page.goto(path);
    visit.problems.push(...(await violations(page)).map((v) => `dark ${path}: ${v}`));
  }
  await page.goto('/map');
  await visit.look(page, 'dark-map');
});

test('the first page weighs at most 150 KB with all it loads', async (visit) => {
  const page = await visit.open();
  const bytes = await weight(page, '/');
  visit.say(`# the first page and all it loads: ${(bytes / 1000).toFixed(1)} KB`);
  must(bytes > 1000 && bytes <= 150_000, `${bytes} bytes`);
});
