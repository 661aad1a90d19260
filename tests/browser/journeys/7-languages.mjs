// The languages of the face: each page says which it is and which way it runs, a newcomer maps and shares in Arabic on a small
// screen, the Swedish original stands beside a machine's translation, and "Lyssna" reads aloud or says why not.

import { test } from '../lib/runner.mjs';
import { NARROW, must } from '../lib/browser.mjs';
import { people, staffOf } from '../lib/demo.mjs';
import { DIRECTIONS } from '../lib/look.mjs';
import { addEntry, enter, firstPassphrase, go, path, read, share, signIn } from '../lib/steps.mjs';
import { press, tabTo } from '../lib/keyboard.mjs';

const PUBLIC = ['/', '/help', '/personal-data', '/accessibility', '/demo', '/not/a/page'];

for (const [lang, dir] of Object.entries(DIRECTIONS)) {
  test(`pages in ${lang} say so and run ${dir}`, async (visit) => {
    const page = await visit.open({ lang });
    for (const address of PUBLIC) {
      const answer = await page.goto(address);
      must(answer.headers()['content-language'] === lang, `${address} answers in ${answer.headers()['content-language']}`);
      await visit.look(page, `${lang}${address.replaceAll('/', '-')}`, { axe: address === '/' });
    }
    const names = await page.locator('.languages button').allInnerTexts();
    must(names.length === 7 && names.every((name) => name.trim()), `seven other languages are offered, not ${names}`);
    // The first language is the first stop after the skip link.
    await page.goto('/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    must(await page.evaluate(() => Boolean(document.activeElement.closest('.languages'))), 'the languages come first');
    const wanted = lang === 'fa' ? 'ar' : 'fa';
    await press(page, `.languages button[value="${wanted}"]`);
    must((await page.locator('html').getAttribute('lang')) === wanted, `the page is in ${wanted} now`);
  });
}

test('a newcomer maps and shares in Arabic at 320 px, and staff read it in Swedish', async (visit) => {
  const page = await visit.open({ lang: 'ar', size: NARROW });
  const found = await people(page);
  await signIn(page, found.all.find((p) => /nour/.test(p.id)).id);
  await firstPassphrase(page, visit, 'arabic');
  must((await path(page)) === '/map', `after the sheet comes the map, not ${page.url()}`);
  await addEntry(page, 'p01', { name: 'نور' });
  await addEntry(page, 'p05', { occupation: 'خيّاطة في ورشة جدّتي', employer: 'ورشة الياسمين', from: '2011', ongoing: 'yes' });
  await addEntry(page, 'p07', { skill: 'تطريز يدوي', level: 'can_teach' });
  await page.goto('/map');
  must((await page.locator('main').innerText()).includes('تطريز يدوي'), 'the skill stands on the map');
  await visit.look(page, 'arabic-map');
  const look = async (step) => {
    await visit.look(page, `arabic-share-${step}`);
    if (step !== 'summary') return;
    const original = page.locator('.original-text [lang="sv"][dir="ltr"]');
    must(/Om du säger nej/.test(await original.innerText()), 'the Swedish original stands beside');
    must(/إذا قلت لا/.test(await page.locator('.beside > div').innerText()), 'and the Arabic text too');
  };
  const { code, address } = await share(page, { unit: 'Vetlanda', sections: ['p05', 'p07'] }, look);
  await page.goto(address);
  const receipt = await page.locator('main').innerText();
  must(receipt.includes('العربية') && receipt.includes('Svenska'), 'the receipt names both texts');

  const unit = (await page.locator('h1').innerText()).split(/[,،]/)[0].replace(/[\u2066-\u2069]/g, '').trim();
  const reader = await visit.open();
  await enter(reader, staffOf(found, unit));
  const seen = await read(reader, code, '2026-7');
  must(seen.includes('تطريز يدوي') && seen.includes('Jag kan lära andra'), `staff read Arabic words under Swedish labels: ${seen.slice(0, 400)}`);
  const lang = await reader.locator('bdi', { hasText: 'تطريز يدوي' }).first().getAttribute('lang');
  must(lang === 'ar', `her words are marked as Arabic, not "${lang}"`);
});

/** A device with a voice of its own for each of `langs`; what it says is kept in `window.said`. */
function device(langs) {
  window.said = [];
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) {
      super();
      this.text = text;
    }
  };
  const speech = Object.assign(new EventTarget(), {
    getVoices: () => [...langs.map((lang) => ({ lang, localService: true })), { lang: 'sv-SE', localService: false }],
    speak(one) {
      window.said.push([one.lang, one.text]);
      this.timer = setTimeout(() => one.dispatchEvent(new Event('end')), 40);
    },
    cancel() {
      clearTimeout(this.timer);
    },
  });
  Object.defineProperty(window, 'speechSynthesis', { value: speech });
}

