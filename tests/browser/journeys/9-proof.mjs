// A proof: a trade body assesses and issues, the person takes it and shows that one thing, an employer checks it by link, by a photograph of
// the QR code and by the printed code; the issuer withdraws it, and the next check says so.

import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { enter, faults, go, openAll, FORWARD } from '../lib/steps.mjs';

const LABEL = 'Deltagare 12, truckkursen';

async function fine(page, what) {
  must((await page.locator('.faults').count()) === 0, `${what}: ${await faults(page)}`);
}

/** Fatima issues at the desk: an assessment of a part, which one person may issue. Returns link and printed code. */
async function issue(visit, staff) {
  await staff.goto('/staff/issuing');
  await visit.look(staff, 'issuing');
  await go(staff, 'main a[href^="/staff/issuing/assess/"]');
  await visit.look(staff, 'assess');
  must((await staff.locator('#page-form input:checked').count()) === 0, 'nothing is ticked beforehand');
  await go(staff, FORWARD);
  must((await staff.locator('.faults li').count()) >= 3, 'what is missing is said');
  await visit.look(staff, 'assess-wrong');
  await staff.fill('#label', LABEL);
  await staff.check('#criterion-1');
  await staff.check('#part-part');
  await staff.check('#level-E2');
  await staff.fill('#given_name', 'Robin');
  await staff.fill('#family_name', 'Åkerblom');
  await go(staff, FORWARD);
  await fine(staff, 'not issued');
  await visit.look(staff, 'offer-made');
  return {
    link: (await staff.locator('.secret').innerText()).trim(),
    code: (await staff.locator('.sheet-code').innerText()).trim(),
  };
}

/** The person opens the offer's link and takes it. Returns the entry's address. */
async function accept(visit, person, link) {
  await person.goto('about:blank');
  await person.goto(link);
  must(!person.url().includes('#'), 'the code leaves the address bar');
  await go(person, '#page-form button.btn');
  await visit.look(person, 'offer-shown');
  await go(person, '#page-form button.btn');
  await fine(person, 'not taken');
  await visit.look(person, 'proof-taken');
}

/** Shows that one proof, to be opened five times. Returns link and code. */
async function show(visit, person) {
  await person.goto('/showings/new');
  await visit.look(person, 'show-pick');
  must((await person.locator('#page-form input:checked').count()) === 0, 'nothing is ticked beforehand');
  await person.locator('input[name="entry"]').first().check();
  await go(person, FORWARD);
  await visit.look(person, 'show-how');
  must((await person.locator('#page-form input:checked').count()) === 0, 'nor here');
  await person.locator('input[name="claim"][value$="/criteria"]').check();
  await person.fill('#whom', 'Lagret i Sävsjö');
  await person.check('#until-1');
  await person.check('#opens-many');
  await person.fill('#times', '9');
  await go(person, FORWARD);
  await fine(person, 'not shown');
  await visit.look(person, 'showing');
  return {
    link: (await person.locator('.secret').innerText()).trim(),
    code: (await person.locator('.sheet-code').innerText()).trim(),
    picture: await person.locator('svg.qr').screenshot(),
    address: new URL(person.url()).pathname,
  };
}

async function said(page) {
  await openAll(page);
  return page.locator('main').innerText();
}

/** What someone without an account is told, by each of the three ways. */
async function check(visit, employer, shown, name) {
  await employer.goto('about:blank');
  await employer.goto(shown.link);
  must(!employer.url().includes('#'), 'the code leaves the address bar');
  await go(employer, '#page-form button.btn');
  await visit.look(employer, `check-link-${name}`);
  const byLink = await said(employer);
  await employer.goto('/verify');
  await employer.fill('#text', shown.code.toLowerCase().replaceAll('-', ' '));
  await go(employer, '#page-form button.btn');
  const byCode = await said(employer);
  await employer.goto('/verify');
  await employer.setInputFiles('#photo', { name: 'foto.png', mimeType: 'image/png', buffer: shown.picture });
  await go(employer, 'form[enctype] button');
  await visit.look(employer, `check-photo-${name}`);
  const byPhoto = await said(employer);
  return { byLink, byCode, byPhoto };
}

test('a trade body issues, a person shows one thing, an employer checks it, and a withdrawal is seen at once', async (visit) => {
  const staff = await visit.open();
  const person = await visit.open();
  const employer = await visit.open({ script: false });
  const found = await people(staff);
  const issuer = found.staff.find((one) => /fatima/.test(one.id));
  must(issuer, 'the demo has someone who issues');
  await enter(staff, issuer);
  const offer = await issue(visit, staff);

  await enter(person, found.all.find((one) => /robin/.test(one.id)));
  await accept(visit, person, offer.link);
  await person.goto('/map');
  await visit.look(person, 'map-proven');
  const shown = await show(visit, person);

  const opener = await visit.open();
  const valid = await check(visit, opener, shown, 'valid');
  for (const [way, text] of Object.entries(valid)) {
    must(/Giltigt/.test(text), `${way}: it is valid: ${text}`);
    must(!text.includes('Åkerblom') && !text.includes(LABEL), `${way}: nothing that was not chosen is told`);
  }
  await person.goto(shown.address);
  must((await person.locator('[aria-labelledby="openings"] li').count()) === 3, 'the person sees each opening');

  await staff.goto('/staff/issuing');
  await go(staff, staff.locator('main li').filter({ hasText: LABEL }).locator('a').last());
  await visit.look(staff, 'issued');
  await staff.fill('#reason', 'Fel person bedömdes.');
  await go(staff, FORWARD.replace('.btn', '.btn.end'));
  await fine(staff, 'not withdrawn');

  const gone = await check(visit, opener, shown, 'withdrawn');
  for (const [way, text] of Object.entries(gone)) {
    must(/återkalla/i.test(text) && !/Fel person/.test(text), `${way}: it is withdrawn, and why stays with the unit: ${text}`);
  }
  await person.goto('/map/p08');
  must(/återkalla/i.test(await person.locator('main').innerText()), 'and the map says so');

  await go(person, `a[href="/showings"]`).catch(() => person.goto('/showings'));
  await person.goto('/showings');
  await go(person, 'form[action$="/end"] button');
  await employer.goto('/verify');
  await employer.fill('#text', shown.link);
  await go(employer, '#page-form button.btn');
  must(!/återkalla/i.test(await employer.locator('main').innerText()), 'ended, it shows nothing');
});
