// The guided mapping from nothing to a finished map: by keyboard alone, at 320 px, without script. Half-way it is stopped and gone on
// with on another device. Counts pages, activations and typed characters.

import { test } from '../lib/runner.mjs';
import { must, NARROW } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { press, tabTo, tick, typeInto } from '../lib/keyboard.mjs';
import { enter, firstPassphrase, FORWARD, go, path, signIn, startOver, unlock } from '../lib/steps.mjs';

export const LANGUAGES = ['sv', 'ar'];

/** A page of someone's own, with what it took so far. */
class Hands {
  constructor(visit, page, lang, count = { pages: 0, activations: 0, typed: 0 }) {
    Object.assign(this, { visit, page, lang, count, seen: [] });
  }

  async press(selector) {
    await press(this.page, selector);
    this.count.pages += 1;
    this.count.activations += 1;
  }

  /** Ticks the nth of what is offered. */
  async pick(...numbers) {
    for (const n of numbers) {
      await tick(this.page, `#pick-${n}`);
      this.count.activations += 1;
    }
  }

  async tick(selector) {
    await tick(this.page, selector);
    this.count.activations += 1;
  }

  async type(selector, text) {
    await typeInto(this.page, selector, text);
    this.count.typed += text.length;
  }

  /** Chooses in a list as one does by keyboard: by the name's letters, or, in a script whose keys this browser lacks, by the arrow. */
  async choose(selector, value) {
    const name = await this.page.locator(`${selector} option[value="${value}"]`).innerText();
    await tabTo(this.page, selector);
    if (/^[\x20-\u024f]+$/.test(name)) {
      await this.page.keyboard.type(name, { delay: 20 });
    } else {
      const order = await this.page.locator(`${selector} option`).evaluateAll((all) => all.map((one) => one.value));
      for (let i = 0; i < order.indexOf(value); i += 1) await this.page.keyboard.press('ArrowDown');
    }
    must((await this.page.locator(selector).inputValue()) === value, `the keys for "${name}" choose it`);
    this.count.activations += 1;
  }

  /** Looks at the question, and holds that it is this one. */
  async asked(question) {
    must((await path(this.page)) === `/guide/${question}`, `the question is ${question}, not ${this.page.url()}`);
    must(await this.page.locator('#guide-progress').isVisible(), 'it says how far one has come');
    // axe needs script: it looks at these pages afterwards.
    await this.visit.look(this.page, `guide-${this.lang}-${question}`, { axe: false });
    this.seen.push(question);
  }

  async on() {
    await this.press(FORWARD);
    must((await this.page.locator('.faults').count()) === 0, 'the answer was taken');
  }
}

/** The empty persona, whatever an earlier journey made of it. */
async function newcomer(page) {
  const { empty } = await people(page);
  await signIn(page, empty.id);
  if (/unlock/.test(await path(page))) {
    await startOver(page);
    await signIn(page, empty.id);
  }
  return empty;
}

/** The same questions once more, with script, held against axe. */
async function withAxe(visit, lang, { id, words }, questions) {
  const page = await visit.open({ lang });
  await signIn(page, id);
  await unlock(page, words);
  for (const question of questions) {
    await page.goto(`/guide/${question}`);
    await visit.look(page, `guide-${lang}-${question}-wide`);
  }
}

