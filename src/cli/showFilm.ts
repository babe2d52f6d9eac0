import type { Api } from './api.ts';
import { type Display, openDisplay, type Screen } from './display.ts';
import { sizeOf, type Task, watchFilm } from './filmTask.ts';
import { advance, expectedProgress } from './progress.ts';
import type { Words } from './words.ts';

/** The display of the moment, where others can speak through it or end it. */
export interface Shown {
  display?: Display | undefined;
}

export interface Showing {
  api: Api;
  words: Words;
  signal: AbortSignal;
  /** `performance.now()` at the beginning. */
  since: number;
  shown: Shown;
}

const screen: Screen = process.stdout;

/** Shows a film being made, until it is over or waits for a decision. */
export async function showFilm(first: Task, { api, words, signal, since, shown }: Showing): Promise<Task> {
  let progress = expectedProgress(sizeOf(first));
  let broken = false;
  const display = openDisplay({ screen, words, since }, progress);
  shown.display = display;
  try {
    signal.throwIfAborted();
    return await watchFilm(api, first.id, {
      signal,
      onBreak() {
        if (!broken) display.note(words.reconnecting);
        broken = true;
      },
      onProgress(data) {
        broken = false;
        progress = advance(progress, data);
        display.show(progress);
      },
    });
  } finally {
    display.stop();
    shown.display = undefined;
  }
}
