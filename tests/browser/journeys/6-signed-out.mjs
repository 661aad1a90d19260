// What someone was typing when they were signed out comes back when they have signed in again: a person's entry, a caseworker's question.

import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people, staffOf } from '../lib/demo.mjs';
import { FORWARD, enter, fill, go, path, signIn, unlock } from '../lib/steps.mjs';

/** Signs the page's person out elsewhere, with a copy of the cookies; the page as it stands hears nothing of it. */
async function signedOutElsewhere(visit, page, home) {
  const other = await visit.open();
  await other.context().addCookies(await page.context().cookies());
  await other.goto(home);
  await go(other, '.logout button');
}

/** From the start page, which says that it was kept, to the form with what was typed. */
async function back(visit, page, persona, picture) {
  must(/\?kept/.test(page.url()), `the start page says that it was kept, not ${page.url()}`);
  await visit.look(page, `${picture}-kept`);
  await signIn(page, persona.id);
  await unlock(page, persona.passphrase);
  await visit.look(page, `${picture}-go-on`);
  await go(page, 'main form .btn:not(.end, .plain)');
  await visit.look(page, `${picture}-typed`);
}

for (const lang of ['sv', 'en']) {
  test(`signed out while writing an entry (${lang})`, async (visit) => {
    const page = await visit.open({ lang });
    const { full } = await people(page);
    await enter(page, full);
    await page.goto('/map/p05/work/new');
    await fill(page, { employer: 'Bageriet vid torget' });
    await signedOutElsewhere(visit, page, '/map');
    await go(page, FORWARD);
    await back(visit, page, full, `${lang}-signed-out`);
    must((await page.inputValue('[name="employer"]')) === 'Bageriet vid torget', 'what was typed stands in the form');
    await page.goto('/map/p05');
    must(!(await page.locator('main').innerText()).includes('Bageriet vid torget'), 'and is not saved before the person says so');
  });

  test(`signed out while asking for a part (${lang})`, async (visit) => {
    const page = await visit.open({ lang });
    const staff = staffOf(await people(page), 'Arbetsmarknad');
    await enter(page, staff);
    await page.goto('/staff/requests');
    await page.check('#section-p07');
    await page.check('#mode-view');
    await signedOutElsewhere(visit, page, '/staff/inbox');
    await go(page, FORWARD);
    await back(visit, page, staff, `${lang}-signed-out-staff`);
    must((await path(page)) === '/staff/requests', `back at the form, not at ${page.url()}`);
    must((await page.isChecked('#section-p07')) && (await page.isChecked('#mode-view')), 'what was ticked stands in the form');
  });
}
