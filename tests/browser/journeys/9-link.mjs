// A link: made, opened in the opener's own browser and, without script, by the service; seen, and ended in two activations.

import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { addEntry, enter, faults, go, openAll, withdraw, FORWARD } from '../lib/steps.mjs';

export async function make(page, { opens = 'once', word = '', sections = ['p07'] } = {}, look = async () => {}) {
  await page.goto('/sharing');
  await go(page, 'a[href="/sharing/link"]');
  must((await page.locator('input[type=radio]:checked').count()) === 0, 'nobody is chosen beforehand');
  await look('for');
  await page.check('input[value="employer_apply/recruitment"]');
  await go(page, FORWARD);
  must((await page.locator('#what input:checked').count()) === 0, 'nothing is ticked beforehand');
  await look('what');
  for (const section of sections) await page.check(`input[name="section"][value="${section}"]`);
  await go(page, FORWARD);
  must((await page.locator('#page-form input:checked').count()) === 0, 'neither end nor number is chosen beforehand');
  await look('how');
  await page.check('#until-1');
  await page.check(`#opens-${opens}`);
  if (opens === 'many') await page.fill('#times', '5');
  await page.fill('#word', word);
  await go(page, FORWARD);
  must((await page.locator('.faults').count()) === 0, `not taken: ${await faults(page)}`);
  await look('summary');
  await go(page, 'button[name="answer"][value="yes"]');
  await look('made');
  const link = (await page.locator('.secret').innerText()).trim();
  must(/\/l\/[0-9a-f]{32}#[A-Za-z0-9_-]{43}$/.test(link), 'the whole link is shown');
  must((await page.locator('svg.qr').count()) === 1, 'and as a picture');
  return { link, address: await page.locator('a[href^="/sharing/"]:not([href="/sharing"])').last().getAttribute('href') };
}

test('a link opens in the browser, and only ciphertext leaves the server', async (visit) => {
  const person = await visit.open();
  const opener = await visit.open();
  const { full } = await people(person);
  await enter(person, full);
  const mark = 'knyppla spetsar';
  await addEntry(person, 'p07', { skill: mark });
  await addEntry(person, 'p06', { what: 'vakta får', context: 'home_care' });
  const headings = (page, within) => page.locator(`${within} section.group > :is(h2, h3)`).allInnerTexts();
  let previewed = [];
  const made = await make(person, { opens: 'many', word: 'blå fågel', sections: ['p06', 'p07'] }, async (name) => {
    await visit.look(person, `link-${name}`);
    if (name === 'what') await openAll(person);
    if (name === 'summary') previewed = await headings(person, '#preview');
  });
  const sent = [];
  const bodies = [];
  opener.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''} ${JSON.stringify(request.headers())}`));
  opener.on('response', async (response) => bodies.push(await response.text().catch(() => '')));
  await opener.goto(made.link);
  await visit.look(opener, 'link-open');
  must(await opener.locator('#link-text').isHidden(), 'with the whole link nothing needs to be pasted');
  await opener.click('form[action^="/l/"] button');
  await opener.locator('[data-told]:not([hidden])').waitFor();
  await opener.fill('#word', 'grå fågel');
  await opener.click('form[action^="/l/"] button');
  await opener.waitForFunction(() => /4/.test(document.querySelector('[data-told]').textContent));
  await opener.fill('#word', 'Blå fågel');
  await opener.click('form[action^="/l/"] button');
  await opener.locator('section.group').first().waitFor();
  const text = await opener.locator('main').innerText();
  must(text.includes(mark), `what was shared is read: ${text}`);
  must(!text.includes(full.name), 'and the name is not');
  must(previewed.length === 2 && `${previewed}` === `${await headings(opener, 'main')}`, `in the order of the preview: ${previewed}`);
  must(!(await opener.url()).includes('#'), 'the address bar holds the secret no more');
  await visit.look(opener, 'link-opened');
  await opener.waitForLoadState('networkidle');
  const secret = made.link.split('#')[1];
  must(!sent.some((one) => one.includes(secret)), 'the secret was sent nowhere');
  must(!bodies.some((one) => one.includes(mark)), 'no answer of the server held what was read');
  must(bodies.some((one) => one.includes('"bundle"')), 'but the ciphertext was among them');

  await person.goto(made.address);
  await visit.look(person, 'link-consent');
  const line = await person.locator('.log li').first().innerText();
  must(/länk/.test(line), `the person sees the opening: ${line}`);
  await withdraw(person, made.address);
  await opener.goto('about:blank');
  await opener.goto(made.link);
  await opener.fill('#word', 'blå fågel');
  await opener.click('form[action^="/l/"] button');
  await opener.locator('[data-told]:not([hidden])').waitFor();
  must(!(await opener.locator('main').innerText()).includes(mark), 'ended, it opens nothing');
});

test('a link opens without script, and the page says that the service opened it', async (visit) => {
  const person = await visit.open({ script: false });
  const opener = await visit.open({ script: false });
  const { full } = await people(person);
  await enter(person, full);
  const mark = 'spela nyckelharpa';
  await addEntry(person, 'p07', { skill: mark });
  const made = await make(person);
  const visitLink = async () => {
    // With the same address the browser would only jump within the page that stands.
    await opener.goto('about:blank');
    await opener.goto(made.link);
  };
  await visitLink();
  await visitLink();
  await opener.fill('#link-text', made.link);
  await go(opener, 'form[action^="/l/"] button');
  const text = await opener.locator('main').innerText();
  must(text.includes(mark), 'looking twice counted nothing, the button opened it');
  must(/Öppnat av Egenkarta/.test(text), 'and the page says who opened it');
  await visitLink();
  await opener.fill('#link-text', made.link);
  await go(opener, 'form[action^="/l/"] button');
  must(!(await opener.locator('main').innerText()).includes(mark), 'it opened once');
  await person.goto('/sharing');
  must((await person.locator('a[href$="/withdraw"]').count()) >= 1, 'what is live can be ended from the list');
});
