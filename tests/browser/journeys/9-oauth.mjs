// An OAuth client that we did not write asks, reads, and is denied after withdrawal: in the web, at the desk, and with a narrower token.

import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { addEntry, enter, FORWARD, go, openAll, withdraw } from '../lib/steps.mjs';
import * as flow from '../../oauth/flow.mjs';

const UNIT = 'Arbetsförmedlingen';

/** Registers a program on the unit's own page, as its administrator. Returns its client_id and the unit's id. */
async function register(page, visit, found, { jwks, redirect }) {
  for (const persona of found.staff.filter((one) => one.unit.includes(UNIT))) {
    await enter(page, persona);
    const answer = await page.goto('/staff/clients');
    if (answer.status() === 200) break;
    await go(page, 'form.logout button');
  }
  must(await page.locator('#keys').count(), 'an administrator of the unit sees the form for a program');
  await visit.look(page, 'oauth-clients');
  await page.fill('#name', 'Ärendesystemet');
  await page.fill('#redirects', redirect);
  await page.fill('#keys', jwks.replace('"x"', '"d":"AA","x"'));
  await go(page, '#page-form button.btn');
  must(await page.locator('#keys-wrong').count(), 'a private key is not taken');
  await page.fill('#keys', jwks);
  await go(page, '#page-form button.btn');
  await visit.look(page, 'oauth-client');
  const [id, unit] = await page.locator('.secret').allInnerTexts();
  must(/^[0-9a-f-]{36}$/.test(id.trim()), `a client_id, not "${id}"`);
  return { id: id.trim(), unit: unit.trim(), address: new URL(page.url()).pathname };
}

/** The person answers yes with all that is asked. The request's page stands open. */
async function approve(page, visit, picture, passphrase) {
  await visit.look(page, `${picture}-request`);
  await go(page, 'button.btn:not([formaction])');
  await openAll(page);
  for (const box of await page.locator('input[name="section"]').all()) await box.check();
  await visit.look(page, `${picture}-what`);
  await go(page, FORWARD);
  if (await page.locator('#mode-view').count()) await page.check('#mode-view');
  if (await page.locator('#until-1').count()) await page.check('#until-1');
  await visit.look(page, `${picture}-how`);
  await go(page, FORWARD);
  if (await page.locator('#passphrase-again').count()) await page.fill('#passphrase-again', passphrase);
  await go(page, 'button[name="answer"][value="yes"]');
}

test('oauth: code, refresh, exchange and device, then withdrawal denies them all', async (visit) => {
  const person = await visit.open();
  const staff = await visit.open();
  const found = await people(person);
  const back = await flow.landing();
  visit.elsewhere = true;
  try {
    const { pair, jwks } = await flow.keys();
    const program = await register(staff, visit, found, { jwks, redirect: back.url });
    const client = await flow.connect(visit.base, program.id, pair);
    await enter(person, found.full);
    await addEntry(person, 'p07', { skill: 'stämma klockor' });

    // Above what such a unit may ask for.
    const above = await flow.refusal(flow.begin(client, back.url, flow.ask(program.unit, ['P15'])));
    must(above === 'invalid_authorization_details', `above the ceiling: ${above}`);
    const elsewhere = await flow.refusal(flow.begin(client, `${back.url}/other`, flow.ask(program.unit, ['P07'])));
    must(elsewhere === 'invalid_request', `to an address that is not registered: ${elsewhere}`);

    // In the web.
    const asked = await flow.begin(client, back.url, flow.ask(program.unit, ['P05', 'P07']));
    await person.goto(asked.url.href);
    await approve(person, visit, 'oauth', found.full.passphrase);
    await person.waitForURL(`${back.url}?**`);
    const tokens = await flow.redeem(client, person.url(), asked);
    must(tokens.token_type === 'dpop' && tokens.refresh_token, 'a bound token, and one to renew it by');
    const replayed = await flow.refusal(flow.redeem(client, person.url(), asked));
    must(replayed === 'invalid_grant', `the code a second time: ${replayed}`);

    // The replay ends what came of the code (RFC 6749, 4.1.2): asked anew.
    must((await flow.read(client, tokens.access_token)).status === 401, 'a code presented twice ends its tokens');
    const anew = await flow.begin(client, back.url, flow.ask(program.unit, ['P05', 'P07']));
    await person.goto(anew.url.href);
    await approve(person, visit, 'oauth-anew', found.full.passphrase);
    await person.waitForURL(`${back.url}?**`);
    const held = await flow.redeem(client, person.url(), anew);
    const whole = await flow.read(client, held.access_token);
    must(whole.status === 200 && JSON.stringify(whole.body).includes('stämma klockor'), 'it reads what was given');
    must((await flow.readWithout(visit.base, held.access_token)) === 401, 'a stolen token without its key reads nothing');
    const renewed = await flow.refresh(client, held.refresh_token);
    must((await flow.read(client, renewed.access_token)).status === 200, 'the renewed one reads too');
    const other = await flow.connect(visit.base, program.id, pair);
    must((await flow.refusal(flow.refresh(other, held.refresh_token))) === 'invalid_grant', 'another key renews nothing');

    // To less.
    const less = await flow.narrow(client, renewed.access_token, flow.ask(program.unit, ['P07'], 5));
    const part = await flow.read(client, less.access_token);
    must(part.status === 200 && part.body.entries.length > 0 && part.body.entries.every((entry) => entry.section.toUpperCase() === 'P07'), `the narrower one reads less: ${part.status} ${part.body?.entries.map((entry) => entry.section)}`);
    const live = await flow.introspect(client, less.access_token);
    must(live.active === true && live.cnf?.jkt, 'introspection says that it is live, and bound');

    // At the desk.
    const begun = await flow.beginDevice(client, flow.ask(program.unit, ['P07']));
    must((await (await fetch(begun.verification_uri)).status) === 200, 'the page for the code is there');
    const polling = flow.pollDevice(client, begun);
    await person.goto(begun.verification_uri_complete);
    await approve(person, visit, 'oauth-desk', found.full.passphrase);
    const desk = await polling;
    must((await flow.read(client, desk.access_token)).status === 200, 'the device reads');

    // Taken back: each of them, at once.
    await person.goto('/sharing');
    const given = await person.locator('a[href^="/sharing/"][href$="/withdraw"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    for (const address of given) await withdraw(person, address.replace(/\/withdraw$/, ''));
    for (const token of [held.access_token, renewed.access_token, less.access_token, desk.access_token]) {
      must((await flow.read(client, token)).status === 401, 'denied after withdrawal');
    }
    must((await flow.refusal(flow.refresh(client, held.refresh_token))) === 'invalid_grant', 'and nothing is renewed');
    must((await flow.introspect(client, less.access_token)).active === false, 'nor live');

    // Stopped in two activations, the program is nobody.
    await staff.goto(program.address);
    await go(staff, 'a.btn.end');
    await visit.look(staff, 'oauth-client-end');
    await go(staff, 'button.btn.end');
    const nobody = await flow.refusal(flow.begin(client, back.url, flow.ask(program.unit, ['P07'])));
    must(nobody === 'invalid_client', `a stopped program: ${nobody}`);
  } finally {
    back.close();
  }
});
