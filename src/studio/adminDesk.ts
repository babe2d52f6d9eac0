import { type AdminWord, w } from './adminWords.ts';
import { plain } from './client.ts';
import { action } from './fields.ts';
import { h } from './h.ts';

/** What the parts of the administrators' page share: the reason, where failures are said, and looking again after a deed. */
export interface Desk {
  fault: HTMLElement;
  /** Throws, and asks for it, where none is given. */
  why(): string;
  /** After a deed: every part looks again. */
  lookAgain(): Promise<void>;
  signal: AbortSignal;
}

export interface Part {
  element: HTMLElement;
  load(): Promise<void>;
}

/** A button that changes something, under the reason that is given. It is gone afterwards: who was at it is at its part's heading then. */
export const deed = (desk: Desk, word: AdminWord, about: string, work: (reason: string) => Promise<unknown>) => {
  const button: HTMLButtonElement = action(
    w(word),
    async () => {
      const heading = button.closest('section')?.querySelector('h2');
      await work(desk.why());
      await desk.lookAgain();
      if (document.activeElement === document.body) heading?.focus();
    },
    desk.fault,
  );
  button.setAttribute('aria-label', `${w(word)}: ${about}`);
  return button;
};

type Cell = Node | string | number;

/** Scrolls sideways by itself, and by keyboard, where it is too wide. */
export function table(caption: string, heads: readonly AdminWord[], rows: readonly (readonly Cell[])[]): HTMLElement {
  if (rows.length === 0) return h('p', { class: 'empty' }, w('nothing'));
  const head = h('tr', {}, ...heads.map((one) => h('th', { scope: 'col' }, w(one))));
  const body = rows.map((cells) => h('tr', {}, ...cells.map((cell) => h('td', {}, cell))));
  return h(
    'div',
    { class: 'ledger', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', {}, h('thead', {}, head), h('tbody', {}, ...body)),
  );
}

/** A part under its heading, whose content is made anew at every look. */
export function part(desk: Desk, word: AdminWord, look: () => Promise<Node[]>, ...above: Node[]): Part {
  const content = h('div', { class: 'part' });
  return {
    element: h('section', {}, h('h2', { tabindex: -1 }, w(word)), ...above, content),
    async load() {
      try {
        const fresh = await look();
        if (desk.signal.aborted) return;
        content.replaceChildren(...fresh);
      } catch (error) {
        if (!desk.signal.aborted) desk.fault.textContent = plain(error);
      }
    },
  };
}

export const moment = (date: Date | null | undefined): string =>
  date
    ? new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'medium' }).format(date)
    : '';
