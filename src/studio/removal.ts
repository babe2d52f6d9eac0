import { api } from './client.ts';
import { action } from './fields.ts';
import { h } from './h.ts';
import type { ScreenplayItem } from './vendor/sdk.js';
import { t } from './words.ts';

/** The way to be rid of a film; what goes with it is said before it goes. */
export function removal(film: ScreenplayItem, after: () => Promise<unknown>, fault: HTMLElement): HTMLElement {
  const open = () => ask(film, after, fault);
  return h('button', { type: 'button', class: 'quiet', onclick: open, 'aria-label': labelOf(film) }, t('remove'));
}

const labelOf = ({ title }: ScreenplayItem) => t('removeFilm', { title: title || t('untitled') });

function ask(film: ScreenplayItem, after: () => Promise<unknown>, fault: HTMLElement): void {
  const refused = h('p', { class: 'problem', role: 'alert' });
  const close = () => {
    dialog.close();
    dialog.remove();
  };
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
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
