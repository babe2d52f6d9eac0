import { api, here, lasting } from './client.ts';
import { action, problem } from './fields.ts';
import type { FilmPart, FilmState } from './filmState.ts';
import { h } from './h.ts';
import { cost as price } from './price.ts';
import { money, t } from './words.ts';

const key = 'directorai.subtitles';

export const subtitled = (): boolean => localStorage.getItem(key) !== 'off';

/** What a finished film cost, its subtitles on or off, and its files. */
export function files(state: FilmState, screen: HTMLElement): FilmPart {
  const element = h('div', { class: 'files', hidden: true });
  const cost = h('p', { class: 'cost' });
  let shown = '';
  const show = () => {
    const { film } = state.screenplay ?? {};
    element.hidden = !film;
    const words = spent(state);
    if (words) cost.textContent = words;
    if (!film || lasting(film.url) === shown) return;
    shown = lasting(film.url);
    const fault = problem();
    element.replaceChildren(
      cost,
      subtitles(screen),
      action(t('download'), () => saveFilm(state.screenplayId), fault),
      action(t('exportAll'), () => saveZip(state.screenplayId), fault),
      fault,
    );
  };
  return { element, show };
}

/** What it cost in all its tasks, and its latest film of that. */
function spent({ screenplay, task }: FilmState): string {
  if (!screenplay || !task?.result || !('usage' in task.result)) return '';
  const { costMicros, calls } = task.result.usage;
  const latest = { cost: money(costMicros), image: calls.image, video: calls.video };
  if (screenplay.costMicros <= costMicros) return t('cost', latest);
  return t('costInAll', { ...latest, cost: price(costMicros), all: money(screenplay.costMicros) });
}

function subtitles(screen: HTMLElement): HTMLElement {
  const box = h('input', { type: 'checkbox', checked: subtitled() });
  const tracks = screen.querySelector('video')?.textTracks;
  const keep = () => localStorage.setItem(key, box.checked ? 'on' : 'off');
  box.addEventListener('change', () => {
    const track = tracks?.[0];
    if (track) track.mode = box.checked ? 'showing' : 'hidden';
    keep();
  });
  tracks?.addEventListener('change', () => {
    box.checked = tracks[0]?.mode === 'showing';
    keep();
  });
  return h('label', { class: 'switch' }, box, t('subtitles'));
}

/** By an address of this moment: the one on the page may have run out. */
async function saveFilm(screenplayId: string): Promise<void> {
  const { film } = await api().screenplays.get(screenplayId);
  if (!film) return;
  const href = here(film.url);
  if (await isElsewhere(href)) return saveBytes(await fetch(href), 'film.mp4');
  h('a', { href, download: 'film.mp4' }).click();
}

/** A link that leads to another origin, as to a bucket, is not saved but gone to. */
async function isElsewhere(href: string): Promise<boolean> {
  const { type } = await fetch(href, { redirect: 'manual', headers: { range: 'bytes=0-0' } });
  return type === 'opaqueredirect';
}

const saveZip = async (screenplayId: string): Promise<void> =>
  saveBytes(await api().screenplays.export(screenplayId), 'film.zip');

async function saveBytes(answer: Response, download: string): Promise<void> {
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const href = URL.createObjectURL(await answer.blob());
  h('a', { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
