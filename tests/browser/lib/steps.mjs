// What people do, step by step, through forms only: by the names of fields and the addresses of forms, never by words, so that each
// step works in every language and without script.

import { must } from './browser.mjs';

/** Activates and waits for the page that follows. */
export async function go(page, target) {
  const locator = typeof target === 'string' ? page.locator(target).first() : target;
  await Promise.all([page.waitForNavigation(), locator.click()]);
}

/** The button by which the page's own form goes on: not a language, not a search, not an answer. */
export const FORWARD = '#page-form button.btn:not([formaction]):not([name])';

export async function path(page) {
  return new URL(page.url()).pathname;
}

/** Who a page has signed in as, and the six words that this person of this demo was given by whichever journey came first. */
const personas = new WeakMap();
const given = new Map();
const whose = (page) => `${new URL(page.url()).origin} ${personas.get(page)}`;

/** Signs in at the demo's provider as `persona`. */
export async function signIn(page, persona) {
  personas.set(page, persona);
  await page.goto('/demo');
  await go(page, `form:has(input[name="persona"][value="${persona}"]) button`);
  const there = page.locator(`button[name="person"][value="${persona}"]`);
  if (await there.count()) await go(page, there.first());
}

/** The six words that are offered, and the printed sheet; returns both secrets. */
export async function firstPassphrase(page, visit, picture) {
  must(/keys\/new$/.test(await path(page)), `a first sign-in leads to the passphrase, not to ${page.url()}`);
  if (picture) await visit.look(page, `${picture}-passphrase`);
  const words = (await page.locator('[data-copy]').first().innerText()).trim();
  must(words.split(/\s+/).length === 6, `six words are offered, not "${words.replace(/\S/g, 'x')}"`);
  await page.check('#choice-words');
  await go(page, FORWARD);
  given.set(whose(page), words);
  const code = (await page.locator('.sheet-code').innerText()).replace(/\s+/g, ' ').trim();
  must(code.replace(/\s/g, '').length >= 28, 'the sheet shows its code');
  if (picture) await visit.look(page, `${picture}-sheet`);
  await go(page, 'form[action$="/sheet/kept"] button');
  return { words, code };
}

export async function unlock(page, passphrase) {
  await page.fill('#passphrase', passphrase);
  await go(page, 'form:has(#passphrase) button.btn');
}

/** From the lock to an empty map once more: opened first, since a sign-in alone destroys nothing for three days. */
export async function startOver(page) {
  await unlock(page, given.get(whose(page)));
  await page.goto('/keys/start-over');
  await go(page, 'form[action="/keys/start-over"] button');
}

/** Signs in and unlocks with the demo persona's own passphrase. */
export async function enter(page, persona) {
  await signIn(page, persona.id);
  if (/unlock/.test(await path(page))) await unlock(page, persona.passphrase);
}

/** Fills a form's fields by name: text, choice (radio or select), ticks (an array), a date. */
export async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) await fillOne(page, name, String(one));
  }
}

async function fillOne(page, name, value) {
  const tick = page.locator(`#page-form input[name="${name}"][value=${JSON.stringify(value)}]:is([type=radio],[type=checkbox])`);
  if (await tick.count()) return tick.first().check();
  const field = page.locator(`#page-form [name="${name}"]:not([type=hidden])`).first();
  const kind = await field.evaluate((e) => e.tagName);
  return kind === 'SELECT' ? field.selectOption(value) : field.fill(value);
}

/** The section's first way of adding something, as its page offers it. */
async function openNew(page, section) {
  await page.goto(`/map/${section}`);
  await go(page, `a[href^="/map/${section}/"][href$="/new"]`);
}

/** Adds an entry; where a live consent covers it, says yes to what the page then asks. Returns the address it led to. */
export async function addEntry(page, section, fields) {
  await openNew(page, section);
  await fill(page, fields);
  await go(page, FORWARD);
  if (await page.locator('#audience').count()) await go(page, FORWARD);
  must((await page.locator('.faults').count()) === 0, `the entry was not taken: ${await faults(page)}`);
  return path(page);
}

