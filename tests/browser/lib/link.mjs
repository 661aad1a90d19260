// The browser's own module, from its file as it is served: Node takes it as a module whatever its ending says.

import { readFileSync } from 'node:fs';

const source = readFileSync(new URL('../../../src/web/static/link.js', import.meta.url), 'utf8');
export const link = await import(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`);

export const vectors = JSON.parse(readFileSync(new URL('../../vectors/link.json', import.meta.url), 'utf8'));

/** Opens the frozen answer as it is, or as `change` leaves a copy of it. */
export function open(change = () => {}) {
  const answer = structuredClone(vectors.answer);
  change(answer);
  return link.openLink(link.bytesOf(vectors.secret), answer, vectors.kinds);
}
