import { api } from './client.ts';
import { field, problem } from './fields.ts';
import type { FilmState } from './filmState.ts';
import { type Closing, mayGo } from './forms.ts';
import { h } from './h.ts';
import type { Scene } from './vendor/sdk.js';
import { t } from './words.ts';

/** Everything that can be changed of a scene: its texts, its place, whether it is there. */
export function sceneEditor(state: FilmState, scene: Scene, closing: Closing): HTMLFormElement {
  const { screenplayId } = state;
  const text = (name: 'narration' | 'imagePrompt' | 'videoPrompt', maxlength = 4000) =>
    h('textarea', { name, rows: 4, required: true, maxlength }, scene[name]);
  const save = (event: Event) => {
    event.preventDefault();
    const data = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const { narration = '', imagePrompt = '', videoPrompt = '' } = data;
    closing.send(() => api().scenes.update(screenplayId, scene.id, { narration, imagePrompt, videoPrompt }));
  };
  const remove = () => confirm(t('deleteAsk')) && closing.send(() => api().scenes.delete(screenplayId, scene.id));
  const shift = (by: number) => () => mayGo(form) && closing.send(() => move(state, scene, by));
  const small = (text: string, onclick: () => unknown) =>
    h('button', { type: 'button', class: 'small', onclick }, text);
  const form: HTMLFormElement = h(
    'form',
    { class: 'editor', onsubmit: save },
    field(t('narrationText'), text('narration', 1000)),
    field(t('imagePrompt'), text('imagePrompt')),
    field(t('videoPrompt'), text('videoPrompt')),
    problem(),
    h(
      'div',
      { class: 'buttons' },
      h('button', { class: 'main' }, t('save')),
      small(t('earlier'), shift(-1)),
      small(t('later'), shift(1)),
      small(t('remove'), remove),
      h('button', { type: 'button', class: 'quiet', onclick: closing.leave }, t('close')),
    ),
  );
  return form;
}

async function move({ screenplay, screenplayId }: FilmState, { id }: Scene, by: number): Promise<void> {
  const ids = (screenplay?.scenes ?? []).map((scene) => scene.id);
  const from = ids.indexOf(id);
  const to = from + by;
  if (to < 0 || to >= ids.length) return;
  ids.splice(to, 0, ...ids.splice(from, 1));
  await api().scenes.reorder(screenplayId, ids);
}
