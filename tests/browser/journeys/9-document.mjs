// A document: added beside what it is about, shared by its name, fetched by the reader as a download that may run nothing; whoever was
// not given it does not get it.

import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people, staffOf } from '../lib/demo.mjs';
import { addEntry, enter, faults, go, openAll, read, share } from '../lib/steps.mjs';

const UNIT = 'Arbetsmarknad';
const [SKILL, TITLE, OTHER] = ['binda böcker', 'Intyg från bokbinderiet', 'Brev från bokbinderiet'];

/** Adds a photograph beside the entry on whose page one stands. */
async function attach(page, visit, title, picture) {
  await go(page, 'main a[href^="/map/p20/"]');
  await page.fill('#title', title);
  await go(page, 'form[enctype] .actions button');
  must((await page.locator('#file-wrong').count()) === 1 && (await page.inputValue('#title')) === title, 'without a file it says so, and the title stays');
  if (picture) await visit.look(page, picture);
  await page.setInputFiles('#file', { name: 'IMG_2026.jpg', mimeType: 'image/jpeg', buffer: await page.screenshot({ type: 'jpeg', quality: 40 }) });
  if (await page.locator('input[name="what"]').count()) await page.locator('input[name="what"]').first().check();
  await go(page, 'form[enctype] .actions button');
  must((await page.locator('.faults, .wrong').count()) === 0, `not kept: ${await faults(page)}`);
}

/** Presses the buttons' own form as the page would, and keeps the answer. */
function fetched(page, form) {
  return page.request.post(form.action, { form: { case: form.case }, headers: { origin: new URL(page.url()).origin }, maxRedirects: 0 });
}

const forms = (page) =>
  page.locator('form[action*="/files/"]').evaluateAll((all) => all.map((one) => ({ action: one.action, case: one.elements.case.value, text: one.closest('li').innerText })));

test('a document is shared by its name, fetched as a download, and not by whoever was not given it', async (visit) => {
  const [person, staff, other] = [await visit.open(), await visit.open(), await visit.open()];
  const found = await people(person);
  const { full } = found;
  await enter(person, full);
  await addEntry(person, 'p07', { skill: SKILL });
  await person.goto('/map/p07');
  const entry = await person.locator('main a[href^="/entries/"]').filter({ hasText: SKILL }).first().getAttribute('href');
  for (const [title, picture] of [[TITLE, 'document-new'], [OTHER, '']]) {
    await person.goto(entry.replace(/\/edit$/, ''));
    await attach(person, visit, title, picture);
  }
  await visit.look(person, 'document-beside');
  must((await person.locator('main').innerText()).includes(TITLE), 'it stands beside what it is about');
  await go(person, person.locator('main a').filter({ hasText: TITLE }).first());
  await visit.look(person, 'document');

  const look = (name) => visit.look(person, `document-share-${name}`);
  const given = await share(person, { unit: UNIT, sections: ['p07'], named: [TITLE], passphrase: full.passphrase }, (name) => (/what|summary/.test(name) ? look(name) : undefined));
  must(given.preview.includes(TITLE) && !given.preview.includes(OTHER), 'what is shown beforehand is the one document');

  const reader = staffOf(found, UNIT);
  await enter(staff, reader);
  const text = await read(staff, given.code, '26-220');
  await visit.look(staff, 'document-read');
  must(text.includes(TITLE) && !text.includes(OTHER), 'the reader sees the one, and not that there is another');
  const [form] = (await forms(staff)).filter((one) => one.text.includes(TITLE));
  must(form, 'with a button for the file');
  const [download] = await Promise.all([staff.waitForEvent('download'), staff.locator(`form[action="${new URL(form.action).pathname}"] button`).click()]);
  must(/\.jpe?g$/.test(download.suggestedFilename()), `a file of its kind: ${download.suggestedFilename()}`);
  const answer = await fetched(staff, form);
  const headers = answer.headers();
  must(answer.status() === 200 && headers['content-type'] === 'image/jpeg', `${answer.status()} ${headers['content-type']}`);
  must(/default-src 'none'.*sandbox/.test(headers['content-security-policy']) && /^attachment/.test(headers['content-disposition']), 'it may run nothing');

  await enter(other, found.staff.find((one) => !one.unit.includes(UNIT)));
  must((await fetched(other, form)).status() === 404, 'another unit gets nothing by the same address');
  const later = await share(person, { unit: UNIT, sections: ['p07'], passphrase: full.passphrase });
  const without = await read(staff, later.code, '26-221');
  must(without.includes(SKILL) && !without.includes(TITLE), 'who was given all skills was not given the document');
  must((await fetched(staff, { ...form, action: form.action.replace(/inbox\/[^/]+/, `inbox/${later.address.split('/').pop()}`) })).status() === 404, 'nor by another sharing');
});
