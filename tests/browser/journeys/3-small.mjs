// On a small screen the page begins where the page is, not under its own menu; and nothing covers the field that one has come to.

import { test } from '../lib/runner.mjs';
import { NARROW, must } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { DIRECTIONS } from '../lib/look.mjs';
import { press, tabTo, typeInto } from '../lib/keyboard.mjs';
import { enter, go } from '../lib/steps.mjs';

/** How far down the heading stands, and whether all of the header can be seen without scrolling sideways. */
function top(page) {
  return page.evaluate(() => document.querySelector('h1').getBoundingClientRect().top);
}

test('at 320 px the heading stands near the top, in every language', async (visit) => {
  const page = await visit.open({ size: NARROW });
  const { full } = await people(page);
  await enter(page, full);
  for (const lang of Object.keys(DIRECTIONS)) {
    await page.context().addCookies([{ name: 'language', value: lang, url: visit.base }]);
    await page.goto('/map');
    must((await page.locator('html').getAttribute('lang')) === lang, `the map is in ${lang}`);
    // The words of a Somali menu take two lines each.
    must((await top(page)) < (lang === 'so' ? 240 : 200), `in ${lang} the heading stands at ${await top(page)} px`);
    const meet = await page.evaluate(() => {
      const boxes = ['.tongue > summary', '.leave button', '.brand'].map((one) => document.querySelector(one).getBoundingClientRect());
      return boxes.some((a, i) => boxes.some((b, j) => i < j && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
    });
    must(!meet, `in ${lang} the brand, the language and the way out cover each other`);
    await visit.look(page, `small-${lang}`, { axe: lang === 'sv' || lang === 'ar' });
  }
});

test('the languages are one fold on a small screen, with and without script, by keyboard', async (visit) => {
  for (const script of [true, false]) {
    const page = await visit.open({ size: NARROW, script });
    await page.goto('/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    if (script) must(await page.evaluate(() => document.activeElement.matches('.tongue > summary')), 'the fold is the first stop after the skip link');
    must(!(await page.locator('.languages button').first().isVisible()), 'the languages are folded');
    await page.locator('.tongue > summary').press('Enter');
    await go(page, '.languages button[value="ar"]');
    must((await page.locator('html').getAttribute('lang')) === 'ar', 'the page is in Arabic now');
    if (script) await visit.look(page, 'small-start-ar');
  }
  const page = await visit.open({ size: NARROW });
  await page.goto('/');
  await tabTo(page, '.tongue > summary');
  await page.keyboard.press('Enter');
  await press(page, '.languages button[value="en"]');
  must((await page.locator('html').getAttribute('lang')) === 'en', 'by keyboard too');
});

test('suggestions do not open over the field that one has gone on to', async (visit) => {
  const page = await visit.open();
  const { full } = await people(page);
  await enter(page, full);
  await page.goto('/map/p05/work/new');
  await typeInto(page, '#occupation', 'kock');
  await page.keyboard.press('Tab');
  await page.waitForTimeout(900);
  must(!(await page.locator('[role=listbox]').first().isVisible()), 'a list that was asked for before stays closed');
  // An answer that is on its way when the field is left.
  await page.route('**/taxonomy/search', async (route) => {
    await new Promise((later) => setTimeout(later, 500));
    await route.continue();
  });
  await page.fill('#occupation', 'kocka');
  await page.waitForTimeout(250);
  await page.focus('#employer');
  await page.waitForTimeout(900);
  must(!(await page.locator('[role=listbox]').first().isVisible()), 'nor does a late answer open it');
  await page.focus('#occupation');
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.locator('[role=listbox]').first().waitFor({ state: 'visible' });
  await page.keyboard.press('Escape');
  must(!(await page.locator('[role=listbox]').first().isVisible()), 'Escape closes it');
});

test('whoever types before the script has come goes on, and is given suggestions', async (visit) => {
  const page = await visit.open();
  const { full } = await people(page);
  await enter(page, full);
  let come;
  const called = new Promise((resolve) => {
    page.route('**/concept*.js', async (route) => {
      await new Promise((go) => {
        come = go;
        resolve();
      });
      await route.continue();
    });
  });
  await page.goto('/map/p05/work/new');
  await called;
  await page.locator('#occupation').click();
  await page.keyboard.type('ko');
  come();
  await page.locator('[role=combobox]').first().waitFor();
  await page.keyboard.type('ck');
  must((await page.inputValue('#occupation')) === 'kock', 'no letter is lost');
  await page.locator('[role=option]').first().waitFor();
  await page.fill('#occupation', '');
});

test('the warning and the footer follow what a suggestion has prolonged', async (visit) => {
  const page = await visit.open();
  const { full } = await people(page);
  await enter(page, full);
  await page.goto('/map/p05/work/new');
  // As if the page had stood for long.
  await page.evaluate(() => {
    document.querySelector('[data-seconds-left]').hidden = false;
    const ends = document.querySelector('[data-ends]');
    ends.textContent = ends.textContent.replace(/\d\d([.:])\d\d/, '00$100');
  });
  await page.fill('#occupation', 'kock');
  await page.waitForFunction(() => document.querySelector('[data-seconds-left]').hidden);
  must(!/00.00/.test(await page.locator('[data-ends]').innerText()), 'the footer says the new time');
});

test('a report of a barrier keeps what was typed at a change of language, and is sent', async (visit) => {
  const page = await visit.open();
  await page.goto('/accessibility');
  const typed = { what: 'Knappen syns inte', page: 'Min karta', answer: 'a@example.se' };
  for (const [name, text] of Object.entries(typed)) await page.fill(`[name=${name}]`, text);
  await go(page, 'button[name="language"][value="en"]');
  for (const [name, text] of Object.entries(typed)) must((await page.inputValue(`[name=${name}]`)) === text, `${name} is kept`);
  await visit.look(page, 'report-in-english');
  await go(page, '#page-form button.btn');
  must(!(await page.locator('#page-form').count()), 'thanks');
});

test('a long word widens no page', async (visit) => {
  const page = await visit.open();
  const { full } = await people(page);
  await enter(page, full);
  await page.goto('/map/p07/skill/new');
  await page.fill('#skill', 'W'.repeat(110));
  await go(page, '#page-form button.btn:not([formaction]):not([name])');
  if (await page.locator('#audience').count()) await go(page, '#page-form button.btn:not([formaction]):not([name])');
  for (const path of ['/map', '/map/p07']) {
    await page.goto(path);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    must(wide <= 0, `${path} scrolls sideways by ${wide} px`);
    await visit.look(page, `long-word${path.replaceAll('/', '-')}`, { axe: false });
  }
});
