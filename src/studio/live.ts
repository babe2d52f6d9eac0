import { api, signedIn } from './client.ts';
import { patiently } from './connection.ts';
import type { StreamEvent } from './vendor/sdk.js';

export interface Follower {
  hear(event: StreamEvent): void;
  /** From now on nothing is missed: what was before is to be asked for. */
  caughtUp(): void;
}

const followers = new Set<Follower>();
let last: number | undefined;
let listening: AbortController | undefined;
let isOpen = false;

/** Tells of everything that happens to the user. A tab has one stream, and a tab nobody sees has none: browsers and the service count them. */
export function live(follower: Follower, signal: AbortSignal): void {
  followers.add(follower);
  signal.addEventListener('abort', () => followers.delete(follower), { once: true });
  if (isOpen) follower.caughtUp();
  listen();
}

/** For another session. */
export function hush(): void {
  listening?.abort();
  listening = undefined;
  isOpen = false;
  last = undefined;
}

function listen(): void {
  if (listening || document.hidden || !signedIn()) return;
  const mine = new AbortController();
  listening = mine;
  patiently(() => follow(mine.signal), mine.signal)
    .catch(() => undefined)
    .finally(() => {
      if (listening === mine) hush();
    });
}

async function follow(signal: AbortSignal): Promise<void> {
  const onOpen = () => {
    isOpen = true;
    for (const follower of followers) follower.caughtUp();
  };
  const lasting = { signal, after: last, silenceMs: 25_000, reconnectForMs: 86_400_000, onOpen };
  for await (const event of api().events.stream(lasting)) {
    last = event.id;
    for (const follower of followers) follower.hear(event);
  }
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) return listen();
  listening?.abort();
  listening = undefined;
  isOpen = false;
});
