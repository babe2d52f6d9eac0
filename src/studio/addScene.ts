import { api } from './client.ts';
import { field, problem } from './fields.ts';
import type { FilmState } from './filmState.ts';
import { type Closing, formsOf } from './forms.ts';
import { h } from './h.ts';
import { t } from './words.ts';

/** A card after the last scene, in which another is written. */
export function addScene(state: FilmState): HTMLElement {
  const card = h('div', { class: 'adding' });
  const { opens } = formsOf(`${state.screenplayId} another scene`, card, state.refresh);
  const button = opens('add', t('addScene'), (closing) => newScene(state, closing));
  button.className = 'add';
  card.prepend(button);
  return card;
}

function newScene(state: FilmState, closing: Closing): HTMLFormElement {
  const text = h('textarea', { name: 'narration', rows: 2, required: true, maxlength: 1000 });
  const send = (event: Event) => {
    event.preventDefault();
    const narration = text.value.trim();
    if (!narration) return text.focus();
    const { characterSheetIds = [] } = state.screenplay?.scenes.at(-1) ?? {};
    const words = { narration, imagePrompt: narration, videoPrompt: narration };
    closing.send(() => api().scenes.add(state.screenplayId, { ...words, characterSheetIds }));
  };
  const leave = h('button', { type: 'button', class: 'quiet', onclick: closing.leave }, t('close'));
  return h(
    'form',
    { class: 'editor', onsubmit: send },
    field(t('addNarration'), text),
    h('p', { class: 'hint' }, t('addHint')),
    problem(),
    h('div', { class: 'buttons' }, h('button', { class: 'main' }, t('add')), leave),
  );
}
