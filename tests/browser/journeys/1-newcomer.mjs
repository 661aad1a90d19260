// From nothing to a map of one's own: sign in, six words, the sheet, entries of several kinds.

import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { addEntry, firstPassphrase, go, path, signIn, unlock } from '../lib/steps.mjs';

export const ENTRIES = [
  ['p01', { name: 'Sammi Prövare' }, 'Sammi Prövare'],
  ['p03', { language: 'uk', spoken_interaction: 'c1' }, 'ukrainska'],
  ['p04', { title: 'Kurs i mätteknik', from: '2014-09', completed: 'yes' }, 'mätteknik'],
  ['p05', { occupation: 'svetsare åt grannbyn', employer: 'Smedjan vid ån', from: '2015', ongoing: 'yes' }, 'svetsare åt grannbyn'],
  ['p07', { skill: 'laga dragspel', level: 'alone' }, 'laga dragspel'],
  ['p09', { licence: 'b', issued: '2012' }, 'B'],
];

test('newcomer: first passphrase, sheet, a map that grows', async (visit) => {
  const page = await visit.open();
  const { empty } = await people(page);
  await signIn(page, empty.id);
  const { words, code } = await firstPassphrase(page, visit, 'newcomer');
  must((await path(page)) === '/map', `after the sheet comes the map, not ${page.url()}`);
  await visit.look(page, 'newcomer-map-empty');
  for (const [section, fields, text] of ENTRIES) {
    const led = await addEntry(page, section, fields);
    await page.goto(`/map/${section}`);
    const shown = await page.locator('main').innerText();
    must(shown.includes(text), `"${text}" stands in ${section} after saving (led to ${led})`);
  }
  await page.goto('/map');
  await visit.look(page, 'newcomer-map');
  must((await page.locator('main').innerText()).includes('laga dragspel'), 'the skill stands on the map');

  // The words open the map anew, and so does the sheet.
  await go(page, 'form.logout button');
  await signIn(page, empty.id);
  must(/unlock/.test(await path(page)), `a second sign-in asks for the passphrase, not ${page.url()}`);
  await visit.look(page, 'newcomer-unlock');
  await unlock(page, 'dessa ord är inte de rätta här');
  must(await page.locator('#passphrase-wrong').count(), 'a wrong passphrase is said to be wrong');
  await visit.look(page, 'newcomer-unlock-wrong');
  await unlock(page, words);
  must((await path(page)) === '/map', `the right one opens the map, not ${page.url()}`);
  await go(page, 'form.logout button');
  await signIn(page, empty.id);
  await page.goto('/keys/unlock/sheet');
  await page.fill('#code', code.toLowerCase());
  await go(page, 'form:has(#code) button.btn');
  must((await page.locator('#code-wrong').count()) === 0, 'the code of the sheet opens, small letters too');
  await visit.look(page, 'newcomer-after-sheet');
});
