import { addScene } from './addScene.ts';
import { lasting } from './client.ts';
import { type FilmPart, type FilmState, type StepOfTask, stepsOf } from './filmState.ts';
import { h } from './h.ts';
import { patch } from './patch.ts';
import { isActive } from './progress.ts';
import { sceneCard } from './sceneCard.ts';
import type { Scene } from './vendor/sdk.js';
import { t } from './words.ts';

/** Every scene as a card, in the order of the film. */
export function storyboard(state: FilmState): FilmPart {
  const reel = h('div', { class: 'reel', role: 'list', 'aria-label': t('scenes') });
  const adding = addScene(state);
  const show = () => {
    const scenes = state.screenplay?.scenes ?? [];
    const signature = (scene: Scene) => signatureOf(state, scene);
    patch(reel, scenes, { key: ({ id }) => id, signature, make: (scene) => sceneCard(state, scene) });
    adding.hidden = !state.screenplay || (state.task !== undefined && isActive(state.task));
  };
  return {
    element: h('section', { class: 'scenes' }, h('h2', {}, t('scenes')), h('div', { class: 'board' }, reel, adding)),
    show,
  };
}

/** All that is on the card, without what changes though nothing is new. */
function signatureOf(state: FilmState, scene: Scene): string {
  const { task, screenplay } = state;
  const { imageUrl, videoUrl, ...text } = scene;
  const steps = stepsOf(state, scene).map(({ step, task: one }) => [one.status, ...marksOf(step)]);
  const addresses = [lasting(imageUrl), lasting(videoUrl)];
  return JSON.stringify([text, addresses, steps, task?.status, screenplay?.scenes.length]);
}

const marksOf = ({ kind, status, error, costMicros }: StepOfTask['step']) => [
  ...[kind, status, error?.detail],
  status === 'needs_review' && costMicros,
];
