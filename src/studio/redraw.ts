import { plain } from './client.ts';
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
  const fault = problem();
  const words = h('textarea', { name: 'words', rows: 5, required: true, maxlength: 4000 }, text);
  const button = h('button', { class: 'main' }, go);
  const send = async (event: Event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await make(words.value.trim());
      closing.done();
    } catch (error) {
      fault.textContent = plain(error);
      button.disabled = false;
    }
  };
  const cancel = h('button', { type: 'button', class: 'quiet', onclick: closing.leave }, t('close'));
  return h(
    'form',
    { class: 'editor', onsubmit: send },
    field(label, words),
    fault,
    h('div', { class: 'buttons' }, button, cancel, priceTag(order)),
  );
}
