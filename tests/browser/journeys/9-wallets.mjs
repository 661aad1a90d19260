// The pages at which a person pastes an offer of a proof from another issuer, or somebody's question for one.

import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { enter, go } from '../lib/steps.mjs';

for (const lang of ['sv', 'ar']) {
  test(`a wrong link to receive or to show a proof by says so and stays, ${lang}`, async (visit) => {
    const page = await visit.open({ lang });
    const { full } = await people(page);
    for (const path of ['/receive', '/present']) {
      await page.goto(path);
      must(new URL(page.url()).pathname !== path, 'nobody is let in without having signed in');
    }
    await enter(page, full);
    for (const path of ['/receive', '/present']) {
      await page.goto(path);
      await visit.look(page, `wallet-${lang}${path.replace('/', '-')}`);
      const link = 'openid-credential-offer://?credential_offer=%7B';
      await page.fill('#link', link);
      await go(page, '#page-form button.btn');
      must(await page.locator('#link-wrong').isVisible(), `${path} says what is wrong`);
      must((await page.inputValue('#link')) === link, 'what was pasted stays');
      await visit.look(page, `wallet-${lang}${path.replace('/', '-')}-wrong`);
    }
  });
}
