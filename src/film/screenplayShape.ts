import { z } from 'zod';
import { oneLine } from './text.ts';

/** The bounds of a stored screenplay, in UTF-16 units. */
export const screenplayBounds = { title: 255, narration: 500, prompt: 4000, description: 2000, name: 100 } as const;

/** Far above any bound and small enough to work on. */
const text = z.string().max(50_000);
const names = z.array(z.union([text, z.object({ name: text }).transform(({ name }) => name)])).max(100);

/** The names of a scene's characters in the ways models write them; anything else counts as not said. */
const cast = z
  .union([names, text.transform((list) => list.split(/[,，、;；]/))])
  .optional()
  .catch(undefined);

const RawScene = z.object({
  narration: text,
  image_prompt: text,
  video_prompt: text,
  character_description: text.nullish(),
  characters: cast,
});
const RawCharacter = z.object({ name: text, description: text });
const RawScreenplay = z.object({
  script_title: text.nullish(),
  scenes: z.array(RawScene),
  characters: z.array(RawCharacter).nullish(),
});

export type RawScene = z.infer<typeof RawScene>;
export type RawScreenplay = z.infer<typeof RawScreenplay>;

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Models that prefer camelCase or shorter words mean the same. */
const aliases: Record<string, string> = {
  title: 'script_title',
  scriptTitle: 'script_title',
  imagePrompt: 'image_prompt',
  videoPrompt: 'video_prompt',
  characterDescription: 'character_description',
};

function renamed(value: unknown): unknown {
  if (!isObject(value)) return value;
  const plain = Object.entries(value).filter(([key]) => !(key in aliases));
  const meant = Object.entries(aliases).filter(([key]) => Object.hasOwn(value, key));
  return Object.fromEntries([...meant.map(([key, name]) => [name, value[key]]), ...plain]);
}

/** The object that has the scenes: the answer, a wrapper's only content two levels down at most, or a bare list of scenes. */
function rootOf(value: unknown, depth = 0): Json | undefined {
  if (Array.isArray(value)) {
    const [first] = value;
    return isObject(first) && 'scenes' in first ? rootOf(first, depth) : { scenes: value };
  }
  if (!isObject(value)) return undefined;
  if (Array.isArray(value.scenes)) return value;
  if (depth === 2) return undefined;
  return Object.values(value)
    .filter(isObject)
    .map((inner) => rootOf(inner, depth + 1))
    .find(Boolean);
}

const faultsAtMost = 20;

function faultsOf(error: z.ZodError): string[] {
  return error.issues.slice(0, faultsAtMost).map(({ path, message }) => oneLine(`${path.join('.')}: ${message}`, 200));
}

interface Counts {
  sceneCount: number;
  /** Undefined: whatever is said about characters is left out. */
  characterCount: number | undefined;
}

/** The answer in the asked shape, or every fault of it; counts come first, so that a list of thousands is never looked through. */
export function shapeOf(value: unknown, asked: Counts): { raw: RawScreenplay } | { faults: string[] } {
  const root = rootOf(value);
  if (!root) return { faults: ['the answer is not an object with a list "scenes"'] };
  const faults = countFaults(root, asked);
  if (faults.length > 0) return { faults };
  const list = (key: string) => (Array.isArray(root[key]) ? root[key].map(renamed) : root[key]);
  const parsed = RawScreenplay.safeParse({
    ...(renamed(root) as Json),
    scenes: list('scenes'),
    characters: asked.characterCount === undefined ? [] : list('characters'),
  });
  return parsed.success ? { raw: parsed.data } : { faults: faultsOf(parsed.error) };
}

function countFaults(root: Json, { sceneCount, characterCount }: Counts): string[] {
  const lengthOf = (key: string) => (Array.isArray(root[key]) ? root[key].length : 0);
  const scenes = lengthOf('scenes');
  const characters = lengthOf('characters');
  return [
    ...(scenes === sceneCount ? [] : [`scenes: exactly ${sceneCount} are needed, there are ${scenes}`]),
    ...(characterCount === undefined || characters === characterCount
      ? []
      : [`characters: exactly ${characterCount} are needed, there are ${characters}`]),
  ];
}
