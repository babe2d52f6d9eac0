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

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const maxCjkChars = 20;
const maxLatinChars = 42;
const linesPerCue = 2;
const gapSeconds = 0.04;

/** True for text whose lines are measured and broken as Chinese. */
export const isCjk = (text: string): boolean => cjk.test(text);

/**
 * Cuts narration into readable cues: at most two lines of 20 characters where there is CJK, of 42 elsewhere, broken at
 * punctuation where possible. A text too long for one cue shares its stretch of time among several of similar length.
 */
export function toCues(spoken: readonly Spoken[]): Cue[] {
  return spoken.flatMap(({ text, startSeconds, seconds }) => {
    const lines = evenLines(cleanText(text));
    const pages: string[][] = [];
    for (let at = 0; at < lines.length; at += linesPerCue) pages.push(lines.slice(at, at + linesPerCue));
    return shareTime(pages, startSeconds, seconds);
  });
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

/** Lines for as few cues as can be, of similar length where that is more than one: a rest of one word would flash by. */
function evenLines(text: string): string[] {
  const most = limitOf(text);
  const lines = breakLines(text);
  const wanted = Math.ceil(lines.length / linesPerCue) * linesPerCue;
  if (wanted <= linesPerCue) return lines;
  for (let limit = Math.ceil([...text].length / wanted); limit < most; limit += 1) {
    const even = breakLines(text, limit);
    if (even.length <= wanted) return even;
  }
  return lines;
}

const limitOf = (text: string): number => (isCjk(text) ? maxCjkChars : maxLatinChars);

/** Breaks a text into lines of at most 20 (CJK) or 42 characters, never in front of closing punctuation. */
export function breakLines(text: string, limit = limitOf(text)): string[] {
  const units = toUnits(text, limitOf(text));
  const lines: string[] = [];
  for (let at = 0; at < units.length; ) {
    const end = lineEnd(units, at, limit);
    const line = units.slice(at, end).join('').trim();
    if (line) lines.push(line);
    at = end;
  }
  return lines;
}

/** Words with the space after them; single CJK characters with the punctuation that must stay beside them. */
function toUnits(text: string, limit: number): string[] {
  const open = '[「『（《〈【“‘(\\[]';
  const close = '[」』）》〉】”’)\\]，。！？、；：…—,.!?;:]';
  const one = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}]';
  const unit = new RegExp(`${open}{0,4}${one}${close}{0,4}\\s?|(?:(?!${one})\\S){1,${limit}}\\s?|\\s`, 'gu');
  return text.match(unit) ?? [];
}

/** Where the line that begins at `from` ends: full, or earlier where a pause in its last two fifths breaks better. */
function lineEnd(units: readonly string[], from: number, limit: number): number {
  let used = 0;
  let pause = 0;
  for (let at = from; at < units.length; at += 1) {
    const unit = units[at] ?? '';
    if (used + [...unit.trimEnd()].length > limit) return pause || Math.max(from + 1, at);
    used += [...unit].length;
    if (used >= limit * 0.6 && /[，。！？；：…,.!?;:]\s?$/.test(unit)) pause = at + 1;
  }
  return units.length;
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
