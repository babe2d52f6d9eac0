import { h } from './h.ts';
import { t } from './words.ts';

interface Shot {
  url: string;
  poster: string | undefined;
  label: string;
  /** Plays by itself while it can be seen, unless the person asked for less motion. */
  isLively: boolean;
}

/** A clip as a still that plays on request: nothing of it is loaded before. */
export function clip({ url, poster, label, isLively }: Shot): HTMLElement {
  const video = h('video', { src: url, loop: true, playsinline: true, preload: 'none', 'aria-label': label });
  video.muted = true;
  const still = poster && h('img', { src: poster, alt: '' });
  const button = h('button', { type: 'button', class: 'play', onclick: () => turn() });
  const named = () => {
    button.toggleAttribute('data-playing', !video.paused);
    button.setAttribute('aria-label', t(video.paused ? 'play' : 'pause', { name: label }));
  };
  const turn = () => (video.paused ? video.play().catch(named) : video.pause());
  for (const event of ['play', 'pause']) video.addEventListener(event, named);
  if (still) video.addEventListener('playing', () => still.remove(), { once: true });
  named();
  if (isLively && !matchMedia('(prefers-reduced-motion: reduce)').matches) playInSight(video);
  return h('div', { class: 'clip' }, video, still ?? '', button);
}

function playInSight(video: HTMLVideoElement): void {
  const watcher = new IntersectionObserver(([entry]) => {
    if (!video.isConnected) return watcher.disconnect();
    if (entry?.isIntersecting) video.play().catch(() => undefined);
    else video.pause();
  });
  watcher.observe(video);
}
