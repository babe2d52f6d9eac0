import { api } from './client.ts';
import { live } from './live.ts';
import { onceIn } from './turns.ts';
import type { ProgressData, StreamEvent } from './vendor/sdk.js';
import { t } from './words.ts';

const lookMs = 10_000;

/** What is being made, and how far it is. Ids are in the order of their making. */
const working = new Map<string, number>();
let mark = '';
let base = document.title;

const whole = () => (mark ? `${mark} · ${base}` : base);

function show(next: string): void {
  mark = next;
  if (document.title !== whole()) document.title = whole();
}

/** Pages name the tab as if nothing stood before it. */
new MutationObserver(() => {
  if (document.title === whole()) return;
  base = document.title;
  show(mark);
}).observe(document.head, { subtree: true, childList: true, characterData: true });

/** Says in the tab how far the latest work is and, where it ends while nobody looks, that it did. */
export function tabTitle(signal: AbortSignal): void {
  const hear = (event: StreamEvent) => {
    if (event.type === 'task.progress') note(event.taskId, event.data);
  };
  live({ hear, caughtUp: onceIn(0, () => look(signal)) }, signal);
  const timer = setInterval(() => document.hidden && void look(signal), lookMs);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  const seen = () => document.hidden || show(standing());
  document.addEventListener('visibilitychange', seen, { signal });
}

addEventListener('session', () => {
  working.clear();
  show('');
});

function note(taskId: string, { status, progress }: Pick<ProgressData, 'status' | 'progress'>): void {
  if (status === 'processing' || status === 'pending') {
    working.set(taskId, progress);
    show(standing());
    return;
  }
  working.delete(taskId);
  const isWord = document.hidden && working.size === 0 && status !== 'cancelled';
  show(isWord ? t(status === 'completed' ? 'tabFinished' : 'tabStopped') : standing());
}

const standing = (): string => {
  const [latest] = [...working.keys()].sort().reverse();
  return latest === undefined ? '' : `${working.get(latest)} %`;
};

/** A tab nobody sees hears nothing, so it asks. */
async function look(signal: AbortSignal): Promise<void> {
  for (const id of [...working.keys()]) {
    const told = await api()
      .tasks.progress(id, { signal })
      .catch(() => undefined);
    if (told && !signal.aborted) note(id, told);
  }
}
