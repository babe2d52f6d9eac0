import { type AdminWord, w } from './adminWords.ts';
import { plain } from './client.ts';
import { action } from './fields.ts';
import { h } from './h.ts';
import { t } from './words.ts';

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
  const head = h('tr', { role: 'row' }, ...heads.map((one) => h('th', { scope: 'col', role: 'columnheader' }, w(one))));
  const body = rows.map((cells) => h('tr', { role: 'row' }, ...cells.map((cell, at) => named(heads[at], cell))));
  return h(
    'div',
    { class: 'ledger', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', { role: 'table' }, h('thead', { role: 'rowgroup' }, head), h('tbody', { role: 'rowgroup' }, ...body)),
  );
}

/** On a phone a row is a card, whose cells say themselves what they are; the roles keep it a table for those who listen. */
function named(head: AdminWord | undefined, cell: Cell): HTMLElement {
  return h('td', { role: 'cell', 'data-head': head && w(head), 'data-empty': cell === '' }, cell);
}

interface Page<Item> {
  items: Item[];
  total: number;
}

export interface Pages<Item> {
  look(): Promise<{ items: Item[]; more: HTMLElement | '' }>;
  /** From the first page again. */
  rewind(): void;
}

export const pageSize = 50;

/** All pages up to the last that was asked for, and a button for the next one. */
export function pages<Item>(
  desk: Desk,
  ask: (page: number) => Promise<Page<Item>>,
  again: () => Promise<void>,
): Pages<Item> {
  let wanted = 1;
  const more = async (button: HTMLElement) => {
    const section = button.closest('section');
    wanted += 1;
    await again();
    section?.querySelector<HTMLElement>('.more, h2')?.focus();
  };
  return {
    rewind() {
      wanted = 1;
    },
    async look() {
      const found = await Promise.all(Array.from({ length: wanted }, (_, at) => ask(at + 1)));
      const items = found.flatMap((page) => page.items);
      if (items.length >= (found.at(-1)?.total ?? 0)) return { items, more: '' };
      const button: HTMLElement = action(t('more'), () => more(button), desk.fault, 'small more');
      return { items, more: button };
    },
  };
}

/** A part under its heading, whose content is made anew at every look; of several at once, the last one asked for stays. */
export function part(desk: Desk, word: AdminWord, look: () => Promise<Node[]>, ...above: Node[]): Part {
  const content = h('div', { class: 'part' });
  let asked = 0;
  return {
    element: h('section', {}, h('h2', { tabindex: -1 }, w(word)), ...above, content),
    async load() {
      asked += 1;
      const mine = asked;
      try {
        const fresh = await look();
        if (desk.signal.aborted || mine !== asked) return;
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
