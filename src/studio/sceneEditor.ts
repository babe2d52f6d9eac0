import { api, plain } from './client.ts';
import { action, field, problem } from './fields.ts';
import type { FilmState } from './filmState.ts';
import { type Closing, mayGo } from './forms.ts';
import { h } from './h.ts';
import type { Scene } from './vendor/sdk.js';
import { t } from './words.ts';

/** Everything that can be changed of a scene: its texts, its place, whether it is there. */
export function sceneEditor(state: FilmState, scene: Scene, closing: Closing): HTMLFormElement {
  const fault = problem();
  const { screenplayId } = state;
  const text = (name: 'narration' | 'imagePrompt' | 'videoPrompt', maxlength = 4000) =>
    h('textarea', { name, rows: 4, required: true, maxlength }, scene[name]);
  const save = async (event: Event) => {
    event.preventDefault();
    const data = Object.fromEntries(new FormData(event.target as HTMLFormElement)) as Record<string, string>;
    const { narration = '', imagePrompt = '', videoPrompt = '' } = data;
    try {
      await api().scenes.update(screenplayId, scene.id, { narration, imagePrompt, videoPrompt });
      closing.done();
    } catch (error) {
      fault.textContent = plain(error);
    }
  };
  const remove = async () => {
    if (!confirm(t('deleteAsk'))) return;
    await api().scenes.delete(screenplayId, scene.id);
    closing.done();
  };
  const shift = (by: number) => async () => {
    if (!mayGo(form)) return;
    await move(state, scene, by);
    closing.done();
  };
  const form: HTMLFormElement = h(
    'form',
    { class: 'editor', onsubmit: save },
    field(t('narrationText'), text('narration', 1000)),
    field(t('imagePrompt'), text('imagePrompt')),
    field(t('videoPrompt'), text('videoPrompt')),
    fault,
    h(
      'div',
      { class: 'buttons' },
      h('button', { class: 'main' }, t('save')),
      action(t('earlier'), shift(-1), fault),
      action(t('later'), shift(1), fault),
      action(t('remove'), remove, fault),
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
