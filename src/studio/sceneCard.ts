import { api, here } from './client.ts';
import { action, problem } from './fields.ts';
import { type FilmState, isFilmed, stepsOf } from './filmState.ts';
import { h } from './h.ts';
import { isActive } from './progress.ts';
import { sceneEditor } from './sceneEditor.ts';
import { showTakes } from './takes.ts';
import type { Scene, Task } from './vendor/sdk.js';
import { t } from './words.ts';

/** One scene: its picture, or its clip once there is one, what is said, and what can be done with it. */
export function sceneCard(state: FilmState, scene: Scene): HTMLElement {
  const fault = problem();
  const steps = stepsOf(state.task, scene);
  const stale = scene.imageState === 'stale' || scene.videoState === 'stale';
  const card = h(
    'article',
    { class: 'scene', role: 'listitem', 'aria-label': t('scene', { n: scene.sceneId }), 'data-scene': scene.sceneId },
    frame(scene, steps),
    h(
      'div',
      { class: 'slate' },
      h('span', { class: 'number' }, t('scene', { n: scene.sceneId })),
      stale && h('span', { class: 'stale' }, t('stale')),
    ),
    h('p', { class: 'said' }, scene.narration),
    trouble(state, steps, fault),
    fault,
  );
  card.append(tools(state, scene, card, fault));
  return card;
}

function frame({ imageUrl, videoUrl, sceneId }: Scene, steps: Task['steps']): HTMLElement {
  const works = steps.find(({ status }) => status === 'running' || status === 'waiting');
  const words = works && t(works.kind === 'shootSceneClip' ? 'shooting' : 'drawing');
  const label = t('scene', { n: sceneId });
  const image = imageUrl && h('img', { src: here(imageUrl), alt: label });
  const poster = imageUrl ? here(imageUrl) : undefined;
  const clip =
    videoUrl &&
    h('video', {
      src: here(videoUrl),
      poster,
      controls: true,
      muted: true,
      loop: true,
      playsinline: true,
      preload: 'none',
      'aria-label': label,
    });
  return h(
    'div',
    { class: works ? 'frame developing' : 'frame' },
    clip || image || h('span', { class: 'blank' }, words ?? t('waitingPicture')),
    works && imageUrl && h('span', { class: 'badge' }, words),
  );
}

/** What went wrong with this scene, and the way on. */
function trouble({ task, refresh }: FilmState, steps: Task['steps'], fault: HTMLElement): HTMLElement | false {
  const step = steps.find(({ status }) => status === 'failed' || status === 'dead' || status === 'needs_review');
  if (!task || !step) return false;
  const decide = (decision: 'retry' | 'accept_loss') => async () => {
    await api().tasks.resolveStep(task.id, step.id, { decision });
    await refresh();
  };
  const retry = async () => {
    await api().tasks.retry(task.id);
    dispatchEvent(new CustomEvent('film-begun', { detail: task.id }));
  };
  const ways =
    step.status === 'needs_review'
      ? [action(t('tryAgain'), decide('retry'), fault), action(t('acceptLoss'), decide('accept_loss'), fault)]
      : isActive(task)
        ? [h('p', { class: 'left' }, t('othersFirst'))]
        : [action(t('tryAgain'), retry, fault)];
  return h(
    'div',
    { class: 'trouble' },
    h('p', {}, step.error?.detail ?? t('failed')),
    h('div', { class: 'buttons' }, ...ways),
  );
}

function tools(state: FilmState, scene: Scene, card: HTMLElement, fault: HTMLElement): HTMLElement {
  const { screenplayId, task } = state;
  const busy = task !== undefined && isActive(task);
  const edit = h('button', { type: 'button', class: 'small', onclick: () => open() }, t('edit'));
  const open = () => {
    const close = () => {
      editor.remove();
      void state.refresh();
    };
    const editor = sceneEditor(state, scene, close);
    if (!card.querySelector('form')) card.append(editor);
    editor.querySelector('textarea')?.focus();
  };
  const remake = (make: 'regenerateImage' | 'regenerateVideo') => async () => {
    const { id } = await api().scenes[make](screenplayId, scene.id);
    card.querySelector('.frame')?.classList.add('developing');
    await state.follow(id);
  };
  return h(
    'div',
    { class: 'buttons' },
    !busy && edit,
    !busy && isFilmed(state) && action(t('redraw'), remake('regenerateImage'), fault),
    !busy && scene.imageUrl && action(t('reshoot'), remake('regenerateVideo'), fault),
    scene.imageUrl && action(t('takes'), () => showTakes(state, scene), fault),
  );
}
