// Chromium, and what is watched on every page whatever a test is about.

import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';
import { look } from './look.mjs';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--in-process-gpu',
];

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 320, height: 640 };

/** The shell is the same Chromium without a window's parts: it does the same pages in little more than half of the time. */
function executable() {
  for (const name of [process.env.EGENKARTA_CHROMIUM, 'chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']) {
    if (!name) continue;
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      // the next name
    }
  }
  throw new Error('missing: Chromium - apt-get install chromium');
}

/** The browser, the address, the folder for screenshots, and whether each page that is looked at is kept there. */
export class Kit {
  static async start(base, out, { pictures = false } = {}) {
    const kit = new Kit();
    kit.base = base.replace(/\/$/, '');
    kit.out = out;
    kit.pictures = pictures;
    kit.browser = await chromium.launch({ executablePath: executable(), args: FLAGS, headless: true });
    return kit;
  }

  begin(name) {
    return new Visit(this, name);
  }

  async stop() {
    await this.browser.close();
  }
}

/** One test's browsing: opens pages for persons who do not share cookies, and collects what went wrong beside the test's own claims. */
class Visit {
  constructor(kit, name) {
    this.kit = kit;
    this.base = kit.base;
    this.name = name;
    this.problems = [];
    this.notes = [];
    this.contexts = [];
    this.pages = [];
  }

  /** A page of someone's own: `{ lang: 'sv'|'en'|'ar'|..., script: false, size: NARROW, dark: true }`. */
  async open({ lang = 'sv', script = true, size = WIDE, dark = false } = {}) {
    const context = await this.kit.browser.newContext({
      baseURL: this.base,
      locale: { sv: 'sv-SE', en: 'en-GB', 'sv-simple': 'sv-SE' }[lang] ?? lang,
      timezoneId: 'Europe/Stockholm',
      javaScriptEnabled: script,
      viewport: size,
      colorScheme: dark ? 'dark' : 'light',
    });
    context.setDefaultTimeout(15_000);
    // No browser knows easy Swedish as a locale of its own: it is chosen.
    if (lang === 'sv-simple') await context.addCookies([{ name: 'language', value: lang, url: this.base }]);
    this.contexts.push(context);
    const page = await context.newPage();
    this.watch(page);
    return page;
  }

  /** Nothing from elsewhere, nothing refused by the policy, no script that fails. */
  watch(page) {
    this.pages.push(page);
    const note = (text) => this.problems.push(`${new URL(page.url(), this.base).pathname}: ${text}`);
    page.on('pageerror', (error) => note(`script failed: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of [45]\d\d/.test(message.text())) note(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (!this.elsewhere && !request.url().startsWith(this.base) && !request.url().startsWith('data:')) note(`asks elsewhere: ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 500) note(`${response.request().method()} ${new URL(response.url()).pathname} answered ${response.status()}`);
    });
  }

  /** A line before the test's own. */
  say(text) {
    this.notes.push(text);
  }

  /** Holds the page as it stands against accessibility, 320 px and the rest; keeps pictures of it as `name` where they are wanted. */
  async look(page, name, options = {}) {
    const found = await look(page, join(this.kit.out, name), { pictures: this.kit.pictures, ...options });
    this.problems.push(...found.map((text) => `${name}: ${text}`));
  }

  async photographFailure() {
    const file = (i) => join(this.kit.out, `failed-${this.name.replace(/[^a-z0-9]+/gi, '-')}-${i}.png`);
    for (const [i, page] of this.pages.entries()) {
      this.problems.push(`(page ${i} stood at ${page.url()})`);
      await page.screenshot({ path: file(i), fullPage: true }).catch(() => {});
    }
  }

  async end() {
    for (const context of this.contexts) await context.close().catch(() => {});
  }
}

/** Fails with a sentence. */
export function must(claim, sentence) {
  if (!claim) throw new Error(sentence);
}