test('"Lyssna" says in words that there is no voice, and reads nothing by one elsewhere', async (visit) => {
  const page = await visit.open();
  await page.addInitScript(device, []);
  await page.goto('/help');
  await page.locator('.hear').first().click();
  await page.locator('.heard:not(:empty)').first().waitFor();
  must(/ingen röst/.test(await page.locator('.heard').first().innerText()), 'said in words');
  must((await page.evaluate(() => window.said.length)) === 0, 'nothing is read by a voice outside the device');
  await visit.look(page, 'listen-none');
});

test('"Lyssna" reads a block, pauses and goes on, by keyboard', async (visit) => {
  const page = await visit.open({ lang: 'ar' });
  await page.addInitScript(device, ['ar-SA']);
  await page.goto('/help');
  const said = () => page.evaluate(() => window.said);
  const words = () => page.locator('.hear').nth(1).evaluate((e) => e.firstChild.data);
  await tabTo(page, 'h2 + .listen .hear');
  const before = await words();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.said.length >= 2);
  await page.keyboard.press('Enter');
  const paused = (await said()).length;
  must((await words()) !== before, 'the button says what it does next');
  await page.waitForTimeout(200);
  must((await said()).length === paused, 'a new press pauses');
  await page.keyboard.press('Enter');
  await page.waitForFunction((name) => document.querySelectorAll('.hear')[1].firstChild.data === name, before);
  const all = await said();
  const block = await page.evaluate(() => document.querySelector('h2').textContent + document.querySelector('h2 + .listen + p').textContent);
  const plain = (words) => words.replace(/[^\p{L}\p{N}]/gu, '');
  must(all.every(([lang]) => lang === 'ar-SA'), 'in the voice of the language');
  // The sentence at which it was paused is read once more from its start.
  const heard = all.filter(([, one], i) => i !== paused - 1).map(([, one]) => one);
  must(plain(heard.join('')) === plain(block), `the whole block and no more: ${heard.join(' | ')}`);
});

test('without script there is no "Lyssna"', async (visit) => {
  const page = await visit.open({ script: false });
  await page.goto('/help');
  must((await page.locator('.hear').count()) === 0, 'no button that would do nothing');
});

test('the language switch keeps what was typed into both forms of a unit', async (visit) => {
  const page = await visit.open();
  const { staff } = await people(page);
  await enter(page, staff[0]);
  await page.goto('/staff/unit');
  const typed = { name: 'Ny Kollega', role: 'reader', code: 'K7M', label: 'ärendesystemet', days: '30' };
  for (const [name, value] of Object.entries(typed)) {
    if (name === 'role') await page.check(`#role-${value}`);
    else await page.fill(`#${name}`, value);
  }
  const offered = await page.locator('.languages button').evaluateAll((all) => all.map((e) => e.value));
  must(offered.join() === 'en', `staff are offered the languages of their pages, not ${offered}`);
  await go(page, '.languages button[value="en"]');
  must((await page.locator('html').getAttribute('lang')) === 'en', 'the page is English now');
  for (const [name, value] of Object.entries(typed)) {
    const now = name === 'role' ? await page.isChecked(`#role-${value}`) : (await page.inputValue(`#${name}`)) === value;
    must(now, `${name} still stands`);
  }
  // A fault in one form leaves the other as it was.
  await go(page, 'button[formaction="/staff/unit/tokens"]');
  must((await page.locator('.faults').count()) === 1 && (await page.inputValue('#name')) === typed.name, 'the other form stays');
});
