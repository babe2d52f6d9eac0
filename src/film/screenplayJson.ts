import { jsonrepair } from 'jsonrepair';

const longest = 500_000;
const deepest = 32;
const startsTried = 8;

/**
 * JSON found in a model's answer; `cutOff` where it ends in the middle of something that cannot be guessed, `alone` where nothing stands
 * around it but a fence.
 */
export type FoundJson = { value: unknown; cutOff: boolean; alone: boolean } | { fault: string };

interface Span {
  text: string;
  end: number;
  /** Containers still open at the end of the answer. */
  open: number;
  inString: boolean;
  tooDeep: boolean;
}

/** Follows one JSON value from its opening bracket to the matching one, or to the end of the text. */
function spanFrom(text: string, start: number): Span {
  let open = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') open += 1;
    else if (character === '}' || character === ']') open -= 1;
    if (open > deepest) return { text: '', end: at, open, inString, tooDeep: true };
    if (open === 0) return { text: text.slice(start, at + 1), end: at + 1, open, inString, tooDeep: false };
  }
  return { text: text.slice(start), end: text.length, open, inString, tooDeep: false };
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return mend(text);
  }
}

/** Trailing commas, single quotes, comments, missing brackets; undefined where nothing can be made of it. */
function mend(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(jsonrepair(text)) };
  } catch {
    return undefined;
  }
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
const sizeOf = (value: unknown) => JSON.stringify(value).length;

const opensFence = /^\s*(?:```(?:json)?\s*)?$/i;
/** A bracket too many is a slip, not a word. */
const closesFence = /^[\s`}\]]*$/;

/** What is around the JSON: a byte order mark, the thoughts of a reasoning model. */
const bare = (text: string) => text.replace(/^\ufeff/, '').replace(/^\s*<think>[\s\S]*?<\/think>/i, '');

/**
 * The largest JSON value in an answer, whatever fences and prose stand around it. A missing end is mended only where nothing but
 * closing brackets of the outermost two levels can be missing; anything else cut off is reported, never guessed.
 */
export function findJson(answer: string): FoundJson {
  if (answer.length > longest) return { fault: `the answer is longer than ${longest} characters` };
  const text = bare(answer);
  let best: { value: object; size: number; start: number; span: Span } | undefined;
  let at = text.search(/[{[]/);
  for (let tries = 0; at !== -1 && tries < startsTried; tries += 1) {
    const span = spanFrom(text, at);
    if (span.tooDeep) return { fault: `the answer is nested more than ${deepest} levels deep` };
    const parsed = parse(span.text);
    const value = parsed?.value;
    const size = isContainer(value) ? sizeOf(value) : 0;
    if (isContainer(value) && size > (best?.size ?? 0)) best = { value, size, start: at, span };
    const next = text.slice(span.end).search(/[{[]/);
    at = next === -1 ? -1 : span.end + next;
  }
  if (!best) return { fault: 'the answer holds no readable JSON object' };
  const { value, start, span } = best;
  const alone = opensFence.test(text.slice(0, start)) && closesFence.test(text.slice(span.end));
  return { value, cutOff: span.open > 2 || (span.open > 0 && span.inString), alone };
}
