import type { CharacterDraft, NarrationLanguage, ScreenplayDraft } from './glossary.ts';
import { draftOf } from './screenplayDraft.ts';
import { findJson } from './screenplayJson.ts';
import { shapeOf } from './screenplayShape.ts';

export { screenplayBounds } from './screenplayShape.ts';

export interface ScreenplayExpectation {
  sceneCount: number;
  characterCount: number;
  language: NarrationLanguage;
  /** False where the vendor says that it stopped in the middle of the answer. */
  complete: boolean;
  /** Where this answer goes on with a film: the number of its first scene, and the characters there are. */
  continues?: { from: number; characters: readonly CharacterDraft[] } | undefined;
}

/**
 * Reads a language model's answer, which may be anything. What has one sensible reading is repaired; what has not is named as a
 * fault, in words the model can be asked again with. A draft keeps every bound of the contract; this never throws.
 */
export function readScreenplay(
  answer: string,
  expected: ScreenplayExpectation,
): { draft: ScreenplayDraft } | { faults: string[] } {
  const found = findJson(answer);
  const cut = expected.complete ? 'the answer is cut off' : 'the answer is cut off: it was too long, be briefer';
  if ('fault' in found) return { faults: expected.complete ? [found.fault] : [cut] };
  if (found.cutOff) return { faults: [cut] };
  const { continues } = expected;
  const asked = { sceneCount: expected.sceneCount, characterCount: continues ? undefined : expected.characterCount };
  const shape = shapeOf(found.value, asked);
  if ('faults' in shape) return { faults: expected.complete ? shape.faults : [cut, ...shape.faults] };
  return draftOf(shape.raw, expected.language, continues);
}
