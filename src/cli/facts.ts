import { basename } from 'node:path';
import type { DataOf } from '../contract/operation.ts';
import type { FilmResult } from './download.ts';
import { clock, pad, widthOf } from './lines.ts';
import type { Target } from './target.ts';
import type { Words } from './words.ts';

export interface MadeFilm {
  taskId: string;
  title: string;
  sceneCount: number;
  film: FilmResult;
  media: DataOf<'getMedia'>;
  target: Target;
  /** Vendors the sandbox stands in for. */
  sandboxed: readonly string[];
  elapsedMs: number;
}

const vendors = 3;

export const dollars = (micros: number): string => `$${(micros / 1e6).toFixed(micros < 100_000 ? 4 : 2)}`;

export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 1e6 ? `${(size / 1e3).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}

/** What was made and what it took, as lines for a person. */
export function describeFilm(made: MadeFilm, words: Words): string {
  const { film, media, target, sandboxed } = made;
  const { calls, costMicros } = film.usage;
  const size = media.width && media.height ? `${media.width}×${media.height}` : undefined;
  const free = sandboxed.length === vendors ? `, ${words.sandboxCost}` : '';
  const rows: [string, string][] = [
    [words.title, made.title],
    [
      words.picture,
      [`${film.durationSeconds} s`, size, `${bytes(media.size)} (${media.size} B)`].filter(Boolean).join(', '),
    ],
    [words.scenes, String(made.sceneCount)],
    [words.subtitles, [target.srt, target.vtt].map((path) => basename(path)).join(', ')],
    [words.calls, words.callCounts(calls.screenplay, calls.image, calls.video)],
    [words.cost, `${dollars(costMicros)}${free}`],
    ...(sandboxed.length > 0 ? [[words.sandbox, words.sandboxed(sandboxed.join(', '))] as [string, string]] : []),
    [words.time, words.timeTaken(clock(made.elapsedMs))],
    [words.task, made.taskId],
  ];
  const labels = Math.max(...rows.map(([label]) => widthOf(label)));
  return [words.ready(target.mp4), ...rows.map(([label, text]) => `  ${pad(label, labels)}  ${text}`)].join('\n');
}
