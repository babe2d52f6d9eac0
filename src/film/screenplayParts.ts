import type { ScreenplayDraft, ScreenplayParams } from './glossary.ts';

/** Scenes that are written by one call: first and last, 1-based. */
export interface ScenePart {
  from: number;
  to: number;
}

type Size = Pick<ScreenplayParams, 'sceneCount' | 'characterCount'>;

/** In tokens, as wordy as models write: a scene's JSON, a character with the looks that scene 1 repeats, all around them. */
const weights = { scene: 400, character: 150, frame: 100 };
/** No model counts its words: what it may write is not planned to the last token. */
const share = 0.95;

const fitting = (tokens: number): number => Math.max(1, Math.floor(tokens / weights.scene));

/**
 * The calls a screenplay is written by, so that no answer is longer than the model can give: one wherever it fits, else the fewest,
 * about as long as each other. The first also invents the characters.
 */
export function partsOf({ sceneCount, characterCount }: Size, maxOutputTokens: number | undefined): ScenePart[] {
  const room = (maxOutputTokens ?? Number.POSITIVE_INFINITY) * share - weights.frame;
  const opening = fitting(room - characterCount * weights.character);
  if (sceneCount <= opening) return [{ from: 1, to: sceneCount }];
  const count = 1 + Math.ceil((sceneCount - opening) / fitting(room));
  const parts = [{ from: 1, to: Math.min(opening, Math.ceil(sceneCount / count)) }];
  for (let left = count - 1; left > 0; left -= 1) {
    const from = (parts.at(-1)?.to ?? 0) + 1;
    parts.push({ from, to: from + Math.ceil((sceneCount - from + 1) / left) - 1 });
  }
  return parts;
}

/** The screenplay with its next part: title and characters are those of the beginning. */
export function continued(written: ScreenplayDraft | undefined, next: ScreenplayDraft): ScreenplayDraft {
  return written ? { ...written, scenes: [...written.scenes, ...next.scenes] } : next;
}
