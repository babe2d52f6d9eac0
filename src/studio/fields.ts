import { plain } from './client.ts';
import { h } from './h.ts';

let fields = 0;

export function field(label: string, control: HTMLElement): HTMLElement {
  fields += 1;
  control.id = `field-${fields}`;
  return h('div', { class: 'field' }, h('label', { for: control.id }, label), control);
}

/** Where a failure is said; read out when it changes. */
export const problem = (): HTMLElement => h('p', { class: 'problem', role: 'alert' });

export function choice(
  name: string,
  values: readonly (readonly [string, string])[],
  chosen: string,
): HTMLSelectElement {
  return h(
    'select',
    { name },
    ...values.map(([value, text]) => h('option', { value, selected: value === chosen }, text)),
  );
}

/** A button whose work may fail: it waits meanwhile, and what went wrong is said in `fault`. */
export function action(
  text: string,
  work: () => Promise<unknown>,
  fault: HTMLElement,
  kind = 'small',
): HTMLButtonElement {
  const button = h('button', { type: 'button', class: kind }, text);
  button.addEventListener('click', async () => {
    button.disabled = true;
    fault.textContent = '';
    try {
      await work();
    } catch (error) {
      fault.textContent = plain(error);
    } finally {
      button.disabled = false;
    }
  });
  return button;
}
