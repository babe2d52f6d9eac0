import { api, here, lasting } from './client.ts';
import type { FilmPart, FilmState } from './filmState.ts';
import { h } from './h.ts';
import type { LatestFilm } from './vendor/sdk.js';
import { money, t } from './words.ts';

/** The finished film, with subtitles that can be switched, what it cost, and its files. */
export function player(state: FilmState): FilmPart {
  const element = h('div', { class: 'player', hidden: true });
  let shown = '';
  const show = () => {
    const { film, title } = state.screenplay ?? {};
    element.hidden = !film;
    if (!film || lasting(film.url) === shown) return;
    shown = lasting(film.url);
    const cost = h('p', { class: 'cost' });
    element.replaceChildren(
      screen(film, title ?? ''),
      h('div', { class: 'files' }, cost, subtitles(element), ...files(state, film)),
    );
    const { result } = state.task ?? {};
    if (result && 'usage' in result) {
      const { costMicros, calls } = result.usage;
      cost.textContent = t('cost', { cost: money(costMicros), image: calls.image, video: calls.video });
    }
  };
  return { element, show };
}

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
    h('track', { kind: 'subtitles', label: t('subtitles'), src: here(vtt), default: true }),
  );

function subtitles(element: HTMLElement): HTMLElement {
  const box = h('input', { type: 'checkbox', checked: true });
  box.addEventListener('change', () => {
    const track = element.querySelector('video')?.textTracks[0];
    if (track) track.mode = box.checked ? 'showing' : 'hidden';
  });
  return h('label', { class: 'switch' }, box, t('subtitles'));
}

const files = ({ screenplayId }: FilmState, { url }: LatestFilm) => [
  h('a', { class: 'small', href: here(url), download: 'film.mp4' }, t('download')),
  h('button', { type: 'button', class: 'small', onclick: () => saveZip(screenplayId) }, t('exportAll')),
];

async function saveZip(screenplayId: string): Promise<void> {
  const blob = await (await api().screenplays.export(screenplayId)).blob();
  const href = URL.createObjectURL(blob);
  h('a', { href, download: 'film.zip' }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
