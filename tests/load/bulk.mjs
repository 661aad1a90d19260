// node bulk.mjs BASE ROWS: a file of assessments is brought and all its proofs are issued, by pages, at a demo; then their status list is
// fetched. Prints `key value` lines.

import { Visitor, form, personas, signIn } from '../lib/client.mjs';

const [base, rows] = [process.argv[2], Number(process.argv[3])];
const FILES = '/staff/issuing/files';

const file = ['label,framework,criteria,part,level', ...Array.from({ length: rows }, (_, n) => `Deltagare ${n + 1},order-picking,pick,part,E2`)];

function must(claim, sentence) {
  if (!claim) throw new Error(sentence);
}

const listed = personas((await new Visitor(base).get('/demo')).text);
const { visitor } = await signIn(base, listed.find((one) => /fatima/.test(one.id)));
let page = await visitor.get(FILES);
let asked = form(page.text, 'enctype=');
let begun = performance.now();
page = await visitor.upload(asked.action, asked.fields, { field: 'file', name: 'kursen.csv', type: 'text/csv', content: `${file.join('\r\n')}\r\n` });
must(page.text.includes('/begin"'), `the file was not taken (${page.status})`);
console.log(`bulk_checked_s ${((performance.now() - begun) / 1000).toFixed(2)}`);
begun = performance.now();
asked = form(page.text, '/begin"');
page = await visitor.post(asked.action, asked.fields);
// As the page's own script does, without its moment to read.
while (page.text.includes('/go-on"')) {
  asked = form(page.text, '/go-on"');
  page = await visitor.post(asked.action, asked.fields);
}
must(page.text.includes('/codes.csv"'), `not all were issued (${page.status})`);
console.log(`bulk_issued_s ${((performance.now() - begun) / 1000).toFixed(2)}`);
const [, unit] = /\/issuer\/([0-9a-f-]{36})/.exec((await visitor.get('/staff/issuing/keys')).text) ?? [];
must(unit, 'the page of the unit names no issuer');
const times = [];
for (let n = 0; n < 520; n += 1) {
  begun = performance.now();
  const list = await visitor.get(`/issuer/${unit}/status/1`);
  must(list.status === 200, `the status list answered ${list.status}`);
  if (n >= 20) times.push(performance.now() - begun);
}
times.sort((a, b) => a - b);
console.log(`list_served_p50_ms ${times[times.length / 2].toFixed(3)}`);
console.log(`list_served_p99_ms ${times[Math.floor(times.length * 0.99)].toFixed(3)}`);
visitor.agent.destroy();
