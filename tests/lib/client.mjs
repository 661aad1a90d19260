// A small visitor without a browser: keeps cookies, fills forms by their fields, follows redirects within the house.

import { Agent, request } from 'node:http';

const FORM = 'application/x-www-form-urlencoded';

export class Visitor {
  constructor(base) {
    this.base = base;
    this.cookies = new Map();
    this.agent = new Agent({ keepAlive: true });
  }

  get cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get(path) {
    return this.ask('GET', path);
  }

  /** `fields`: an object, or a list of pairs where a name repeats. */
  post(path, fields = {}) {
    return this.ask('POST', path, new URLSearchParams(fields).toString());
  }

  /** A file, as a form with `enctype` sends it. */
  upload(path, fields, { field, name, type, content }) {
    const edge = '----egenkarta-file';
    const part = (head, body) => `--${edge}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
    const parts = [...fields.map(([key, value]) => part(`name="${key}"`, value)), part(`name="${field}"; filename="${name}"\r\ncontent-type: ${type}`, content)];
    return this.ask('POST', path, `${parts.join('')}--${edge}--\r\n`, 10, `multipart/form-data; boundary=${edge}`);
  }

  /** Answers `{ status, path, text }` after at most ten redirects; rejects when the connection breaks. */
  async ask(method, path, body = '', hops = 10, type = FORM) {
    const answer = await this.once(method, path, body, type);
    if (answer.location && answer.status >= 300 && answer.status < 400 && hops > 0) {
      const next = new URL(answer.location, this.base + path);
      if (next.origin !== this.base) throw new Error(`leads elsewhere: ${next.origin}`);
      const kept = answer.status === 307 || answer.status === 308;
      return this.ask(kept ? method : 'GET', next.pathname + next.search, kept ? body : '', hops - 1, type);
    }
    return { ...answer, path };
  }

  once(method, path, body, type = FORM) {
    const posted = { 'content-type': type, 'content-length': Buffer.byteLength(body), origin: this.base, 'sec-fetch-site': 'same-origin' };
    const headers = { accept: 'text/html', 'accept-language': 'sv', cookie: this.cookie, ...(method === 'POST' ? posted : {}) };
    return new Promise((resolve, reject) => {
      const sent = request(this.base + path, { method, headers, agent: this.agent, timeout: 20_000 }, (answer) => {
        const parts = [];
        for (const line of answer.headers['set-cookie'] ?? []) this.keep(line);
        answer.on('data', (part) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode, location: answer.headers.location, text: Buffer.concat(parts).toString() }));
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer in 20 s')));
      sent.on('error', reject);
      sent.end(body);
    });
  }

  keep(line) {
    const [pair, ...rest] = line.split(';');
    const at = pair.indexOf('=');
    const gone = rest.some((part) => /^\s*max-age=0$/i.test(part));
    if (gone) this.cookies.delete(pair.slice(0, at));
    else this.cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1));
  }
}

/** Signs in at the demo's provider as `persona` and opens with its passphrase; answers the visitor and the page that it led to. */
export async function signIn(base, persona) {
  const visitor = new Visitor(base);
  let page = await visitor.get('/demo');
  const begin = form(page.text, `value="${persona.id}"`);
  page = await visitor.post(begin.action, begin.fields);
  if (page.text.includes(`name="person" value="${persona.id}"`)) {
    const there = form(page.text, `name="person"`);
    page = await visitor.post(there.action || page.path, [...there.fields, ['person', persona.id]]);
  }
  const lock = form(page.text, 'name="passphrase"');
  page = await visitor.post(lock.action, [...lock.fields, ['passphrase', persona.passphrase]]);
  return { visitor, page };
}

const decode = (text) => text.replace(/&#(\d+);|&(amp|lt|gt|quot);/g, (_, n, name) => (n ? String.fromCodePoint(n) : { amp: '&', lt: '<', gt: '>', quot: '"' }[name]));

/** The hidden fields of the form that holds `mark` (a piece of its HTML), and its address. */
export function form(html, mark) {
  const found = html.match(/<form[\s\S]*?<\/form>/g)?.find((text) => text.includes(mark));
  if (!found) throw new Error(`no form with ${mark}`);
  const value = (tag, name) => decode(tag.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1] ?? '');
  const hidden = (found.match(/<input[^>]*type="hidden"[^>]*>/g) ?? []).map((tag) => [value(tag, 'name'), value(tag, 'value')]);
  return { action: value(found.match(/<form[^>]*>/)[0], 'action'), fields: hidden };
}

/** Who the demo's page lists: `{ id, who, passphrase }`, the passphrase empty for who has none yet. */
export function personas(html) {
  return (html.match(/<li class="card">[\s\S]*?<\/li>/g) ?? []).map((card) => ({
    id: card.match(/name="persona" value="([^"]+)"/)?.[1],
    who: card.match(/name="who" value="([^"]+)"/)?.[1],
    passphrase: decode(card.match(/class="secret"[^>]*>([^<]*)</)?.[1] ?? '').trim(),
  }));
}
