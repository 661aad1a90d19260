// "Lämna sidan": gone at once, and nobody who sits down afterwards gets back in.

import { test } from '../lib/runner.mjs';
import { must } from '../lib/browser.mjs';
import { people } from '../lib/demo.mjs';
import { enter, path } from '../lib/steps.mjs';

/** Whether the map is shut: the page leaves before the server has answered, so that on a slow machine this may take a moment. */
async function shut(page) {
  for (let i = 0; i < 20; i += 1) {
    await page.goto('/map');
    if ((await path(page)) !== '/map') return true;
    await page.waitForTimeout(100);
  }
  return false;
}

for (const script of [true, false]) {
  test(`leave the page, ${script ? 'with' : 'without'} script`, async (visit) => {
    const page = await visit.open({ script });
    await page.route((url) => !url.href.startsWith(visit.base), (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>elsewhere</title>' }));
    visit.elsewhere = true;
    const { full } = await people(page);
    await enter(page, full);
    await page.goto('/map');
    await page.locator('.leave button').click();
    await page.waitForURL((url) => !url.href.startsWith(visit.base), { timeout: 5000 });
    must(await shut(page), 'the session has ended');
    await page.goBack().catch(() => {});
    must(!(await page.content()).includes('map-wide'), 'and going back shows nothing');
  });
}
