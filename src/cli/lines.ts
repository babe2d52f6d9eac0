import { type FilmProgress, type StageProgress, stageOrder } from './progress.ts';
import type { Words } from './words.ts';

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

const cellsOf = (character: string): number => (wide.test(character) ? 2 : 1);

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += cellsOf(character);
  return width;
}

/** At most so many columns of the text; what is cut off is marked. */
export function shorten(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 1;
  for (const character of text) {
    width += cellsOf(character);
    if (width > columns) break;
    kept += character;
  }
  return columns < 1 ? '' : `${kept}…`;
}

export const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - widthOf(text)));

/** `0:07`, `12:34`, `1:02:03`. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

const longestBar = 32;
const shortestBar = 4;

/** A label, a bar as long as there is room for, and a tail; where there is no room for a bar, label and tail. */
function barLine(label: string, share: number, tail: string, columns: number): string {
  const room = Math.min(longestBar, columns - widthOf(label) - widthOf(tail) - 2);
  if (room < shortestBar) return shorten(`${label} ${tail.trimEnd()}`, columns);
  const filled = Math.round(share * room);
  return `${label} ${'█'.repeat(filled)}${'░'.repeat(room - filled)} ${tail}`;
}

function labelWidth(words: Words): number {
  return Math.max(...[...Object.values(words.stages), words.overall].map(widthOf));
}

const count = ({ done, total }: StageProgress): string => (total === 0 ? '–' : `${done}/${total}`);

/** One line for each stage, then one for the whole film; none is wider than `columns`. */
export function barLines(progress: FilmProgress, words: Words, elapsedMs: number, columns: number): string[] {
  const labels = labelWidth(words);
  const tails = Math.max(
    widthOf(clock(elapsedMs)) + 7,
    ...stageOrder.map((name) => count(progress.stages[name]).length),
  );
  const line = (label: string, share: number, tail: string) =>
    barLine(pad(label, labels), share, pad(tail, tails), columns).trimEnd();
  return [
    ...stageOrder.map((name) => line(words.stages[name], progress.stages[name].share, count(progress.stages[name]))),
    line(words.overall, progress.percent / 100, `${String(progress.percent).padStart(3)} %  ${clock(elapsedMs)}`),
  ];
}

/** The stages that differ, as one line of text; undefined where nothing did. */
export function changeLine(before: FilmProgress, now: FilmProgress, words: Words): string | undefined {
  const changed = stageOrder.filter((name) => {
    const [old, next] = [before.stages[name], now.stages[name]];
    return old.done !== next.done || old.total !== next.total;
  });
  const message = now.message === before.message ? undefined : now.message;
  if (changed.length === 0 && now.percent === before.percent && message === undefined) return undefined;
  const counts = changed.map((name) => `${words.stages[name]} ${count(now.stages[name])}`);
  return [`${String(now.percent).padStart(3)} %`, counts.join(', '), message].filter(Boolean).join('  ');
}
