import { toPages } from './subtitlePages.ts';

/** What is said during one stretch of the film. */
export interface Spoken {
  text: string;
  startSeconds: number;
  seconds: number;
}

/** One or two lines shown together. */
export interface Cue {
  startSeconds: number;
  endSeconds: number;
  lines: string[];
}

const gapSeconds = 0.04;

/**
 * Cuts narration into readable cues: at most two lines of 20 characters where there is CJK, of 42 elsewhere and broken at
 * the ends of sentences, then of clauses, where possible. A text too long for one cue shares its stretch of time among several of similar length.
 */
export function toCues(spoken: readonly Spoken[]): Cue[] {
  return spoken.flatMap(({ text, startSeconds, seconds }) =>
    shareTime(toPages(cleanText(text)), startSeconds, seconds),
  );
}

function shareTime(pages: string[][], startSeconds: number, seconds: number): Cue[] {
  const weights = pages.map((lines) => [...lines.join('')].length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return pages.map((lines, index) => {
    const weight = weights[index] ?? 0;
    const from = startSeconds + (seconds * before) / total;
    before += weight;
    return {
      startSeconds: from,
      endSeconds: Math.max(from, startSeconds + (seconds * before) / total - gapSeconds),
      lines,
    };
  });
}

/** One line of plain text: no control or direction-changing characters, no arrow that a subtitle file would read as timing. */
export function cleanText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cs}\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu, '')
    .replace(/-->/g, '→')
    .trim();
}

/** SubRip. Its readers take `<b>` and `{\an8}` for markup and know no escape, so such openings become look-alikes. */
export function toSrt(cues: readonly Cue[]): string {
  const plain = (line: string) => line.replace(/<(?=[/!a-z])/gi, '‹').replace(/\{(?=\\)/g, '(');
  return cues.map((cue, index) => `${index + 1}\n${timing(cue, ',')}\n${cue.lines.map(plain).join('\n')}\n`).join('\n');
}

/** WebVTT (W3C), cue text escaped by its rules. */
export function toVtt(cues: readonly Cue[]): string {
  const escaped = (line: string) => line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `WEBVTT\n${cues.map((cue) => `\n${timing(cue, '.')}\n${cue.lines.map(escaped).join('\n')}\n`).join('')}`;
}

const timing = (cue: Cue, point: ',' | '.') => `${clock(cue.startSeconds, point)} --> ${clock(cue.endSeconds, point)}`;

function clock(seconds: number, point: ',' | '.'): string {
  const ms = Math.max(0, Math.round(seconds * 1000));
  const parts = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  );
  return `${parts.join(':')}${point}${String(ms % 1000).padStart(3, '0')}`;
}
