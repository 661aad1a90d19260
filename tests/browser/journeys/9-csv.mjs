// Many proofs by one file: a trade body brings a CSV file, sees what is wrong with it, issues all rows, prints the codes, and a person
// takes one by its code.

import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { enter, faults, go } from '../lib/steps.mjs';

const ROWS = 12;
const row = (n) => `"Kursdeltagare ${n}, hösten",order-picking,pick,part,E2`;
const FILE = ['label,framework,criteria,part,level', ...Array.from({ length: ROWS }, (_, n) => row(n + 1))];

async function bring(page, lines) {
  await page.goto('/staff/issuing/files');
  await page.setInputFiles('#file', { name: 'kursen.csv', mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\r\n')}\r\n`) });
  await go(page, 'form[enctype] button.btn');
}

/** Presses once; the page goes on by itself until all is issued. */
async function issueAll(page, visit) {
  const begin = 'form[action$="/begin"] button';
  must((await page.locator('h1').innerText()).includes(String(ROWS)), 'the page says how many there are');
  await visit.look(page, 'csv-dry');
  must((await page.locator('a[href*="/sheet"]').count()) === 0, 'nothing is issued by a look');
  await go(page, begin);
  await page.locator('a[href$="/codes.csv"]').waitFor();
  await visit.look(page, 'csv-issued');
}

/** The printed codes, by the words of their rows. */
async function codes(page, visit) {
  await go(page, 'a[href*="/sheet"]');
  await visit.look(page, 'csv-sheet');
  const sheets = page.locator('.sheet.claim');
  must((await sheets.count()) === ROWS && (await sheets.locator('svg.qr').count()) === ROWS, 'each has a sheet with a code and a picture of it');
  await page.emulateMedia({ media: 'print' });
  must((await page.locator('main .btn:visible').count()) === 0, 'no button stands on paper');
  await page.emulateMedia({ media: null });
  const all = await sheets.evaluateAll((some) => some.map((one) => [one.querySelector('h2').innerText.trim(), one.querySelector('.code').innerText.trim()]));
  must(new Set(all.map(([, code]) => code)).size === ROWS, 'no two codes are alike');
  return new Map(all);
}

test('a file of assessments is checked, issued and printed, and a person takes one by its code', async (visit) => {
  const [staff, person] = [await visit.open(), await visit.open()];
  const found = await people(staff);
  await enter(staff, found.staff.find((one) => /fatima/.test(one.id)));
  await bring(staff, [...FILE, row(99).replace('E2', 'E9')]);
  const wrong = await staff.locator('table').innerText();
  must(/\b14\b/.test(wrong) && wrong.includes('level'), `the line and the column of what is wrong: ${wrong}`);
  await visit.look(staff, 'csv-wrong');
  await bring(staff, FILE);
  must((await staff.locator('.faults').count()) === 0, `not taken: ${await faults(staff)}`);
  await issueAll(staff, visit);
  const batch = staff.url();
  const code = (await codes(staff, visit)).get('Kursdeltagare 7, hösten');
  await enter(person, found.full);
  for (const round of ['first', 'second']) {
    await person.goto('/offer');
    await person.fill('#code', code.toLowerCase().replaceAll('-', ' '));
    await go(person, '#page-form button.btn');
    if (round === 'second') break;
    must((await person.locator('main').innerText()).includes('Plocka order'), 'what is offered is shown first');
    await go(person, '#page-form button.btn');
    must((await person.locator('.faults').count()) === 0, `not taken: ${await faults(person)}`);
  }
  must((await person.locator('form[action="/offer/accept"]').count()) === 0, 'a code serves once');
  await person.goto('/map/p08');
  must(/Plocka/.test(await person.locator('main').innerText()), 'the proof stands on the map');
  must(!(await person.content()).includes('Kursdeltagare'), 'what the unit calls its rows stays with the unit');

  await staff.goto(batch);
  await go(staff, 'form[action$="/printed"] button');
  must((await staff.locator('a[href$="/codes.csv"], a[href*="/sheet"]').count()) === 0, 'printed, the codes are forgotten');
});
