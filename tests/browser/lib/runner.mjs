// A small runner: one line a test, its failure beneath it, one closing count. Tests run in the order of their files.

const tests = [];

/** Registers a test. `body` gets a `Visit` maker (see browser.mjs). */
export function test(name, body) {
  tests.push({ name, body });
}

/** Runs all whose name holds `only`; returns whether all passed. */
export async function runAll(kit, only = '') {
  let passed = 0;
  let failed = 0;
  for (const { name, body } of tests.filter((t) => t.name.includes(only))) {
    const started = Date.now();
    const problems = await attempt(kit, name, body);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    if (problems.length === 0) {
      passed += 1;
      console.log(`ok ${name} (${seconds} s)`);
    } else {
      failed += 1;
      console.log(`not ok ${name} (${seconds} s)`);
      for (const problem of problems) console.log(problem.replace(/^/gm, '    '));
    }
  }
  console.log(`# ${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0;
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
  return visit.problems;
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
