import { api, here } from './client.ts';
import { patiently } from './connection.ts';

type Loaded = HTMLImageElement | HTMLMediaElement | HTMLTrackElement;

const isLoaded = (target: unknown): target is Loaded =>
  target instanceof HTMLImageElement || target instanceof HTMLMediaElement || target instanceof HTMLTrackElement;

/** What somebody has set going: a browser pauses what it cannot load. */
const playing = new WeakSet<EventTarget>();

const aDayMs = 86_400_000;
const mostTries = 3;
const aMinuteMs = 60_000;
const tries = new WeakMap<Loaded, { count: number; since: number }>();

/** A signed address is good for minutes and a page stays open for days: whatever cannot be loaded asks for its address anew, wherever it is. */
export function keepAddressesFresh(): void {
  const hear = (event: string, then: (element: Loaded) => unknown) =>
    document.addEventListener(event, ({ target }) => isLoaded(target) && then(target), true);
  hear('error', (element) => renew(element).catch(() => undefined));
  hear('load', (image) => tries.delete(image));
  hear('loadeddata', (film) => tries.delete(film));
  hear('play', (film) => playing.add(film));
  hear('pause', (film) => film instanceof HTMLMediaElement && !film.error && playing.delete(film));
}

/** A file that is broken itself is not asked for again and again. */
function mayTry(element: Loaded): boolean {
  const known = tries.get(element);
  const tried = known && Date.now() - known.since < aMinuteMs ? known : { count: 0, since: Date.now() };
  tried.count += 1;
  tries.set(element, tried);
  return tried.count <= mostTries;
}

async function renew(element: Loaded): Promise<void> {
  const { src } = element;
  const { pathname } = new URL(src, location.origin);
  const mediaId = /^\/api\/v1\/media\/([^/]+)\//.exec(pathname)?.[1];
  if (!mediaId || !mayTry(element)) return;
  const media = await patiently(() => api().media.get(mediaId), AbortSignal.timeout(aDayMs));
  const fresh = [media.url, media.thumbnailUrl].find((url) => url && new URL(url).pathname === pathname);
  if (!fresh || !element.isConnected || element.src !== src) return;
  if (element instanceof HTMLMediaElement) goOn(element, here(fresh));
  else element.src = here(fresh);
}

/** From where it stood, and playing if it was. */
function goOn(film: HTMLMediaElement, src: string): void {
  const { currentTime } = film;
  film.src = src;
  if (currentTime > 0) film.addEventListener('loadedmetadata', () => (film.currentTime = currentTime), { once: true });
  if (playing.has(film)) void film.play().catch(() => undefined);
}
