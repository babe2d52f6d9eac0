import { api, here } from './client.ts';
import { clip } from './clip.ts';
import { action, problem } from './fields.ts';
import type { FilmState } from './filmState.ts';
import { h } from './h.ts';
import { shapeOf } from './shape.ts';
import type { Scene, Take } from './vendor/sdk.js';
import { day, money, t } from './words.ts';

/** All that was ever made of a scene, side by side, to pick from. */
export async function showTakes(state: FilmState, scene: Scene): Promise<void> {
  const takes = await api().takes.list(state.screenplayId, scene.id, { pageSize: 50 });
  const fault = problem();
  const heading = t('takesOf', { n: scene.sceneId });
  const dialog = h('dialog', { class: 'takes', 'aria-label': heading });
  dialog.dataset.shape = shapeOf(state);
  const use = (take: Take) => async () => {
    await api().takes.select(state.screenplayId, scene.id, take.id);
    dialog.close();
    await state.refresh();
  };
  dialog.append(
    h(
      'div',
      { class: 'heading' },
      h('h2', {}, heading),
      h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, t('close')),
    ),
    fault,
    h('div', { class: 'board' }, ...takes.items.map((take) => card(take, use(take), fault))),
    takes.items.length === 0 ? h('p', { class: 'empty' }, t('noTakes')) : '',
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function card(take: Take, use: () => Promise<void>, fault: HTMLElement): HTMLElement {
  const { kind, url, thumbnailUrl, costMicros, createdAt, selected, prompt } = take;
  const picture =
    kind === 'clip'
      ? clip({ url: here(url), poster: here(thumbnailUrl), label: t('clip'), isLively: false })
      : h('img', { src: here(url), alt: t('image') });
  return h(
    'article',
    { class: selected ? 'scene selected' : 'scene' },
    h('div', { class: 'frame' }, picture),
    h(
      'div',
      { class: 'slate' },
      h('span', { class: 'number' }, t(kind)),
      h('span', {}, `${money(costMicros)} · ${day(createdAt)}`),
    ),
    h('p', { class: 'said small-text' }, prompt),
    h(
      'div',
      { class: 'buttons' },
      selected ? h('span', { class: 'badge still' }, t('inUse')) : action(t('useTake'), use, fault),
    ),
  );
}
