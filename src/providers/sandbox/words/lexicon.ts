/** A word list: id → [English alternatives, Chinese alternatives], both separated by `|`; English plurals are understood. */
export type WordList<Id extends string> = Readonly<Record<Id, readonly [en: string, zh: string]>>;

export interface Hit<Id extends string> {
  id: Id;
  index: number;
  /** The word as it stands in the text. */
  word: string;
}

export type Lexicon<Id extends string> = (text: string) => Hit<Id>[];

interface Alternative<Id> {
  id: Id;
  words: string;
  pattern: string;
}

const quoted = (word: string) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const english = (word: string) => `\\b${quoted(word).replaceAll(' ', '[\\s-]+')}(?:s|es)?\\b`;

/** Finds the words of a list in a text in the order they stand there; at one place the longest word wins. */
export function createLexicon<Id extends string>(list: WordList<Id>): Lexicon<Id> {
  const alternatives: Alternative<Id>[] = [];
  for (const id of Object.keys(list) as Id[]) {
    const [en, zh] = list[id];
    for (const words of en.split('|').filter(Boolean)) alternatives.push({ id, words, pattern: english(words) });
    for (const words of zh.split('|').filter(Boolean)) alternatives.push({ id, words, pattern: quoted(words) });
  }
  alternatives.sort((a, b) => b.words.length - a.words.length);
  const all = new RegExp(alternatives.map(({ pattern }) => `(${pattern})`).join('|'), 'gi');
  return (text) =>
    [...text.matchAll(all)].flatMap((match) => {
      const found = alternatives[match.slice(1).findIndex((group) => group !== undefined)];
      return found ? [{ id: found.id, index: match.index, word: match[0] }] : [];
    });
}

export const first = <Id extends string>(lexicon: Lexicon<Id>, text: string): Id | undefined => lexicon(text)[0]?.id;

/** Every id once, in the order of the text. */
export const distinct = <Id extends string>(lexicon: Lexicon<Id>, text: string): Id[] => [
  ...new Set(lexicon(text).map(({ id }) => id)),
];
