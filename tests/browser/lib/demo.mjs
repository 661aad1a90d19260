// Who one can be in the demo, as its page lists them: read there, so that the page cannot say anything else than what works.

import { must } from './browser.mjs';

/** `{ empty, full, staff: [...] }`: a person with an empty map, one with live consents, staff of several units. */
export async function people(page) {
  await page.goto('/demo');
  const all = await page.evaluate(`[...document.querySelectorAll('form:has([name=persona])')].map((form) => {
    const card = form.closest('li');
    return {
      id: form.elements.persona.value,
      who: form.elements.who.value,
      unit: form.elements.who.value === 'staff' ? card.parentElement.previousElementSibling.innerText.trim() : '',
      name: card.querySelector('h3 bdi').innerText.trim(),
      passphrase: card.querySelector('.secret')?.innerText.trim() ?? '',
    };
  })`);
  const persons = all.filter((p) => p.who === 'person');
  const found = {
    all,
    empty: persons.find((p) => !p.passphrase),
    full: persons.find((p) => /amina/.test(p.id)) ?? persons.find((p) => p.passphrase),
    staff: all.filter((p) => p.who === 'staff'),
  };
  must(found.empty && found.full, 'the demo page lists a person with an empty map and one with live consents');
  must(new Set(found.staff.map((p) => p.unit)).size >= 2, 'the demo page lists staff of two units');
  return found;
}

/** A member of staff of the unit whose name holds `text`. */
export function staffOf(found, text) {
  const one = found.staff.find((p) => p.unit.includes(text));
  must(one, `the demo page lists no staff of "${text}", only of ${found.staff.map((p) => p.unit).join('; ')}`);
  return one;
}
