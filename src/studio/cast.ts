import { api, here, lasting } from './client.ts';
import { problem } from './fields.ts';
import { type FilmPart, type FilmState, isFilmed, remakeOf, stepsOfSheet } from './filmState.ts';
import { type Closing, formsOf } from './forms.ts';
import { h } from './h.ts';
import { patch } from './patch.ts';
import { isActive } from './progress.ts';
import { buy } from './purchase.ts';
import { redraw } from './redraw.ts';
import { sheetEditor } from './sheetEditor.ts';
import { trouble, troubleOf } from './trouble.ts';
import type { CharacterSheet } from './vendor/sdk.js';
import { t } from './words.ts';

/** One sheet per character. */
export function cast(state: FilmState): FilmPart {
  const list = h('div', { class: 'cast', role: 'group', 'aria-label': t('characters') });
  reachable(list);
  const element = h('section', { class: 'people', hidden: true }, h('h2', {}, t('characters')), list);
  const show = () => {
    const sheets = state.screenplay?.characterSheets ?? [];
    element.hidden = sheets.length === 0;
    patch(list, sheets, {
      key: ({ id }) => id,
      signature: (one) => [signature(one), ...marksOf(state, one.id)].join('\n'),
      make: (one) => sheet(state, one),
    });
  };
  return { element, show };
}

/** Where it is a strip that scrolls, the keyboard comes to it. */
function reachable(list: HTMLElement): void {
  const look = () => {
    if (list.scrollWidth > list.clientWidth) list.tabIndex = 0;
    else list.removeAttribute('tabindex');
  };
  new ResizeObserver(look).observe(list);
}

const signature = ({ name, description, combinedViewUrl, state }: CharacterSheet) =>
  [name, description, lasting(combinedViewUrl), state].join('\n');

function marksOf(state: FilmState, id: string): unknown[] {
  const { step } = troubleOf(stepsOfSheet(state, id)) ?? {};
  return [state.task?.status, remakeOf(state, id)?.status, step?.status, step?.error?.detail, step?.costMicros];
}

function sheet(state: FilmState, person: CharacterSheet): HTMLElement {
  const { id, name, description, combinedViewUrl } = person;
  const remake = remakeOf(state, id);
  const isBusy = state.task !== undefined && isActive(state.task);
  const found = troubleOf(stepsOfSheet(state, id));
  const isDrawn = !found && (remake ? isActive(remake) : isBusy && !combinedViewUrl);
  const fault = problem();
  const figure = h(
    'figure',
    { class: 'sheet', 'aria-label': name },
    h(
      'div',
      { class: isDrawn ? 'frame developing' : 'frame' },
      combinedViewUrl && h('img', { src: here(combinedViewUrl), alt: name }),
    ),
    h(
      'figcaption',
      {},
      h('strong', {}, name),
      person.state === 'stale' && h('span', { class: 'stale' }, t('stale')),
      h('p', {}, description),
      trouble(state, found, fault),
      fault,
    ),
  );
  if (!isBusy && !(remake && isActive(remake))) figure.append(tools(state, person, figure));
  return figure;
}

function tools(state: FilmState, person: CharacterSheet, figure: HTMLElement): HTMLElement {
  const { screenplayId } = state;
  const { opens } = formsOf(person.id, figure, state.refresh);
  const draw = async (description: string) => {
    const { id } = await buy([person.id, description], (options) =>
      api().characters.regenerate(screenplayId, person.id, { description }, options),
    );
    void state.follow(id).catch(() => undefined);
  };
  const again = (closing: Closing) =>
    redraw({
      label: t('looks'),
      text: person.description,
      go: t('draw'),
      order: { type: 'image', params: { characterSheetId: person.id } },
      make: draw,
      closing,
    });
  return h(
    'div',
    { class: 'buttons' },
    opens('edit', t('edit'), (closing) => sheetEditor(screenplayId, person, closing)),
    isFilmed(state) && opens('redraw', t('redraw'), again),
  );
}
