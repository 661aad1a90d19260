// Nothing typed is lost: by a change of language, by a fault, by a search.

import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { FORWARD, enter, fill, go } from '../lib/steps.mjs';

const TYPED = { occupation: 'fyrvaktare', employer: 'Skäret "Ö" & <co>', from: '1999-05', form: 'employed', tasks: 'Tände.\nSläckte.' };

async function stands(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const now = await page.evaluate(
      ([n]) => [...document.querySelectorAll(`#page-form [name="${n}"]`)].filter((e) => !/radio|checkbox/.test(e.type) || e.checked).map((e) => e.value).join('|'),
      [name],
    );
    must(now.replace(/\r/g, '') === value, `${name} still holds what was typed, not "${now}"`);
  }
}

for (const script of [true, false]) {
  test(`the language switch keeps what was typed, ${script ? 'with' : 'without'} script`, async (visit) => {
    const page = await visit.open({ script });
    const { full } = await people(page);
    await enter(page, full);
    await page.goto('/map/p05/work/new');
    await fill(page, TYPED);
    await go(page, 'button[name="language"][value="en"]');
    must((await page.locator('html').getAttribute('lang')) === 'en', 'the page is English now');
    await stands(page, TYPED);
    await visit.look(page, 'typed-english', { axe: script });
    await go(page, 'button[name="language"][value="sv"]');
    must((await page.locator('html').getAttribute('lang')) === 'sv', 'and Swedish again');
    await stands(page, TYPED);
  });
}

test('words of health are asked about before they are saved', async (visit) => {
  const page = await visit.open();
  const { full } = await people(page);
  await enter(page, full);
  await page.goto('/map/p05/work/new');
  await fill(page, { occupation: 'fyrvaktare', tasks: 'Slutade när jag fick en diagnos.' });
  await go(page, FORWARD);
  must(await page.isVisible('#delicate'), 'what was typed is asked about');
  must(await page.evaluate(() => document.activeElement.id === 'delicate'), 'the question is where one goes on');
  await stands(page, { occupation: 'fyrvaktare', tasks: 'Slutade när jag fick en diagnos.' });
  await visit.look(page, 'words-asked-about');
  await go(page, FORWARD);
  // Who will see it is the next question; nothing is saved for the journeys that follow.
  must((await page.isVisible('#audience')) && !(await page.isVisible('#delicate')), 'what was meant is not asked about again');
});

test('the language switch keeps the steps of sharing', async (visit) => {
  const page = await visit.open();
  const { full } = await people(page);
  await enter(page, full);
  await page.goto('/sharing/new');
  await page.fill('#query', 'Arbetsmarknad');
  await go(page, FORWARD);
  await go(page, 'button[name="unit"]');
  await page.locator('input[name="purpose"]').first().check();
  await go(page, FORWARD);
  await page.check('input[name="section"][value="p07"]');
  await go(page, 'button[name="language"][value="en"]');
  must(await page.isChecked('input[name="section"][value="p07"]'), 'the tick stands after the change of language');
  await go(page, FORWARD);
  must(await page.locator('#mode-view').count(), 'and the next step follows');
});

test('a fault keeps what was typed and leads to the field', async (visit) => {
  const page = await visit.open();
  const { full } = await people(page);
  await enter(page, full);
  await page.goto('/map/p05/work/new');
  const wrong = { ...TYPED, occupation: '', from: '1999-13', tasks: 'å'.repeat(501) };
  await fill(page, wrong);
  await go(page, FORWARD);
  must((await page.locator('.faults li a').count()) >= 3, 'the summary names each fault');
  await stands(page, wrong);
  await visit.look(page, 'faults');
  const focused = await page.evaluate(() => document.activeElement.id);
  must(focused === 'faults', `the focus stands at the summary, not at "${focused}"`);
  await page.locator('.faults li a').first().click();
  const led = await page.evaluate(() => [document.activeElement.id, document.activeElement.getAttribute('aria-invalid')]);
  must(led[0] === 'occupation' && led[1] === 'true', `a fault leads to its field, not to ${led}`);
});

test('a search for a concept keeps what was typed, without script', async (visit) => {
  const page = await visit.open({ script: false });
  const { full } = await people(page);
  await enter(page, full);
  await page.goto('/map/p05/work/new');
  await fill(page, { ...TYPED, occupation: 'undersköt' });
  await go(page, 'button[name="search"][value="occupation"]');
  must((await page.locator('input[name="occupation-uri"]').count()) >= 2, 'suggestions stand below the field');
  await stands(page, { ...TYPED, occupation: 'undersköt' });
  await visit.look(page, 'concept-found', { axe: false });
});

test('a concept is suggested while one types, and is told in words', async (visit) => {
  const page = await visit.open();
  const { full } = await people(page);
  await enter(page, full);
  await page.goto('/map/p05/work/new');
  await page.locator('#occupation[role=combobox]').waitFor();
  await page.locator('#occupation').pressSequentially('undersköt', { delay: 30 });
  await page.locator('[role=option]').first().waitFor();
  await visit.look(page, 'concept-typing');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const uri = await page.locator('[name="occupation-uri"]').first().inputValue();
  must(/^https?:\/\//.test(uri), `the concept's address is kept, not "${uri}"`);
});
