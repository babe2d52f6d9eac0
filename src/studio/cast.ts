import { here, lasting } from './client.ts';
import type { FilmPart, FilmState } from './filmState.ts';
import { h, patch } from './h.ts';
import { isActive } from './progress.ts';
import type { CharacterSheet } from './vendor/sdk.js';
import { t } from './words.ts';

/** One sheet per character. */
export function cast(state: FilmState): FilmPart {
  const list = h('div', { class: 'cast' });
  const element = h('section', { hidden: true }, h('h2', {}, t('characters')), list);
  const show = () => {
    const sheets = state.screenplay?.characterSheets ?? [];
    element.hidden = sheets.length === 0;
    patch(list, sheets, {
      key: ({ id }) => id,
      signature: (one) => signature(one) + state.task?.status,
      make: (one) => sheet(one, state.task !== undefined && isActive(state.task)),
    });
  };
  return { element, show };
}

const signature = ({ name, description, combinedViewUrl, state }: CharacterSheet) =>
  [name, description, lasting(combinedViewUrl), state].join('\n');

const sheet = ({ name, description, combinedViewUrl, state }: CharacterSheet, busy: boolean) =>
  h(
    'figure',
    { class: 'sheet' },
    h(
      'div',
      { class: combinedViewUrl || !busy ? 'frame' : 'frame developing' },
      combinedViewUrl && h('img', { src: here(combinedViewUrl), alt: name }),
    ),
    h(
      'figcaption',
      {},
      h('strong', {}, name),
      state === 'stale' && h('span', { class: 'stale' }, t('stale')),
      h('p', {}, description),
    ),
  );