export async function faults(page) {
  const all = page.locator('.faults li');
  return (await all.allInnerTexts()).join(' | ');
}

/** Gives a consent through all steps; `look` is called with each step's name. Returns its code and address. */
export async function share(page, { unit, purpose = 0, sections = [], entries = [], named = [], keepOut = [], mode = 'view', name = false, passphrase }, look = async () => {}) {
  await page.goto('/sharing/new');
  await look('unit');
  await page.fill('#query', unit);
  await go(page, FORWARD);
  await look('unit-found');
  await go(page, 'button[name="unit"]');
  await look('purpose');
  must((await page.locator('input[name="purpose"]:checked').count()) === 0, 'no purpose is chosen beforehand');
  await page.locator('input[name="purpose"]').nth(purpose).check();
  await go(page, FORWARD);
  await look('what');
  must((await page.locator('#what input:checked').count()) === 0, 'nothing is ticked beforehand');
  await chooseWhat(page, sections, entries, keepOut);
  // What is never part of a whole section is ticked by its own name.
  for (const text of named) await page.getByRole('checkbox', { name: text }).and(page.locator('[name="entry"]')).check();
  await go(page, FORWARD);
  await look('how');
  must((await page.locator('#page-form input[type=radio]:checked, #page-form input[type=checkbox]:checked').count()) === 0, 'neither way nor end is chosen beforehand');
  await page.check(`#mode-${mode}`);
  await page.check('#until-1');
  if (name) await page.check('#name');
  await go(page, FORWARD);
  await look('summary');
  if (passphrase && (await page.locator('#passphrase-again').count())) await page.fill('#passphrase-again', passphrase);
  const preview = await page.locator('#preview').innerText();
  await go(page, 'button[name="answer"][value="yes"]');
  must((await page.locator('.faults').count()) === 0, `not given: ${await faults(page)}`);
  await look('done');
  const code = (await page.locator('.big-code .code').innerText()).trim();
  must(/^[0-9A-Z]{3}-[0-9A-Z]{3}$/.test(code), `a spoken code, not "${code}"`);
  return { code, preview, address: await page.locator('a[href^="/sharing/"]:not([href="/sharing"])').last().getAttribute('href') };
}

async function chooseWhat(page, sections, entries, keepOut) {
  await openAll(page);
  for (const section of sections) await page.check(`input[name="section"][value="${section}"]`);
  for (const text of entries) await rowOf(page, text).locator('input[name="entry"]').check();
  for (const text of keepOut) await rowOf(page, text).locator('input[name="keep_out"]').check();
}

function rowOf(page, text) {
  return page.locator('.share-entries li, .sensitive .tick').filter({ hasText: text }).first();
}

/** Opens every folded part, as a person would by clicking each; outer ones first. */
export async function openAll(page) {
  for (let i = 0; i < 60; i += 1) {
    const closed = page.locator('main details:not([open]) > summary:visible');
    if ((await closed.count()) === 0) return;
    await closed.first().click();
  }
}

/** Staff: from the inbox by the spoken code to the reading page. Returns what stands there. */
export async function read(page, code, caseReference, look = async () => {}) {
  await page.goto('/staff/inbox');
  await look('inbox');
  await go(page, page.locator('main a').filter({ hasText: code }).first());
  await look('case');
  await page.fill('#case', caseReference);
  await go(page, FORWARD);
  await look('reading');
  await openAll(page);
  return page.locator('main').innerText();
}

/** Two activations, as promised: "withdraw" in the list, and yes. */
export async function withdraw(page, address, look = async () => {}) {
  await page.goto('/sharing');
  await go(page, `a[href="${address}/withdraw"]`);
  await look('withdraw');
  await go(page, `form[action="${address}/withdraw"] button`);
  await look('withdrawn');
}
