import { api, here } from './client.ts';
import { clip } from './clip.ts';
import { action, problem } from './fields.ts';
import { type FilmState, isFilmed, type StepOfTask, stepsOf, worksOn } from './filmState.ts';
import { h } from './h.ts';
import { isActive } from './progress.ts';
import { redraw } from './redraw.ts';
import { sceneEditor } from './sceneEditor.ts';
import { showTakes } from './takes.ts';
import { trouble, troubleOf } from './trouble.ts';
import type { Scene } from './vendor/sdk.js';
import { t, type Word } from './words.ts';

/** One scene: its picture, or its clip once there is one, what is said, and what can be done with it. */
export function sceneCard(state: FilmState, scene: Scene): HTMLElement {
  const fault = problem();
  const steps = stepsOf(state, scene);
  const mark = markOf(state, scene);
  const card = h(
    'article',
    { class: 'scene', role: 'listitem', 'aria-label': t('scene', { n: scene.sceneId }), 'data-scene': scene.sceneId },
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
  card.append(tools(state, scene, card, fault));
  return card;
}

/** What became of a scene since the film was made. */
function markOf({ spoken }: FilmState, { imageState, videoState, narration }: Scene): Word | undefined {
  if (imageState === 'stale' || videoState === 'stale') return 'stale';
  return spoken && videoState === 'current' && !spoken(narration) ? 'subtitleChanged' : undefined;
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

function tools(state: FilmState, scene: Scene, card: HTMLElement, fault: HTMLElement): HTMLElement {
  const { screenplayId, task } = state;
  const steps = stepsOf(state, scene);
  const busy = (task !== undefined && isActive(task)) || steps.some(({ task: one }) => isActive(one));
  const opens = (text: string, make: (close: () => void) => HTMLElement): HTMLButtonElement => {
    const button = h('button', { type: 'button', class: 'small' }, text);
    const close = () => {
      card.querySelector('form')?.remove();
      button.focus();
      void state.refresh();
    };
    button.addEventListener('click', () => {
      card.querySelector('form')?.remove();
      card.append(make(close));
      card.querySelector('textarea')?.focus();
    });
    return button;
  };
  const remake = (make: 'regenerateImage' | 'regenerateVideo') => async (prompt: string) => {
    const { id } = await api().scenes[make](screenplayId, scene.id, { prompt });
    void state.follow(id).catch(() => undefined);
  };
  const picture = (close: () => void) =>
    redraw({
      label: t('imagePrompt'),
      text: scene.imagePrompt,
      go: t('draw'),
      order: { type: 'image', params: { sceneUuid: scene.id } },
      make: remake('regenerateImage'),
      close,
    });
  const film = (close: () => void) =>
    redraw({
      label: t('videoPrompt'),
      text: scene.videoPrompt,
      go: t('shoot'),
      order: { type: 'video', params: { sceneUuid: scene.id } },
      make: remake('regenerateVideo'),
      close,
    });
  return h(
    'div',
    { class: 'buttons' },
    !busy && opens(t('edit'), (close) => sceneEditor(state, scene, close)),
    !busy && isFilmed(state) && opens(t('redraw'), picture),
    !busy && scene.imageUrl && opens(t('reshoot'), film),
    scene.imageUrl && action(t('takes'), () => showTakes(state, scene), fault),
  );
}
