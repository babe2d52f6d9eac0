import type { CharacterDraft } from './glossary.ts';
import { isMentioned } from './screenplayCast.ts';
import { screenplayBounds } from './screenplayShape.ts';
import { clip } from './text.ts';

const roomForLooks = 3200;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z]{3,}/g) ?? [];

/** A description counts as given where it stands there, or where the name and most of its English words do. */
function isDescribed({ name, description }: CharacterDraft, prompt: string): boolean {
  if (prompt.toLowerCase().includes(description.toLowerCase())) return true;
  if (!isMentioned(name, prompt)) return false;
  const words = wordsOf(description);
  const there = new Set(wordsOf(prompt));
  return words.length > 0 && words.filter((word) => there.has(word)).length >= words.length * 0.6;
}

/** The picture prompt of the first scene with the looks of every character it does not describe yet put at its end. */
export function withLooks(prompt: string, characters: readonly CharacterDraft[]): string {
  const missing = characters.filter((character) => !isDescribed(character, prompt));
  const share = Math.floor(roomForLooks / Math.max(1, missing.length)) - 1;
  const looks = missing.map(({ name, description }) =>
    ` ${clip(`${name}: ${description}`, share - 1)}`.replace(/\.?$/, '.'),
  );
  const room = screenplayBounds.prompt - looks.join('').length;
  return `${clip(prompt, room)}${looks.join('')}`;
}
