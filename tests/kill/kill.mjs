// node kill.mjs BINARY DATA PORT ROUNDS: what was answered for is there after a kill -9, whatever was under way.

import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Visitor, form, personas, signIn } from '../lib/client.mjs';

const [binary, data, port, rounds] = process.argv.slice(2);
const base = `http://localhost:${port}`;
let server;

async function start() {
  server = spawn(binary, ['demo', '--data', data, '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr.on('data', (part) => (said = (said + part).slice(-4000)));
  for (let i = 0; i < 600; i += 1) {
    if (server.exitCode !== null) throw new Error(`the server does not start: ${said}`);
    const up = await fetch(`${base}/health/ready`).then((r) => r.ok, () => false);
    if (up) return;
    await sleep(50);
  }
  throw new Error(`not ready after 30 s: ${said}`);
}

function kill() {
  const gone = new Promise((done) => server.once('exit', done));
  server.kill('SIGKILL');
  return gone;
}

async function enter(persona) {
  const { visitor, page } = await signIn(base, persona);
  if (page.path !== '/map') throw new Error(`unlocking led to ${page.path} (${page.status})`);
  return visitor;
}

/** Changes one entry again and again; remembers the last change that was answered for. */
class Writer {
  constructor(visitor) {
    Object.assign(this, { visitor, number: 0, acknowledged: 0 });
  }

  async begin() {
    await this.save('/map/p09/licence/new');
    const section = await this.visitor.get('/map/p09');
    const cards = section.text.split('<li class="card">');
    this.id = cards.find((card) => card.includes('omgång 1'))?.match(/\/entries\/([0-9a-f-]{36})/)?.[1];
    if (!this.id) throw new Error('the first entry does not stand in its section');
  }

  async save(address) {
    const shown = form((await this.visitor.get(address)).text, 'page-form');
    const number = (this.number += 1);
    const fields = [...shown.fields.filter(([name]) => name !== 'seen'), ['licence', 'other'], ['name', `omgång ${number}`], ['seen', 'yes']];
    const answer = await this.visitor.once('POST', address, new URLSearchParams(fields).toString());
    if (answer.status !== 303) throw new Error(`a save answered ${answer.status}`);
    this.acknowledged = number;
  }

  async work() {
    for (;;) await this.save(`/entries/${this.id}/edit`);
  }

  async check() {
    const page = await this.visitor.get(`/entries/${this.id}`);
    const found = Number(page.text.match(/omgång (\d+)/)?.[1] ?? -1);
    if (found < this.acknowledged) throw new Error(`change ${this.acknowledged} was answered for, and ${found} stands there (${page.status})`);
    this.number = Math.max(this.number, found);
  }
}

/** Gives and withdraws; remembers what was answered for. */
class Sharer {
  constructor(visitor) {
    Object.assign(this, { visitor, given: new Set(), withdrawn: new Set(), asked: new Set() });
  }

  async begin() {
    const found = await this.visitor.post('/sharing/new', { query: 'Arbetsmarknad' });
    this.unit = found.text.match(/name="unit" value="([0-9a-f-]{36})"/)[1];
    const purposes = await this.visitor.post('/sharing/new/purpose', { unit: this.unit });
    this.purpose = purposes.text.match(/name="purpose" value="([^"]+)"/)[1];
    // The last page says what the unit states, and the yes says which statement was read.
    const summary = await this.visitor.post('/sharing/new/summary', this.answers());
    this.stated = form(summary.text, 'page-form').fields.filter(([name]) => name === 'stated');
  }

  answers() {
    const until = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
    return { unit: this.unit, purpose: this.purpose, section: 'p03', mode: 'view', until };
  }

  async work() {
    for (;;) {
      const answers = { ...this.answers(), ...Object.fromEntries(this.stated), answer: 'yes' };
      const answer = await this.visitor.post('/sharing/new/give', answers);
      const id = answer.text.match(/\/sharing\/([0-9a-f-]{36})/)?.[1];
      if (!id) throw new Error(`giving answered ${answer.status}`);
      this.given.add(id);
      this.asked.add(id);
      const ended = await this.visitor.post(`/sharing/${id}/withdraw`);
      if (ended.status !== 200) throw new Error(`withdrawing answered ${ended.status}`);
      this.withdrawn.add(id);
    }
  }

  async check() {
    const page = await this.visitor.get('/sharing');
    for (const id of this.given) {
      const known = page.text.includes(`/sharing/${id}"`);
      const live = page.text.includes(`/sharing/${id}/withdraw`);
      if (!known) throw new Error('a consent that was answered for is not there');
      if (this.withdrawn.has(id) && live) throw new Error('a withdrawn consent is live again');
      // One that was being withdrawn when the server died may be either; end it, so that the next round begins alike.
      if (live) await this.visitor.post(`/sharing/${id}/withdraw`);
    }
    const log = await this.visitor.post('/events/verify');
    if (/class="notice warning"/.test(log.text)) throw new Error('the log does not verify');
  }
}

// A broken connection is what a kill looks like; anything else is a fault.
const untilKilled = (work) => work.catch((error) => {
  if (!/ECONNRESET|ECONNREFUSED|socket hang up|EPIPE/.test(`${error.code} ${error.message}`)) throw error;
});

let passed = 0;
try {
  await start();
  const people = personas((await new Visitor(base).get('/demo')).text).filter((p) => p.who === 'person' && p.passphrase);
  if (people.length === 0) throw new Error('the demo lists nobody with a passphrase');
  const workers = [new Writer(await enter(people[0])), new Sharer(await enter(people.at(-1)))];
  for (const worker of workers) await worker.begin();
  for (let round = 1; round <= Number(rounds); round += 1) {
    const work = Promise.all(workers.map((worker) => untilKilled(worker.work())));
    work.catch(() => {}); // awaited below; a fault must not count as unhandled before that
    // Long enough that something is under way on a busy machine too.
    await sleep(100 + Math.random() * 900);
    await kill();
    await work;
    await start();
    for (const worker of workers) {
      worker.visitor.agent.destroy();
      worker.visitor.agent = new Visitor(base).agent;
      await worker.check();
    }
    passed += 1;
  }
  console.log(`${workers[0].acknowledged} changes and ${workers[1].withdrawn.size} withdrawals were answered for, and all are there`);
  if (workers[0].acknowledged < 2 * rounds || workers[1].withdrawn.size < 1) throw new Error('too little was under way to prove anything');
  console.log(`# ${passed} passed, 0 failed`);
} catch (error) {
  console.log(`not ok after ${passed} kills: ${error.stack}`);
  console.log(`# ${passed} passed, 1 failed`);
  process.exitCode = 1;
} finally {
  if (server && server.exitCode === null) await kill();
}
