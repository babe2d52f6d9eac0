import { here } from './client.ts';
import { clip } from './clip.ts';
import { problem } from './fields.ts';
import { type FilmState, type StepOfTask, stepsOf, worksOn } from './filmState.ts';
import { h } from './h.ts';
import { isActive } from './progress.ts';
import { sceneTools } from './sceneTools.ts';
import { trouble, troubleOf } from './trouble.ts';
import type { Scene } from './vendor/sdk.js';
import { t, type Word } from './words.ts';

/** One scene: its picture, or its clip once there is one, what is said, and what can be done with it. */
export function sceneCard(state: FilmState, scene: Scene): HTMLElement {
  const fault = problem();
  const steps = stepsOf(state, scene);
  const mark = markOf(scene);
  const shot = h(
    'div',
    { class: 'shot' },
    frame(scene, steps, state.task !== undefined && isActive(state.task)),
    h(
      'div',
      { class: 'slate' },
      h('span', { class: 'number' }, t('scene', { n: scene.sceneId })),
      mark && h('span', { class: 'stale' }, t(mark)),
    ),
    h('p', { class: 'said' }, scene.narration),
    trouble(state, troubleOf(steps), fault),
    fault,
  );
  const label = t('scene', { n: scene.sceneId });
  const named = { class: 'scene', role: 'listitem', 'aria-label': label, 'data-scene': scene.sceneId };
  const card = h('article', named, shot);
  shot.append(sceneTools(state, scene, card, fault));
  return card;
}

/** What became of a scene since the film was made. */
function markOf({ imageState, videoState, narrationState }: Scene): Word | undefined {
  if (imageState === 'stale' || videoState === 'stale') return 'stale';
  return narrationState === 'stale' ? 'subtitleChanged' : undefined;
}

function frame(scene: Scene, steps: StepOfTask[], isLively: boolean): HTMLElement {
  const { imageUrl, videoUrl, sceneId } = scene;
  const works = worksOn(steps, scene);
  const words = works && t(works.kind === 'shootSceneClip' || works.kind === 'shootClip' ? 'shooting' : 'drawing');
  const blank = troubleOf(steps) ? 'failed' : 'waitingPicture';
  const label = t('scene', { n: sceneId });
  const poster = imageUrl ? here(imageUrl) : undefined;
  const image = poster && h('img', { src: poster, alt: label });
  return h(
    'div',
    { class: works ? 'frame developing' : 'frame' },
    (videoUrl && clip({ url: here(videoUrl), poster, label, isLively })) ||
      image ||
      h('span', { class: 'blank' }, words ?? t(blank)),
    works && imageUrl && h('span', { class: 'badge' }, words),
  );
}