for (const lang of LANGUAGES) {
  test(`guided mapping, ${lang}: by keyboard, at 320 px, without script`, async (visit) => {
    const options = { lang, script: false, size: NARROW };
    const page = await visit.open(options);
    const { id } = await newcomer(page);
    const { words } = await firstPassphrase(page);
    let hands = new Hands(visit, page, lang);
    await hands.press('a[href="/guide"]');

    await hands.asked('name');
    await hands.type('#name', 'Amal');
    await hands.on();
    await hands.asked('background');
    await hands.tick('input[name="pick"][value="short"]');
    await hands.on();
    await hands.asked('situations');
    const before = hands.count.typed;
    for (const one of ['cooking', 'children']) await hands.tick(`input[name="pick"][value="${one}"]`);

    // Stopped here, and gone on with on another device: what it costs to come back is not part of the way.
    await press(page, 'button[name="go"][value="stop"]');
    must((await path(page)) === '/map', 'stopping leads to the map');
    const other = await visit.open(options);
    await signIn(other, id);
    await unlock(other, words);
    await press(other, 'a[href="/guide"]');
    const seen = hands.seen;
    hands = new Hands(visit, other, lang, hands.count);
    hands.count.pages += 1;
    hands.count.activations += 1;

    await hands.asked('homeskills');
    const skills = await other.locator('.tile label').allInnerTexts();
    must(skills.length >= 6, `skills are offered, not only ${skills.length}`);
    // Back, and on again: the ticks made before going back are kept.
    await hands.pick(1);
    await press(other, 'button[name="go"][value="back"]');
    must((await path(other)) === '/guide/situations', 'back leads one page back');
    must((await other.locator('.known li').count()) === 2, 'what was ticked there is known');
    await press(other, 'button[name="go"][value="skip"]');
    must((await other.locator('.known').innerText()).includes(skills[0].trim()), 'the tick made before going back was kept');
    await hands.pick(1, 2);
    await hands.on();
    await hands.asked('levels');
    for (const n of [1, 2, 3]) await hands.tick(`#level-${n}-${n + 1}`);
    await hands.on();
    must(hands.count.typed - before <= 10, `P06 and P07 took ${hands.count.typed - before} typed characters`);

    await hands.asked('languages');
    await hands.choose('#language', 'sv');
    await hands.on();
    for (const [question, level] of [['language', 3], ['language-0-1', 3], ['language-0-2', 2]]) {
      await hands.asked(question);
      await hands.pick(level);
      await hands.on();
    }
    await hands.asked('schooling');
    await hands.pick(2);
    await hands.on();
    await hands.asked('licences');
    await hands.press('button[name="go"][value="skip"]');
    await hands.asked('goals');
    await hands.press('button[name="go"][value="skip"]');
    await hands.asked('conditions');
    await hands.tick('#times-day');
    await hands.on();
    must((await path(other)) === '/guide/done', `the end is a summary, not ${other.url()}`);
    await visit.look(other, `guide-${lang}-done`, { axe: false });
    for (const section of ['p01', 'p03', 'p04', 'p06', 'p07', 'p11']) {
      must(await other.locator(`main a[href="/map/${section}"]`).count(), `${section} stands in the summary`);
    }
    await hands.press('main a.btn[href="/map"]');
    const map = await other.locator('main').innerText();
    must(map.includes(skills[0].trim()) && map.includes('Amal'), 'the skill and the name stand on the map');
    const { pages, activations, typed } = hands.count;
    visit.say(`# guided mapping, short path, ${lang}: ${pages} pages, ${activations} activations, ${typed} typed characters`);
    await withAxe(visit, lang, { id, words }, [...seen, ...hands.seen, 'done']);
    must(pages <= 20 && activations <= 60 && typed <= 10, 'the short path is short');
  });
}

test('guided mapping: an occupation offers its skills, and who will see them is said first', async (visit) => {
  const page = await visit.open({ script: false, size: NARROW });
  const { full } = await people(page);
  await enter(page, full);
  await page.goto('/guide/background');
  await tick(page, 'input[name="pick"][value="paid"]');
  await press(page, FORWARD);
  must((await path(page)) === '/guide/work', `paid work leads to the occupation, not ${page.url()}`);
  await typeInto(page, '#occupation', 'bagare');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await tick(page, 'input[name="occupation-uri"]:not([value=""])');
  const first = await told(page);
  must(/^\/guide\/workskills/.test(await path(page)), `the occupation leads to its skills, not ${page.url()}`);
  const skill = (await page.locator('.tile label').first().innerText()).trim();
  await tick(page, '#pick-1');
  await visit.look(page, 'guide-workskills', { axe: false });
  const second = await told(page);
  must(first || second, 'a live consent covers one of the two, and the page said so before it saved');
  await page.goto('/map/p07');
  must((await page.locator('main').innerText()).includes(skill), `"${skill}" became a skill`);
});

/** Goes on; where a live consent covers the answer, once more after seeing who it is. Returns whether one did. */
async function told(page) {
  await press(page, FORWARD);
  const covered = (await page.locator('#audience').count()) > 0;
  if (covered) await press(page, FORWARD);
  must((await page.locator('.faults').count()) === 0, 'the answer was taken');
  return covered;
}
