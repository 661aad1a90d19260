// A unit asks at the desk: the person answers by short code on any device, says no unseen, or answers with a printed card.

import { test } from '../lib/runner.mjs';
import { NARROW, must } from '../lib/browser.mjs';
import { people, staffOf } from '../lib/demo.mjs';
import { press, tick, typeInto } from '../lib/keyboard.mjs';
import { sideways } from '../lib/look.mjs';
import { addEntry, enter, go, unlock } from '../lib/steps.mjs';

const UNIT = 'Arbetsmarknad';
const pictures = (visit, axe) => (page, name) => visit.look(page, `request-${name}`, { axe });

/** Staff ask for skills and work; the short code that their screen shows. */
async function ask(page, look) {
  await page.goto('/staff/inbox');
  await go(page, 'a[href="/staff/requests"]');
  await page.check('#purpose-1');
  await page.check('#section-p05');
  await page.check('#section-p07');
  await go(page, '#page-form .actions button');
  must((await page.locator('.faults li').count()) === 3, 'what is missing is said');
  must(await page.isChecked('#section-p07'), 'and what was chosen stays');
  await page.check('#mode-view');
  await page.check('input[name="basis"][value="6.1.e"]');
  const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await page.fill('#until', day);
  await look(page, 'staff');
  await go(page, '#page-form .actions button');
  await look(page, 'made');
  must((await page.locator('svg.qr').count()) === 1, 'a QR code stands beside');
  return (await page.locator('.code').innerText()).trim();
}

/** The short code is typed; the page of its request. */
async function find(page, code) {
  await page.goto('/request');
  await page.fill('#code', 'BBBB-BBBB');
  await go(page, '#page-form .actions button');
  must((await page.locator('#code-wrong').count()) === 1, 'a wrong code is said to be one');
  await page.fill('#code', code.toLowerCase());
  await go(page, '#page-form .actions button');
}

async function signInHere(page, person) {
  await go(page, 'form[action="/login"] button.btn');
  const there = page.locator(`button[name="person"][value="${person.id}"]`);
  if (await there.count()) await go(page, there.first());
  if (/unlock/.test(page.url())) await unlock(page, person.passphrase);
}

async function yes(page, look) {
  await go(page, 'form[action$="/what"] button.btn:not([formaction])');
  must((await page.locator('input[name="section"]:checked').count()) === 0, 'nothing is chosen beforehand');
  must((await page.locator('input[name="section"][value="p04"]').count()) === 0, 'nothing that was not asked for is offered');
  await look(page, 'what');
  await page.check('input[name="section"][value="p07"]');
  await go(page, '#page-form .actions button');
  must((await page.locator('#mode-copy').count()) === 0, 'who asked to look is offered no copy');
  await page.check('#mode-view');
  await page.locator('input[name="until"]').first().check();
  if (await page.isChecked('#until-other')) {
    await page.fill('#until_other', new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10));
  }
  await look(page, 'how');
  await go(page, '#page-form .actions button');
  await look(page, 'summary');
  await go(page, 'button[name="answer"][value="yes"]');
}

for (const script of [true, false]) {
  test(`asked at the desk, answered by code, ${script ? 'with' : 'without'} script`, async (visit) => {
    const [staff, page] = [await visit.open({ script }), await visit.open({ script })];
    const look = script ? pictures(visit, true) : async () => {};
    const found = await people(page);
    await enter(staff, staffOf(found, UNIT));
    const code = await ask(staff, look);
    await find(page, code);
    await look(page, 'out');
    await signInHere(page, found.full);
    must(page.url().includes('/request/'), `after signing in the request waits, not ${page.url()}`);
    await look(page, 'open');
    await yes(page, look);
    await look(page, 'given');
    const spoken = (await page.locator('.big-code .code').innerText()).trim();
    await staff.goto('/staff/inbox');
    must((await staff.content()).includes(spoken), 'the inbox shows the code that the person was shown');
    const again = await page.goto(`/request/${code}`);
    must(again.status() === 404, 'it is answered once');
    await look(page, 'gone');
  });
}

