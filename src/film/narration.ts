import type { NarrationLanguage } from './glossary.ts';
import { clip } from './text.ts';

/** In characters: what is spoken over a scene at ease, and what a scene can hold at the most. */
const lengths: Record<NarrationLanguage, { easy: number; most: number }> = {
  zh: { easy: 60, most: 120 },
  en: { easy: 160, most: 320 },
};
const sentencesAsked = 2;

/** A sentence with its end and the quotation marks that close after it; a point inside a number ends nothing. */
const sentence = /[\s\S]+?(?:[。！？…!?]+|\.+(?=[\s”’"'」』）)]|$))[”’"'」』）)]*|[\s\S]+$/g;

export const sentencesOf = (text: string): string[] => text.match(sentence) ?? [];

/**
 * The narration as a scene can hold it: two sentences, and short ones more while they are spoken at ease. What is longer ends at the
 * end of a sentence, else of a clause; a film never fails for it.
 */
export function shortened(narration: string, language: NarrationLanguage): string {
  const { easy, most } = lengths[language];
  let kept = '';
  for (const [index, next] of sentencesOf(narration).entries()) {
    const length = kept.length + next.trimEnd().length;
    if (length > (index < sentencesAsked ? most : easy)) break;
    kept += next;
  }
  return kept.trim() || firstClauses(narration, most);
}

function firstClauses(text: string, most: number): string {
  const beginning = clip(text, most - 1);
  const end = Math.max(...[...beginning.matchAll(/[，、；：—]|[,;:](?=\s)/g)].map(({ index }) => index), 0);
  return end > most / 3 ? `${beginning.slice(0, end)}${/\p{Script=Han}/u.test(text) ? '。' : '.'}` : `${beginning}…`;
}
