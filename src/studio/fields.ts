import { plain } from './client.ts';
import { faultsOf } from './faults.ts';
import { h } from './h.ts';

let fields = 0;

/** A control with its label, a hint where one helps, and a place for what is wrong with it. */
export function field(label: string, control: HTMLElement, hint?: string): HTMLElement {
  fields += 1;
  control.id = `field-${fields}`;
  const said = hint !== undefined && h('p', { class: 'hint', id: `${control.id}-hint` }, hint);
  if (said) control.setAttribute('aria-describedby', said.id);
  return h('div', { class: 'field' }, h('label', { for: control.id }, label), control, said);
}

/**
 * Says what went wrong with a form: of an input beside it, of anything else in `fault`. `names` are those of inputs that are called
 * otherwise in the request.
 */
export function tellFaults(
  form: HTMLFormElement,
  fault: HTMLElement,
  error: unknown,
  names: Record<string, string> = {},
): void {
  const { byField, rest } = faultsOf(error);
  const left = Object.entries(byField).filter(([name, detail]) => {
    const control = form.elements.namedItem(names[name] ?? name);
    if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)) return true;
    mark(control, detail);
    return false;
  });
  fault.textContent = [rest, ...left.map(([, detail]) => detail)].join(' ').trim();
  form.querySelector<HTMLElement>('[aria-invalid]')?.focus();
}

/** Until it is changed. */
function mark(control: HTMLInputElement | HTMLTextAreaElement, detail: string): void {
  const id = `${control.id}-fault`;
  document.getElementById(id)?.remove();
  const before = (control.getAttribute('aria-describedby') ?? '').replace(id, '').trim();
  const said = h('p', { class: 'problem', id }, detail);
  control.after(said);
  control.setAttribute('aria-invalid', 'true');
  control.setAttribute('aria-describedby', `${id} ${before}`.trim());
  const clear = () => {
    said.remove();
    control.removeAttribute('aria-invalid');
    control.setAttribute('aria-describedby', before);
    if (!before) control.removeAttribute('aria-describedby');
  };
  control.addEventListener('input', clear, { once: true });
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
