import { field, problem } from './fields.ts';
import type { Closing } from './forms.ts';
import { h } from './h.ts';
import { priceTag } from './price.ts';
import type { TaskCreate } from './vendor/sdk.js';
import { t } from './words.ts';

interface Redraw {
  label: string;
  text: string;
  /** What the button says that buys it. */
  go: string;
  /** What is bought, for its price. */
  order: TaskCreate;
  make(text: string): Promise<void>;
  closing: Closing;
}

/** Another try at a picture, clip or sheet, with the words it is made from at hand. */
export function redraw({ label, text, go, order, make, closing }: Redraw): HTMLFormElement {
  const words = h('textarea', { name: 'words', rows: 5, required: true, maxlength: 4000 }, text);
  const send = (event: Event) => {
    event.preventDefault();
    closing.send(() => make(words.value.trim()));
  };
  const cancel = h('button', { type: 'button', class: 'quiet', onclick: closing.leave }, t('close'));
  return h(
    'form',
    { class: 'editor', onsubmit: send },
    field(label, words),
    problem(),
    h('div', { class: 'buttons' }, h('button', { class: 'main' }, go), cancel, priceTag(order)),
  );
}
