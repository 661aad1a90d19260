// The whole way by keyboard alone: no click, and the focus can always be seen.

import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { press, tabTo, tick, typeInto } from '../lib/keyboard.mjs';
import { FORWARD, path } from '../lib/steps.mjs';

test('keyboard only: unlock, add, share, withdraw', async (visit) => {
  const page = await visit.open();
  const { full } = await people(page);
  await press(page, `form:has(input[name="persona"][value="${full.id}"]) button`);
  const there = `button[name="person"][value="${full.id}"]`;
  if (await page.locator(there).count()) await press(page, there);
  await typeInto(page, '#passphrase', full.passphrase);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  must((await path(page)) === '/map', `Enter in the field unlocks, not ${page.url()}`);

  await page.keyboard.press('Tab');
  must(await page.evaluate(() => document.activeElement.matches('.skip')), 'the first stop leads past the menu');
  await page.keyboard.press('Enter');
  await press(page, 'a[href="/map/p07"]');
  await press(page, 'a[href="/map/p07/skill/new"]');
  await typeInto(page, '#skill', 'stoppa strumpor');
  // Enter in a field saves: it must never be the language that answers.
  await page.keyboard.press('Escape');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  must((await page.evaluate(() => document.documentElement.lang)) === 'sv', 'Enter did not change the language');
  if (await page.locator('#audience').count()) await press(page, FORWARD);
  must((await page.locator('main').innerText()).includes('stoppa strumpor') || (await page.goto('/map/p07').then(() => page.content())).includes('stoppa strumpor'), 'the entry was saved');

  await press(page, 'nav a[href="/sharing"]');
  await press(page, 'a[href="/sharing/new"]');
  await typeInto(page, '#query', 'Arbetsmarknad');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await press(page, 'button[name="unit"]');
  await tick(page, 'input[name="purpose"]');
  await press(page, FORWARD);
  await tick(page, 'input[name="section"][value="p07"]');
  await press(page, FORWARD);
  await tick(page, '#mode-view');
  await tick(page, '#until-1');
  await press(page, FORWARD);
  await press(page, 'button[name="answer"][value="yes"]');
  const code = (await page.locator('.big-code .code').innerText()).trim();
  await press(page, 'nav a[href="/sharing"]');
  const address = await page.locator('.card').filter({ hasText: code }).locator('a[href$="/withdraw"]').getAttribute('href');
  await press(page, `a[href="${address}"]`);
  await press(page, `form[action="${address}"] button`);
  must(!(await page.content()).includes('faults'), 'withdrawn by keyboard');
  await tabTo(page, '.leave button');
});
