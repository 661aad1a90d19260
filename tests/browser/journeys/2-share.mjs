// Give a part, be read, see it, take it back. With script, and once more without.

import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people, staffOf } from '../lib/demo.mjs';
import { FORWARD, addEntry, enter, go, openAll, read, share, withdraw } from '../lib/steps.mjs';

const UNIT = 'Arbetsmarknad';

/** Through the steps until the one that asks in what way. */
async function toHow(page) {
  await page.goto('/sharing/new');
  await page.fill('#query', UNIT);
  await go(page, FORWARD);
  await go(page, 'button[name="unit"]');
  await page.locator('input[name="purpose"]').first().check();
  await go(page, FORWARD);
  await openAll(page);
  await page.check('input[name="section"][value="p07"]');
  await go(page, FORWARD);
}

for (const script of [true, false]) {
  const how = script ? 'with script' : 'without script';
  test(`share, be read, see it, withdraw, ${how}`, async (visit) => {
    const person = await visit.open({ script });
    const staff = await visit.open({ script });
    const found = await people(person);
    const reader = staffOf(found, UNIT);
    const look = (page, who) => (name) => visit.look(page, `share-${script ? '' : 'noscript-'}${who}-${name}`, { axe: script });
    await enter(person, found.full);
    const mark = script ? 'knyta nät' : 'knyta mattor';
    const hidden = script ? 'fläta korgar' : 'fläta halm';
    await addEntry(person, 'p07', { skill: mark });
    await addEntry(person, 'p07', { skill: hidden });

    const given = await share(person, { unit: UNIT, sections: ['p07'], keepOut: [hidden], passphrase: found.full.passphrase }, look(person, 'person'));
    must(given.preview.includes(mark) && !given.preview.includes(hidden), 'the preview shows what is shared and not what is kept out');

    await enter(staff, reader);
    const text = await read(staff, given.code, 'ärende 26-117', look(staff, 'staff'));
    must(text.includes(mark), 'staff read what is shared');
    must(!text.includes(hidden), 'staff do not read what is kept out');
    must(text.includes('26-117'), 'the case reference stands on the page');

    await person.goto('/events');
    await look(person, 'person')('events');
    const line = await person.locator('.log li').first().innerText();
    must(line.includes(reader.name), `the newest line names who read, not "${line}"`);
    await person.goto(given.address);
    await look(person, 'person')('consent');
    must((await person.locator('.log').innerText()).includes(reader.name), 'the consent names who read');

    const reading = staff.url();
    await withdraw(person, given.address, look(person, 'person'));
    const again = await staff.goto(`/staff/inbox/${given.address.split('/').pop()}`);
    must(!(await staff.content()).includes(mark), `after the withdrawal nothing is read (${again.status()}, was ${reading})`);
    must((await staff.locator('#case').count()) === 0, 'and nothing more can be asked for');
    await staff.goto('/staff/inbox');
    await look(staff, 'staff')('inbox-ended');
    const live = staff.locator('table').filter({ hasText: given.code });
    must((await live.count()) === 0, 'the inbox counts it among the ended');
  });
}

test('the steps of sharing lead back, and nothing that was answered is lost', async (visit) => {
  const page = await visit.open({ script: false });
  const { full } = await people(page);
  await enter(page, full);
  await toHow(page);
  await page.check('#mode-copy');
  await page.check('#until-1');
  await go(page, FORWARD);
  await go(page, '.actions button[formaction$="/how"]');
  must(await page.isChecked('#mode-copy'), 'back from the last step, the way stands as it was chosen');
  await go(page, 'button[formaction$="/what"]');
  must(await page.isChecked('input[name="section"][value="p07"]'), 'and so what is shared');
  await go(page, 'button[formaction$="/purpose"]');
  must(await page.locator('input[name="purpose"]').first().isChecked(), 'and why');
  for (let step = 0; step < 3; step += 1) await go(page, FORWARD);
  await go(page, 'dl button[formaction$="/what"]');
  must(await page.isChecked('input[name="section"][value="p07"]'), 'a row of the summary leads to its answer');
  await visit.look(page, 'share-back', { axe: false });
});

test('a unit that was given nothing reads nothing', async (visit) => {
  const page = await visit.open();
  const found = await people(page);
  const person = await visit.open();
  await enter(person, found.full);
  const given = await share(person, { unit: UNIT, sections: ['p07'], passphrase: found.full.passphrase });
  const other = found.staff.find((p) => !p.unit.includes(UNIT));
  await enter(page, other);
  const answer = await page.goto(`/staff/inbox/${given.address.split('/').pop()}`);
  must(answer.status() === 404, `another unit gets ${answer.status()}`);
  await visit.look(page, 'not-found');
});

for (const script of [true, false]) {
  test(`the browser's own Back and reload find each step again, ${script ? 'with script' : 'without script'}`, async (visit) => {
    const page = await visit.open({ script });
    const { full } = await people(page);
    await enter(page, full);
    await toHow(page);
    await page.reload();
    await page.check('#mode-copy');
    await page.check('#until-1');
    await go(page, FORWARD);
    await page.reload();
    must((await page.locator('button[name="answer"][value="yes"]').count()) === 1, 'the summary stands as it was');
    for (const field of ['#mode-copy', 'input[name="section"][value="p07"]', 'input[name="purpose"]', 'button[name="unit"]', '#query']) {
      const answer = await page.goBack();
      must(answer.status() === 200 && (await page.locator(field).count()) > 0, `Back leads to ${field}`);
    }
    for (let step = 0; step < 5; step += 1) await page.goForward();
    await go(page, '.actions button[formaction$="/how"]');
    must(await page.isChecked('#mode-copy'), 'and Forward to the summary with all that was answered');
    must(!/job_matching|section|mode/.test(new URL(page.url()).search), 'the address says nothing');
  });
}
