import type { CharacterDraft } from './glossary.ts';
import { oneLine } from './text.ts';

/** Names that differ only in case, width or spaces are the same name. */
export const nameKey = (name: string): string =>
  oneLine(name.replaceAll(/[:：]/g, ' '), 100).normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** A Latin name counts only as a whole word; Chinese has no spaces to go by. */
export function isMentioned(name: string, text: string): boolean {
  const letter = '[A-Za-z0-9\\u00c0-\\u024f]';
  const before = new RegExp(`^${letter}`).test(name) ? `(?<!${letter})` : '';
  const after = new RegExp(`${letter}$`).test(name) ? `(?!${letter})` : '';
  return new RegExp(`${before}${escaped(name)}${after}`, 'iu').test(text);
}

/**
 * Who is in a scene: those listed who exist, in the order of the screenplay's characters. Where nobody is listed, or only strangers
 * are, it is those whose names the scene's own texts mention.
 */
export function castOf(
  listed: readonly string[] | undefined,
  texts: string,
  characters: readonly CharacterDraft[],
): CharacterDraft[] {
  const keys = new Set((listed ?? []).map(nameKey));
  const known = characters.filter(({ name }) => keys.has(nameKey(name)));
  if (known.length > 0 || listed?.length === 0) return known;
  return characters.filter(({ name }) => name !== '' && isMentioned(name, texts));
}
