import { MultiBar } from 'cli-progress';
import { barLines, changeLine } from './lines.ts';
import type { FilmProgress } from './progress.ts';
import type { Words } from './words.ts';

/** What shows a film being made. */
export interface Display {
  show(progress: FilmProgress): void;
  /** A sentence that stays. */
  note(text: string): void;
  /** Leaves the terminal as it was found, the last state standing. */
  stop(): void;
}

export interface Screen extends NodeJS.WritableStream {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
}

export interface DisplaySettings {
  screen: Screen;
  words: Words;
  /** `performance.now()` when the film was asked for. */
  since: number;
}

const fewestRows = 9;

/** Bars on a terminal, redrawn in place; elsewhere a line for every change. */
export function openDisplay(settings: DisplaySettings, first: FilmProgress): Display {
  const { isTTY, rows = fewestRows } = settings.screen;
  return isTTY && rows >= fewestRows ? openBars(settings, first) : openLog(settings, first);
}

function openBars({ screen, words, since }: DisplaySettings, first: FilmProgress): Display {
  const state = { progress: first, columns: screen.columns ?? 80, stopped: false };
  const lineAt = (index: number) => {
    const columns = Math.max(1, (screen.columns ?? 80) - 1);
    return barLines(state.progress, words, performance.now() - since, columns)[index] ?? '';
  };
  const bars = new MultiBar({
    stream: screen,
    fps: 5,
    hideCursor: true,
    linewrap: false,
    forceRedraw: true,
    gracefulExit: false,
  });
  for (const index of barLines(first, words, 0, 80).keys()) {
    bars.create(1, 0, {}, { format: () => lineAt(index) });
  }
  return {
    show(progress) {
      if (progress.message && progress.message !== state.progress.message) bars.log(`${progress.message}\n`);
      state.progress = progress;
    },
    note: (text) => bars.log(`${text}\n`),
    stop() {
      if (state.stopped) return;
      state.stopped = true;
      bars.update();
      bars.stop();
    },
  };
}

function openLog({ screen, words }: DisplaySettings, first: FilmProgress): Display {
  const state = { progress: first };
  const line = (text: string) => screen.write(`${new Date().toTimeString().slice(0, 8)}  ${text}\n`);
  return {
    show(progress) {
      const change = changeLine(state.progress, progress, words);
      if (change !== undefined) line(change);
      state.progress = progress;
    },
    note: line,
    stop() {
      state.progress = first;
    },
  };
}
