import { here, lasting } from './client.ts';
import { subtitled } from './files.ts';
import type { FilmPart, FilmState } from './filmState.ts';
import { h } from './h.ts';
import { isHeld } from './pace.ts';
import { isActive } from './progress.ts';
import type { LatestFilm } from './vendor/sdk.js';
import { t } from './words.ts';

/** The screen: the newest picture while the film is made, then the film, in the same place; none before there is anything to see. */
export function player(state: FilmState): FilmPart & { open(): void } {
  const element = h('div', { class: 'player', hidden: true });
  let shown = '';
  const show = () => {
    const { film, title } = state.screenplay ?? {};
    const isBusy = state.task !== undefined && isActive(state.task) && !isHeld(state.task);
    const still = film ? undefined : newest(state);
    const now = film ? lasting(film.url) : `${lasting(still)} ${isBusy}`;
    if (film || still || isBusy) open();
    if (now === shown) return;
    shown = now;
    element.replaceChildren(film ? screen(film, title ?? '') : monitor(still, isBusy));
  };
  /** It stays from then on, and is there with the click that asks for it: nothing jumps later. */
  const open = () => {
    element.hidden = false;
  };
  return { element, show, open };
}

const newest = ({ screenplay }: FilmState): string | undefined =>
  screenplay?.scenes.findLast(({ imageUrl }) => imageUrl)?.imageUrl ?? undefined;

const monitor = (still: string | undefined, isBusy: boolean) =>
  h(
    'div',
    { class: isBusy ? 'monitor developing' : 'monitor' },
    still ? h('img', { src: here(still), alt: '' }) : h('p', { class: 'empty' }, t('screenEmpty')),
  );

const screen = ({ url, posterUrl, subtitles: { vtt } }: LatestFilm, title: string) =>
  h(
    'video',
    {
      controls: true,
      playsinline: true,
      preload: 'metadata',
      src: here(url),
      poster: here(posterUrl),
      'aria-label': t('filmOf', { title }),
    },
    h('track', { kind: 'subtitles', label: t('subtitles'), src: here(vtt), default: subtitled() }),
  );
