const unseen = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Text without control characters, direction overrides, invisible spaces or broken surrogates; line breaks stay. */
export const plainText = (text: string): string =>
  text
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll(unseen, '')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .toWellFormed()
    .trim();

/**
 * True where there is anything to see. The fillers of Hangul and of braille count as letters and signs and show nothing; what this version of
 * Unicode does not know yet may well be a letter.
 */
export const isVisible = (text: string): boolean =>
  /(?![\u115f\u1160\u3164\uffa0\u2800])[\p{L}\p{N}\p{P}\p{S}\p{Cn}\p{Co}]/u.test(text);

/** The beginning of a text, at most `length` UTF-16 units, no character cut in two. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  const halved = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, halved ? length - 1 : length).trimEnd();
}

/** Plain text in one line of at most `length` UTF-16 units. */
export const oneLine = (text: string, length: number): string =>
  clip(plainText(text.slice(0, length * 8)).replaceAll(/\s+/g, ' '), length);

/** Beginning and end of a long text, at most `length` UTF-16 units with the mark between them. */
export function clipAround(text: string, length: number): string {
  if (text.length <= length) return text;
  const mark = '\n[…]\n';
  const half = Math.floor((length - mark.length) / 2);
  return `${clip(text, half)}${mark}${text.slice(-half).toWellFormed()}`;
}
