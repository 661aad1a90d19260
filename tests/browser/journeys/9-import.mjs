// A file of someone else's and one of our own through the review page: every field of it stands there, by its words or by its place,
// and nothing is added before one says so.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { FORWARD, enter, go } from '../lib/steps.mjs';

const FOREIGN = fileURLToPath(new URL('../../../../shared/samples/jsonresume/sample.resume.json', import.meta.url));
/** What is understood as a day, a code or a level, and shown as such: such a field is found by the place it was read from. */
const CODED = /(Date|date|countryCode|fluency|language|level|studyType)$/;

/** What we write beside a format's own fields, for ourselves; a title stands there in the reader's language. */
const OURS = new RegExp(`${CODED.source}|\\.egenkarta\\.|\\.(name|position)$`);

/** Every text of the file with its place, as the review page names places: `work[0].position`. */
function leaves(value, place = '') {
  if (value === null || typeof value === 'boolean' || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((one, i) => leaves(one, `${place}[${i}]`));
  if (typeof value === 'object') return Object.entries(value).flatMap(([key, one]) => leaves(one, place ? `${place}.${key}` : key));
  return [[place, String(value)]];
}

/** Not what the file says of itself: its schema, its version. */
const ofThePerson = ([place]) => !/^(\$schema|meta)/.test(place);

const plain = (text) => text.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();

async function review(page, file) {
  await page.goto('/import');
  await page.setInputFiles('#file', file);
  await go(page, 'form[enctype] button.btn');
  must((await page.locator('.faults').count()) === 0, 'the file was read');
  return plain(await page.locator('main').innerText());
}

/** Fields of the file that the page neither shows by their words nor, where they are coded, by the entry that they went into. */
async function unseen(page, text, fields, coded = CODED) {
  const places = await page.locator('input[name="source"]').evaluateAll((all) => all.map((one) => one.value));
  const stands = ([place, value]) =>
    text.includes(plain(value)) || text.includes(place) || (coded.test(place) && places.some((one) => place.startsWith(one)));
  return fields.filter((field) => !stands(field)).map(([place, value]) => `${place} = ${value.slice(0, 60)}`);
}

async function counted(page) {
  await page.goto('/map');
  return (await page.locator('.summary-rows .count').allInnerTexts()).map(Number).reduce((sum, one) => sum + one, 0);
}

test('an import of a file that we did not write lists every field of it before anything is added', async (visit) => {
  if (!existsSync(FOREIGN)) {
    visit.say('skipped: ../shared is not here, so no file that we did not write is imported');
    return;
  }
  const page = await visit.open();
  const { all } = await people(page);
  await enter(page, all.find((one) => /robin/.test(one.id)));
  const before = await counted(page);
  const text = await review(page, FOREIGN);
  const left = await unseen(page, text, leaves(JSON.parse(readFileSync(FOREIGN, 'utf8'))).filter(ofThePerson));
  must(left.length === 0, `these fields do not stand on the page: ${left.join('; ')}`);
  await visit.look(page, 'import-foreign');
  must((await counted(page)) === before, 'nothing is added by a look');
});

test('what one has exported comes back through the review, and what is there already is not added twice', async (visit) => {
  const page = await visit.open();
  const { full } = await people(page);
  await enter(page, full);
  await page.goto('/export');
  const download = page.waitForEvent('download');
  await page.locator('form:has(input[name="format"][value="json-resume"]) button').click();
  const file = await (await download).path();
  const bytes = readFileSync(file);
  const text = await review(page, { name: 'mine.json', mimeType: 'application/json', buffer: bytes });
  const fields = leaves(JSON.parse(bytes.toString('utf8'))).filter(ofThePerson);
  must(fields.length > 20, `the export says something, not only ${fields.length} things`);
  const shown = await page.locator('input[name="source"]').count();
  must(shown > 10, `its entries stand on the page, not only ${shown}`);
  must((await page.locator('input[name="add"]:checked').count()) === 0, `what is on the map already is not offered again: ${text.slice(0, 300)}`);
  await visit.look(page, 'import-own');
  const left = await unseen(page, text, fields, OURS);
  must(left.length === 0, `these fields do not stand on the page: ${left.join('; ')}`);
  const before = await counted(page);
  await review(page, { name: 'mine.json', mimeType: 'application/json', buffer: bytes });
  await go(page, FORWARD);
  must((await counted(page)) === before, 'nothing was added twice');
});