test('a no is silent, and the unit is not heard until the person opens for it', async (visit) => {
  const [staff, page] = [await visit.open(), await visit.open()];
  const look = pictures(visit, true);
  const found = await people(page);
  await enter(staff, staffOf(found, UNIT));
  const code = await ask(staff, async () => {});
  await find(page, code);
  await signInHere(page, found.full);
  await go(page, 'button[formaction$="/no"]');
  await look(page, 'no');
  await go(page, 'form[action$="/pressed"] button.btn');
  await look(page, 'pressed');
  await staff.goto('/staff/requests');
  must((await staff.locator('.plain-list li').first().innerText()).match(/Väntar/), 'the unit sees that nobody has answered');
  await page.goto(`/request/${code}`);
  await look(page, 'quiet');
  await go(page, 'form[action$="/hear"] button.btn');
  must((await page.locator('form[action$="/what"]').count()) === 1, 'opened by the person, the question stands');
});

test('a printed card answers one request on the desk’s own device, and nothing else', async (visit) => {
  const [staff, own, desk] = [await visit.open(), await visit.open(), await visit.open()];
  const look = pictures(visit, true);
  const found = await people(own);
  await enter(own, found.full);
  await addEntry(own, 'p07', { skill: 'flätning av korgar' });
  await own.goto('/keys');
  await go(own, 'form[action="/keys/card"] button.btn');
  if (await own.locator('#passphrase-again').count()) {
    await own.fill('#passphrase-again', found.full.passphrase);
    await go(own, 'main form button.btn');
  }
  await look(own, 'card');
  const card = (await own.locator('.sheet-code').innerText()).replace(/\s+/g, ' ').trim();
  await enter(staff, staffOf(found, UNIT));
  const code = await ask(staff, async () => {});
  await find(desk, code);
  await desk.fill('#card', 'ABCD');
  await go(desk, 'form[action$="/card"] button.btn');
  await look(desk, 'card-wrong');
  await desk.fill('#card', card);
  await go(desk, 'form[action$="/card"] button.btn');
  await look(desk, 'by-card');
  const map = await desk.context().request.get('/map', { maxRedirects: 0 });
  must(map.status() === 303, 'the card opens no map');
  await yes(desk, async () => {});
  await look(desk, 'given-card');
  const cookies = await desk.context().cookies();
  must(!cookies.some((cookie) => cookie.name.includes('card') && cookie.value), 'the session ended with the answer');
});

test('a request is answered by keyboard alone, at 320 px, in English', async (visit) => {
  const [staff, page] = [await visit.open(), await visit.open({ lang: 'en', size: NARROW })];
  const found = await people(staff);
  await enter(staff, staffOf(found, UNIT));
  const code = await ask(staff, async () => {});
  await page.goto('/request');
  await typeInto(page, '#code', code.toLowerCase().replace('-', ' '));
  await press(page, '#page-form .actions button');
  must((await page.locator('h1').innerText()).includes('asks to read'), 'the question is in the language of the browser');
  await press(page, 'form[action="/login"] button.btn');
  const there = `button[name="person"][value="${found.full.id}"]`;
  if (await page.locator(there).count()) await press(page, there);
  await typeInto(page, '#passphrase', found.full.passphrase);
  await press(page, 'form:has(#passphrase) button.btn');
  await press(page, 'form[action$="/what"] button.btn:not([formaction])');
  await tick(page, 'input[name="section"][value="p07"]');
  await press(page, '#page-form .actions button');
  await tick(page, '#mode-view');
  await tick(page, '#until-1');
  await press(page, '#page-form .actions button');
  must((await sideways(page)).length === 0, 'nothing sticks out at 320 px');
  await press(page, 'button[name="answer"][value="yes"]');
  must((await page.locator('.big-code .code').innerText()).trim().length === 7, 'the spoken code stands there');
});
