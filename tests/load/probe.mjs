// What wrk cannot measure: `node probe.mjs withdraw|pages|fsync ...`. Prints `key value` lines, times in milliseconds.
//   withdraw BASE FILE COUNT     FILE: lines of cookie, tab, address to POST to, tab, address to read, tab, token
//   pages    BASE FILE           FILE: lines of name, tab, path, tab, cookie (may be empty)
//   fsync    FOLDER

import { Agent, request } from 'node:http';
import { closeSync, fdatasyncSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function ask(base, method, path, headers = {}, body = '') {
  const all = { ...headers, ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body), origin: base, 'sec-fetch-site': 'same-origin' } : {}) };
  return new Promise((resolve, reject) => {
    const sent = request(base + path, { method, agent, headers: all }, (answer) => {
      let size = 0;
      answer.on('data', (part) => (size += part.length));
      answer.on('end', () => resolve({ status: answer.statusCode, size }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

function print(name, times) {
  const sorted = [...times].sort((a, b) => a - b);
  console.log(`${name}_p50_ms ${at(sorted, 0.5).toFixed(3)}`);
  console.log(`${name}_p99_ms ${at(sorted, 0.99).toFixed(3)}`);
  console.log(`${name}_max_ms ${sorted.at(-1).toFixed(3)}`);
}

const rows = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t'));

/** A live read, the withdrawal, then reads until the first denial; the time from the withdrawal's answer to that denial's. */
async function withdraw(base, file, count) {
  const [whole, denial] = [[], []];
  for (const [cookie, post, get, token] of rows(file).slice(0, Number(count))) {
    const headers = { authorization: `Bearer ${token}` };
    const before = await ask(base, 'GET', get, headers);
    if (before.status !== 200) throw new Error(`a live consent answered ${before.status}`);
    const start = performance.now();
    const answer = await ask(base, 'POST', post, { cookie });
    const answered = performance.now();
    if (answer.status >= 400) throw new Error(`the withdrawal answered ${answer.status}`);
    let reads = 0;
    while ((await ask(base, 'GET', get, headers)).status === 200) {
      if ((reads += 1) > 10_000) throw new Error('never denied');
    }
    denial.push(performance.now() - answered);
    whole.push(answered - start);
    if (reads) console.log(`late_reads ${reads}`);
  }
  print('withdrawal', whole);
  print('denial', denial);
}

async function pages(base, file) {
  for (const [name, path, cookie] of rows(file)) {
    const times = [];
    for (let i = 0; i < 220; i += 1) {
      const start = performance.now();
      const answer = await ask(base, 'GET', path, cookie ? { cookie } : {});
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      if (i >= 20) times.push(performance.now() - start);
    }
    print(`page_${name}`, times);
  }
}

function fsync(folder) {
  const file = join(folder, 'fsync-probe');
  const handle = openSync(file, 'w');
  const block = Buffer.alloc(4096, 1);
  const times = [];
  for (let i = 0; i < 500; i += 1) {
    writeSync(handle, block);
    const start = performance.now();
    fdatasyncSync(handle);
    times.push(performance.now() - start);
  }
  closeSync(handle);
  unlinkSync(file);
  print('fsync', times);
}

const [what, ...rest] = process.argv.slice(2);
await { withdraw, pages, fsync }[what](...rest);
agent.destroy();
