// On paper: an outline of more than sixty entries with long texts is two pages at most, tagged, with the code and without a personal number.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { enter, go } from '../lib/steps.mjs';

const LONG = 'Jag lagade, bar, mätte, skrev och förklarade varje dag. '.repeat(9).slice(0, 480);

/** What the browser's own print makes of the page: pages, structure tree, the elements named in it, its language. */
async function printed(visit, page, name) {
  const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true });
  writeFileSync(join(visit.kit.out, `${name}.pdf`), pdf);
  const text = pdf.toString('latin1');
  return {
    pages: (text.match(/\/Type\s*\/Page\b/g) ?? []).length,
    tagged: /\/StructTreeRoot\b/.test(text) && /\/Marked\s+true/.test(text),
    elements: new Set([...text.matchAll(/\/S\s*\/([A-Z][A-Za-z0-9]*)/g)].map((found) => found[1])),
    lang: /\/Lang\s*\(sv\)/.test(text),
  };
}

/** Adds entries by their forms, without drawing each page. */
async function addMany(page, visit, section, kind, count, fields) {
  for (let n = 0; n < count; n += 1) {
    const form = { ...fields(n), seen: 'yes' };
    const answer = await page.request.post(`/map/${section}/${kind}/new`, { form, headers: { origin: visit.base }, maxRedirects: 0 });
    must(answer.status() === 303, `entry ${n} of ${kind}: ${answer.status()}`);
  }
}

async function outlines(page) {
  await page.goto('/map');
  await go(page, 'main a[href="/map/outlines"]');
  return page.locator('main .summary-rows a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
}

/** The words that paper shows. */
async function onPaper(page) {
  await page.emulateMedia({ media: 'print' });
  const text = await page.locator('main').innerText();
  await page.emulateMedia({ media: null });
  // Numbers stand between marks of direction.
  return text.replace(/[\u2068\u2069]/g, '');
}

test('a mapping on paper: two pages at most, tagged, with words for proof', async (visit) => {
  const page = await visit.open();
  const { full } = await people(page);
  await enter(page, full);
  const all = await outlines(page);
  must(all.length === 6, `six mappings, not ${all.length}`);
  // More than sixty with what stands there, and room left in each section.
  const free = async (section) => 30 - (await (await page.request.get(`/map/${section}`)).text()).split('<li class="card">').length + 1;
  await addMany(page, visit, 'p05', 'work', Math.min(16, await free('p05')), (n) => ({ occupation: `timmerman och mångsysslare ${n}`, employer: LONG.slice(0, 110), from: '2011-05', to: '2015-09', extent: '75', form: 'employed', tasks: LONG }));
  await addMany(page, visit, 'p08', 'qualification', Math.min(16, await free('p08')), (n) => ({ name: `${n} ${LONG.slice(0, 100)}`, issuer: LONG.slice(0, 110), seqf: '4', part: 'part', issued: '2020-02' }));
  await addMany(page, visit, 'p06', 'informal', Math.min(16, await free('p06')), (n) => ({ what: `${n} ${LONG.slice(0, 100)}`, context: 'home_care', hours_per_week: '20', more: LONG }));
  for (const path of all) {
    const name = `print-${path.split('/').pop()}`;
    await page.goto(path);
    await visit.look(page, name);
    const paper = await printed(visit, page, name);
    must(paper.pages >= 1 && paper.pages <= 2, `${path} is ${paper.pages} pages`);
    must(paper.tagged && paper.lang, `${path} is not tagged: ${[...paper.elements]}`);
    for (const element of ['H1', 'H2', 'L', 'LI']) must(paper.elements.has(element), `${path} has no ${element}, only ${[...paper.elements]}`);
    const text = await onPaper(page);
    must(!/\b\d{6}(\d\d)?[-+]?\d{4}\b/.test(text), `${path} shows a personal number`);
    must(text.includes('Egen uppgift') && /och \d+ till/.test(text), `${path} says how things are proven and how many are left out`);
  }
});

test('what is sensitive is on paper only when it is open, and a sharing has its code', async (visit) => {
  const page = await visit.open();
  const { full } = await people(page);
  await enter(page, full);
  await page.goto('/map/outlines/af-plan');
  const folded = page.locator('.outline details');
  must((await folded.count()) >= 1, 'the sensitive groups are folded');
  const before = await onPaper(page);
  const secret = (await folded.first().locator('summary').innerText()).trim();
  must(!before.includes(secret), `"${secret}" is not on paper while folded`);
  await folded.first().locator('summary').click();
  must((await onPaper(page)).includes(secret), `"${secret}" is on paper once open`);

  let link = null;
  for (const path of await outlines(page)) {
    await page.goto(path);
    const links = page.locator(`main a[href^="${path}/"]`);
    if (await links.count()) link = links.first();
    if (link) break;
  }
  must(link, 'a live sharing with one who makes the mapping is offered');
  await go(page, link);
  await visit.look(page, 'print-shared');
  must(/^[0-9A-Z]{3}-[0-9A-Z]{3}$/.test((await page.locator('.outline-page .code').innerText()).trim()), 'the spoken code stands on it');
  must((await page.locator('.outline-page svg.qr title').count()) === 1, 'and the code to read with a phone, with words beside');
  const paper = await printed(visit, page, 'print-shared');
  must(paper.pages <= 2 && paper.tagged && paper.elements.has('Figure'), `${paper.pages} pages, ${[...paper.elements]}`);
});

test('the comparison prints without what one cannot press', async (visit) => {
  const page = await visit.open();
  const { full } = await people(page);
  await enter(page, full);
  await page.goto('/map/gap/care-assistant');
  await visit.look(page, 'gap');
  const paper = await printed(visit, page, 'print-gap');
  must(paper.tagged && paper.pages <= 3, `${paper.pages} pages`);
  must((await page.locator('main .btn:visible').count()) > 0, 'buttons stand on the screen');
  await page.emulateMedia({ media: 'print' });
  must((await page.locator('main .btn:visible').count()) === 0, 'and not on paper');
});
