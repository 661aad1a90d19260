// A small runner: one line a test, its failure beneath it, one closing count. Tests run in the order of their files, in each lane.

const tests = [];
let lane = 0;

/** Registers a test. `body` gets a `Visit` maker (see browser.mjs). */
export function test(name, body) {
  tests.push({ name, body, lane });
}

/** What `load` registers runs in the lane of that number, counted anew where there are fewer. */
export async function register(number, load) {
  lane = number;
  await load();
}

/** Runs all whose name holds `only`, one lane for each kit; returns whether all passed. */
export async function runAll(kits, only = '') {
  const chosen = tests.filter((t) => t.name.includes(only));
  const lanes = kits.map((kit, i) => inTurn(kit, chosen.filter((t) => t.lane % kits.length === i)));
  const failed = (await Promise.all(lanes)).reduce((sum, one) => sum + one, 0);
  console.log(`# ${chosen.length - failed} passed, ${failed} failed`);
  return failed === 0 && chosen.length > 0;
}

/** How many failed. Each test's lines are written at once, so that they stand together. */
async function inTurn(kit, some) {
  let failed = 0;
  for (const { name, body } of some) {
    const started = Date.now();
    const { problems, notes } = await attempt(kit, name, body);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    if (problems.length > 0) failed += 1;
    const verdict = `${problems.length > 0 ? 'not ok' : 'ok'} ${name} (${seconds} s)`;
    console.log([...notes, verdict, ...problems.map((problem) => problem.replace(/^/gm, '    '))].join('\n'));
  }
  return failed;
}

const LIMIT = 180_000;

async function attempt(kit, name, body) {
  const visit = kit.begin(name);
  let timer;
  const tooLong = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took more than ${LIMIT / 1000} s`)), LIMIT);
  });
  try {
    await Promise.race([body(visit), tooLong]);
  } catch (error) {
    await visit.photographFailure();
    visit.problems.push(clean(error));
  } finally {
    clearTimeout(timer);
    await visit.end();
  }
  return visit;
}

/** Where it happened in our own files, not in the library's. */
function clean(error) {
  const text = String(error?.stack ?? error);
  return text
    .split('\n')
    .filter((line) => !/node_modules|node:internal/.test(line))
    .slice(0, 25)
    .join('\n');
}
