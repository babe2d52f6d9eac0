const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const maxCjkChars = 20;
const maxLatinChars = 42;

/** True for text whose lines are measured and broken as Chinese. */
export const isCjk = (text: string): boolean => cjk.test(text);

export const limitOf = (text: string): number => (isCjk(text) ? maxCjkChars : maxLatinChars);

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
export function toUnits(text: string, limit: number): string[] {
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

export type Boundary = 'sentence' | 'clause' | 'none';

/** What ends with a unit of text: a sentence, a part of one, or nothing. */
export function boundaryAfter(unit: string): Boundary {
  if (/[。！？!?…][」』）》〉】”’"')\]]*\s?$|\.[”’"')\]]*\s$/u.test(unit)) return 'sentence';
  return /[，、；：—][」』）》〉】”’"')\]]*\s?$|[,;:][”’"')\]]*\s$/u.test(unit) ? 'clause' : 'none';
}

export const lengthOf = (text: string): number => [...text.trim()].length;
