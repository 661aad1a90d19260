// A person without a mouse: Tab, Shift+Tab, Enter, Space and letters, and focus that can be seen.

import { must } from './browser.mjs';

/** Tabs until the focus stands on `selector`. Fails when a whole round did not meet it, or when the focus cannot be seen there. */
export async function tabTo(page, selector, { most = 200 } = {}) {
  const wanted = await page.locator(selector).first().count();
  must(wanted === 1, `nothing matches ${selector} on ${page.url()}`);
  for (let press = 0; press < most; press += 1) {
    if (await stands(page, selector)) {
      must(await visible(page), `the focus on ${selector} cannot be seen (${page.url()})`);
      return press;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${selector} on ${page.url()}`);
}

/** Tabs to it and types. */
export async function typeInto(page, selector, text) {
  await tabTo(page, selector);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** Tabs to it and presses Enter, then waits for the page that follows. */
export async function press(page, selector) {
  await tabTo(page, selector);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

/** Tabs to it and presses Space: a tick. A group of radios is one stop, so the arrow keys go on from where Tab landed. */
export async function tick(page, selector) {
  const [type, name] = await page.locator(selector).first().evaluate((e) => [e.type, e.name]);
  if (type !== 'radio') {
    await tabTo(page, selector);
    await page.keyboard.press('Space');
    return;
  }
  await tabTo(page, `input[type=radio][name="${name}"]`);
  for (let i = 0; i < 60; i += 1) {
    if (await stands(page, selector)) {
      await page.keyboard.press('Space');
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`the arrow keys never reach ${selector}`);
}

function stands(page, selector) {
  return page.evaluate((s) => Boolean(document.activeElement?.matches(s)), selector);
}

function visible(page) {
  return page.evaluate(() => {
    const e = document.activeElement;
    const style = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    const drawn = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
    const label = e.labels?.[0] && getComputedStyle(e.labels[0]);
    const byLabel = label && ((label.outlineStyle !== 'none' && parseFloat(label.outlineWidth) >= 2) || label.boxShadow !== 'none');
    return (drawn || byLabel) && box.bottom > 0 && box.top < innerHeight;
  });
}
