import { api } from './client.ts';
import { action } from './fields.ts';
import { h } from './h.ts';
import { openModal } from './modal.ts';
import type { ScreenplayItem } from './vendor/sdk.js';
import { t } from './words.ts';

/** Where it is asked for, and what is done there afterwards. */
export interface Place {
  page: AbortSignal;
  after(): Promise<unknown>;
  fault: HTMLElement;
}

/** The way to be rid of a film; what goes with it is said before it goes. */
export function removal(film: ScreenplayItem, place: Place): HTMLElement {
  const open = () => ask(film, place);
  return h('button', { type: 'button', class: 'quiet', onclick: open, 'aria-label': labelOf(film) }, t('remove'));
}

const labelOf = ({ title }: ScreenplayItem) => t('removeFilm', { title: title || t('untitled') });

function ask(film: ScreenplayItem, { page, after, fault }: Place): void {
  const refused = h('p', { class: 'problem', role: 'alert' });
  const close = (): void => dialog.close();
  const remove = action(
    t('removeForGood'),
    async () => {
      await api().screenplays.delete(film.id);
      close();
      fault.textContent = '';
      await after();
      document.querySelector<HTMLElement>('#content')?.focus();
    },
    refused,
    'main',
  );
  const keep = h('button', { type: 'button', class: 'small', autofocus: true, onclick: close }, t('keep'));
  const heading = h('h2', { id: 'removal' }, labelOf(film));
  const dialog = h(
    'dialog',
    { class: 'removal', 'aria-labelledby': 'removal' },
    heading,
    h('p', {}, t('removeWhat', { n: film.sceneCount })),
    refused,
    h('div', { class: 'buttons' }, remove, keep),
  );
  openModal(dialog, page);
}
