// What every page must hold, whoever sees it: WCAG 2.2 AA by axe, no sideways scrolling at 320 px, a title, a heading, a language.

import { readFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What may hold of the wide page and not of the narrow one. */
const NARROW_RULES = { type: 'rule', values: ['target-size', 'scrollable-region-focusable'] };

/** The languages of the face, and which way each is written. */
export const DIRECTIONS = { sv: 'ltr', 'sv-simple': 'ltr', en: 'ltr', ar: 'rtl', fa: 'rtl', so: 'ltr', ti: 'ltr', uk: 'ltr' };

/** Everything wrong with the page as it stands, each a sentence. `picture` is a path without its ending; kept where something is wrong. */
export async function look(page, picture, { axe = true, narrow = true, pictures = false } = {}) {
  const found = [...(await bones(page))];
  if (axe) found.push(...(await violations(page)));
  if (pictures || found.length) await draw(page, `${picture}.png`);
  if (narrow) found.push(...(await atNarrow(page, picture, { axe, pictures })));
  return found;
}

async function draw(page, path) {
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage: true });
}

/** axe's violations as sentences: what, where, how to mend. */
export async function violations(page, rules = TAGS) {
  const options = { runOnly: rules, resultTypes: ['violations'] };
  // Read where a page is looked at, not on each page that is passed on the way.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE);
  const found = await page.evaluate(`axe.run(document, ${JSON.stringify(options)}).then((result) => result.violations)`);
  return found.flatMap((v) =>
    v.nodes.map((node) => `axe ${v.id}: ${v.help}\n  at ${node.target.join(' ')}\n  ${node.html.slice(0, 160)}\n  ${(node.failureSummary ?? '').replace(/\n\s*/g, ' ')}`),
  );
}

async function bones(page) {
  const seen = await page.evaluate(`({
    title: document.title.trim(),
    lang: document.documentElement.lang,
    dir: document.documentElement.dir,
    way: getComputedStyle(document.body).direction,
    headings: document.querySelectorAll('h1').length,
    mains: document.querySelectorAll('main').length,
    ids: [...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i),
    untranslated: (document.body.innerText.match(/(Unknown localization|\\{ ?\\$[a-z]+ ?\\}|\\b(kind|field|choice|nav|entry)-[a-z]+(-[a-z]+)+\\b)[^\\n]{0,40}/g) ?? []),
  })`);
  const found = [];
  if (!seen.title) found.push('no title');
  if (!(seen.lang in DIRECTIONS)) found.push(`language is "${seen.lang}"`);
  else if (seen.dir !== DIRECTIONS[seen.lang] || seen.way !== seen.dir) found.push(`${seen.lang} runs ${seen.dir}, drawn ${seen.way}`);
  if (seen.headings !== 1) found.push(`${seen.headings} first-level headings`);
  if (seen.mains !== 1) found.push(`${seen.mains} main parts`);
  if (seen.ids.length) found.push(`ids stand twice: ${seen.ids.join(', ')}`);
  if (seen.untranslated.length) found.push(`text without words: ${seen.untranslated.join(' | ')}`);
  return found;
}

async function atNarrow(page, picture, { axe, pictures }) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const found = await sideways(page);
  if (axe) found.push(...(await violations(page, NARROW_RULES)));
  if (pictures || found.length) await draw(page, `${picture}-320.png`);
  await page.setViewportSize(before);
  return found;
}

/** Names what sticks out, not only that something does. */
export async function sideways(page) {
  const seen = await page.evaluate(`(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return null;
    const out = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > width + 0.5);
    const names = out.filter((e) => ![...e.children].some((c) => out.includes(c))).slice(0, 5);
    return { width: document.documentElement.scrollWidth, names: names.map((e) => e.outerHTML.slice(0, 120)) };
  })()`);
  return seen ? [`scrolls sideways at 320 px (${seen.width} px wide): ${seen.names.join(' | ')}`] : [];
}

/** Bytes over the wire for `path` and all it loads, from an empty cache. */
export async function weight(page, path) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  await page.goto(path, { waitUntil: 'networkidle' });
  await session.detach();
  return bytes;
}
