import { api, here } from './client.ts';
import { clip } from './clip.ts';
import { action, problem } from './fields.ts';
import type { FilmState } from './filmState.ts';
import { h } from './h.ts';
import { openModal } from './modal.ts';
import { cost } from './price.ts';
import { shapeOf } from './shape.ts';
import type { Scene, Take } from './vendor/sdk.js';
import { day, t } from './words.ts';

const kinds = ['image', 'clip'] as const;
const kindNames = { image: 'takesImage', clip: 'takesClip' } as const;

/** All that was ever made of a scene, pictures and clips apart, to pick from. */
export async function showTakes(state: FilmState, scene: Scene): Promise<void> {
  const takes = await api().takes.list(state.screenplayId, scene.id, { pageSize: 100 }).all();
  const fault = problem();
  const heading = t('takesOf', { n: scene.sceneId });
  const dialog = h('dialog', { class: 'takes', 'aria-label': heading });
  dialog.dataset.shape = shapeOf(state);
  const use = (take: Take) => async () => {
    await api().takes.select(state.screenplayId, scene.id, take.id);
    dialog.close();
    await state.refresh();
  };
  const close = h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, t('close'));
  dialog.append(
    h('div', { class: 'heading' }, h('h2', {}, heading), close),
    fault,
    ...kinds.map((kind) =>
      shelf(
        kind,
        takes.filter((take) => take.kind === kind),
        (take) => action(t('useTake'), use(take), fault),
      ),
    ),
    takes.length === 0 ? h('p', { class: 'empty' }, t('noTakes')) : '',
  );
  openModal(dialog, state.signal);
  for (const prompt of dialog.querySelectorAll<HTMLElement>('.prompt')) clamp(prompt);
}

/** The newest first, numbered in the order they were made. */
function shelf(kind: Take['kind'], takes: Take[], use: (take: Take) => HTMLElement): HTMLElement | string {
  if (takes.length === 0) return '';
  const cards = takes.map((take, at) => card(take, takes.length - at, use));
  return h(
    'section',
    { class: 'kind', 'data-kind': kind },
    h('h3', {}, t(kindNames[kind])),
    h('div', { class: 'board' }, ...cards),
  );
}

function card(take: Take, number: number, use: (take: Take) => HTMLElement): HTMLElement {
  const { kind, url, thumbnailUrl, costMicros, createdAt, selected, prompt } = take;
  const name = t('take', { n: number });
  const picture =
    kind === 'clip'
      ? clip({ url: here(url), poster: here(thumbnailUrl), label: name, isLively: false })
      : h('img', { src: here(url), alt: name });
  return h(
    'article',
    { class: selected ? 'scene selected' : 'scene', 'aria-label': name },
    h('div', { class: 'frame' }, picture),
    h(
      'div',
      { class: 'slate' },
      h('span', { class: 'number' }, name),
      h('span', {}, `${cost(costMicros)} · ${day(createdAt)}`),
    ),
    h('div', { class: 'buttons' }, selected ? h('span', { class: 'badge still' }, t('inUse')) : use(take)),
    h('p', { class: 'prompt clamped' }, prompt),
  );
}

/** Three lines of a prompt are enough to know it by; the rest is there for whoever wants it. */
function clamp(prompt: HTMLElement): void {
  if (prompt.scrollHeight <= prompt.clientHeight + 1) return;
  const more = h('button', { type: 'button', class: 'quiet unfold', 'aria-expanded': 'false' }, t('readMore'));
  more.addEventListener('click', () => {
    const isClamped = prompt.classList.toggle('clamped');
    more.textContent = t(isClamped ? 'readMore' : 'readLess');
    more.setAttribute('aria-expanded', String(!isClamped));
  });
  prompt.after(more);
}
