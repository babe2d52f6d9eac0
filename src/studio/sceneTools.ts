import { api } from './client.ts';
import { action } from './fields.ts';
import { type FilmState, isFilmed, stepsOf } from './filmState.ts';
import { type Closing, formsOf } from './forms.ts';
import { h } from './h.ts';
import { menu } from './menu.ts';
import { isActive } from './progress.ts';
import { buy } from './purchase.ts';
import { redraw } from './redraw.ts';
import { sceneEditor } from './sceneEditor.ts';
import { showTakes } from './takes.ts';
import type { Scene } from './vendor/sdk.js';
import { t } from './words.ts';

/** What can be done with a scene; forms open in its card, beside its picture. */
export function sceneTools(state: FilmState, scene: Scene, card: HTMLElement, fault: HTMLElement): HTMLElement {
  const { task } = state;
  const steps = stepsOf(state, scene);
  const busy = (task !== undefined && isActive(task)) || steps.some(({ task: one }) => isActive(one));
  const { opens } = formsOf(scene.id, card, state.refresh);
  const ways = [
    !busy && isFilmed(state) && opens('redraw', t('redraw'), newPicture(state, scene)),
    !busy && scene.imageUrl && opens('reshoot', t('reshoot'), newClip(state, scene)),
    scene.imageUrl && action(t('takes'), () => showTakes(state, scene), fault),
  ].filter((one) => one instanceof HTMLButtonElement);
  return h(
    'div',
    { class: 'buttons' },
    !busy && opens('edit', t('edit'), (closing) => sceneEditor(state, scene, closing)),
    menu(t('more'), t('moreOf', { n: scene.sceneId }), ways),
  );
}

const newPicture = (state: FilmState, scene: Scene) => (closing: Closing) =>
  redraw({
    label: t('imagePrompt'),
    text: scene.imagePrompt,
    go: t('draw'),
    order: { type: 'image', params: { sceneUuid: scene.id } },
    make: remake(state, scene, 'regenerateImage'),
    closing,
  });

const newClip = (state: FilmState, scene: Scene) => (closing: Closing) =>
  redraw({
    label: t('videoPrompt'),
    text: scene.videoPrompt,
    go: t('shoot'),
    order: { type: 'video', params: { sceneUuid: scene.id } },
    make: remake(state, scene, 'regenerateVideo'),
    closing,
  });

const remake =
  (state: FilmState, scene: Scene, make: 'regenerateImage' | 'regenerateVideo') => async (prompt: string) => {
    const order = [make, scene.id, prompt];
    const { id } = await buy(order, (options) => api().scenes[make](state.screenplayId, scene.id, { prompt }, options));
    void state.follow(id).catch(() => undefined);
  };
