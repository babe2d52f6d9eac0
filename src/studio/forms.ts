import { plain } from './client.ts';
import { h } from './h.ts';
import { t } from './words.ts';

type Control = HTMLInputElement | HTMLTextAreaElement;

interface Written {
  kind: string;
  values: [name: string, value: string][];
}

/** What stands in open forms, by the part they belong to: it outlives a page that is built anew, as in another language. */
const written = new Map<string, Written>();
addEventListener('session', () => written.clear());

const controlsOf = (form: HTMLFormElement): Control[] =>
  [...form.elements].filter(
    (one): one is Control => (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement) && one.name !== '',
  );

const isChanged = (form: HTMLFormElement): boolean =>
  controlsOf(form).some(({ value, defaultValue }) => value !== defaultValue);

function keep(id: string, kind: string, form: HTMLFormElement): void {
  const now = () =>
    written.set(id, { kind, values: controlsOf(form).map(({ name, value }): [string, string] => [name, value]) });
  form.addEventListener('input', now);
  now();
}

/** True where nothing is lost with this form, or where it may be. */
export const mayGo = (form: HTMLFormElement | null): boolean => !form || !isChanged(form) || confirm(t('discardAsk'));

/** How a form goes. */
export interface Closing {
  /** Asks first where something would be lost. */
  leave(): void;
  /** At once, so that nothing moves when the work is done; it comes back with what went wrong if that fails. */
  send(work: () => Promise<unknown>): void;
}

/** The forms of one part of the film, of which one is open at a time. */
export interface Forms {
  /** A button that opens a form of this kind. */
  opens(kind: string, text: string, make: (closing: Closing) => HTMLFormElement): HTMLButtonElement;
}

/** `place` takes the open form; `closed` hears that one went. */
export function formsOf(id: string, place: HTMLElement, closed: () => Promise<unknown>): Forms {
  const current = () => place.querySelector('form');
  const open = (kind: string, form: HTMLFormElement) => {
    current()?.remove();
    place.append(form);
    keep(id, kind, form);
  };
  return {
    opens(kind, text, make) {
      const button = h('button', { type: 'button', class: 'small' }, text);
      const done = () => {
        written.delete(id);
        current()?.remove();
        (button.closest('details')?.querySelector('summary') ?? button).focus();
        // Where the page was built anew meanwhile, that one asks itself.
        closed().catch(() => undefined);
      };
      const leave = () => mayGo(current()) && done();
      const closing = { leave, send: (work: () => Promise<unknown>) => void hiding(current(), work, done) };
      button.addEventListener('click', () => {
        if (current()?.hidden || !mayGo(current())) return;
        open(kind, make(closing));
        show(current());
      });
      const kept = written.get(id);
      if (kept?.kind === kind) queueMicrotask(() => open(kind, restored(make(closing), kept)));
      return button;
    },
  };
}

async function hiding(form: HTMLFormElement | null, work: () => Promise<unknown>, done: () => void): Promise<void> {
  if (!form || form.hidden) return;
  const fault = form.querySelector('.problem');
  if (fault) fault.textContent = '';
  form.hidden = true;
  try {
    await work();
    done();
  } catch (error) {
    form.hidden = false;
    if (fault) fault.textContent = plain(error);
  }
}

function restored(form: HTMLFormElement, { values }: Written): HTMLFormElement {
  const known = new Map(values);
  for (const control of controlsOf(form)) control.value = known.get(control.name) ?? control.value;
  return form;
}

function show(form: HTMLFormElement | null): void {
  form?.querySelector('textarea')?.focus({ preventScroll: true });
  form?.scrollIntoView({ block: 'nearest' });
}
