import { api, signedIn } from './client.ts';
import { isPassing, patiently } from './connection.ts';
import { APIError, type StreamEvent } from './vendor/sdk.js';

export interface Follower {
  hear(event: StreamEvent): void;
  /** What was before is to be asked for: from now on nothing is missed or, while there is no stream, this is called at each try for one. */
  caughtUp(): void;
}

/** Shorter than this, a break is none: what was missed comes with the next connection. */
const bridgedMs = 5000;
const quotaReached = 5002;

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
  patiently(() => follow(mine.signal), mine.signal, passes)
    .catch(() => undefined)
    .finally(() => {
      if (listening === mine) hush();
    });
}

/** A user may have only so many streams, in all tabs and on all devices: a place is free when another one ends. */
const passes = (error: unknown): boolean =>
  isPassing(error) || (error instanceof APIError && error.code === quotaReached);

async function follow(signal: AbortSignal): Promise<void> {
  const catchUp = () => {
    for (const follower of followers) follower.caughtUp();
  };
  const onOpen = () => {
    isOpen = true;
    catchUp();
  };
  const lasting = { signal, after: last, silenceMs: 25_000, reconnectForMs: bridgedMs, onOpen };
  try {
    for await (const event of api().events.stream(lasting)) {
      last = event.id;
      for (const follower of followers) follower.hear(event);
    }
  } catch (error) {
    if (!signal.aborted) {
      isOpen = false;
      catchUp();
    }
    throw error;
  }
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) return listen();
  listening?.abort();
  listening = undefined;
  isOpen = false;
});
