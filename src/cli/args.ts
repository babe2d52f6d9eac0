import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import type { AspectRatio, NarrationLanguage } from '../film/glossary.ts';

import { isVisible } from '../film/text.ts';
import { mistakes } from './mistakes.ts';

/** What the film is made from. */
export interface FilmWishes {
  /** `-`: to be read from standard input. */
  prompt: string;
  images: string[];
  scenes: number;
  characters: number;
  seconds: 5 | 10 | 15;
  aspect: AspectRatio;
  language: NarrationLanguage;
  style?: string;
}

interface Target {
  url?: string;
  out?: string;
  force: boolean;
}

export type Decision = 'retry' | 'accept_loss';
export type FilmCommand = { kind: 'make'; wishes: FilmWishes } & Target;
export type ResumeCommand = { kind: 'resume'; taskId: string; decision?: Decision } & Target;
export type Command = { kind: 'help' } | FilmCommand | ResumeCommand;

const text = { type: 'string' } as const;
const options = {
  scenes: text,
  characters: text,
  seconds: text,
  aspect: text,
  language: text,
  style: text,
  image: { type: 'string', multiple: true },
  out: text,
  force: { type: 'boolean', default: false },
  url: text,
  resume: text,
  decide: text,
  help: { type: 'boolean', short: 'h' },
} as const;

const aspects = ['16:9', '9:16', '1:1'] as const;
const lengths = ['5', '10', '15'] as const;
const languages = ['zh', 'en'] as const;
const decisions = ['retry', 'accept_loss'] as const;
const seconds = { '5': 5, '10': 10, '15': 15 } as const;
const mostImages = 8;
const longestPrompt = 10_000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Parsed = ReturnType<typeof parse>;
type Values = Parsed['values'];

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, tokens: true });
  } catch (cause) {
    throw mistakes.unparsable(cause);
  }
}

export function parseCommand(argv: readonly string[]): Command {
  const parsed = parse(argv);
  const { values } = parsed;
  if (values.help) return { kind: 'help' };
  const target: Target = {
    force: values.force,
    ...(values.url !== undefined && { url: serviceUrl(values.url) }),
    ...(values.out !== undefined && { out: filled('out', values.out) }),
  };
  const { images, prompt } = sortWords(parsed);
  if (values.resume !== undefined) return { ...resumeCommand(values, prompt, images), ...target };
  if (values.decide !== undefined) throw mistakes.decideAlone();
  return { kind: 'make', wishes: wishesOf(values, checkPrompt(prompt), images), ...target };
}

/** The bytes of a pipe or a file; what another encoding makes of them would be paid for. */
export function readText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw mistakes.notUtf8(error);
  }
}

/** A prompt as the contract takes it: 1 to 10,000 characters, line ends as \n, without a byte order mark. */
export function checkPrompt(text: string): string {
  const prompt = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .trim();
  const length = [...prompt].length;
  if (!isVisible(prompt)) throw mistakes.noPrompt();
  if (length > longestPrompt) throw mistakes.longPrompt(length, longestPrompt);
  return prompt;
}

/** `--image a.jpg b.jpg`: picture files right after an `--image` are pictures too; every other word is of the prompt. */
function sortWords({ tokens }: Parsed): { images: string[]; prompt: string } {
  const images: string[] = [];
  const prompt: string[] = [];
  let afterImage = false;
  for (const token of tokens) {
    if (token.kind === 'option') {
      afterImage = token.name === 'image';
      if (afterImage && token.value !== undefined) images.push(filled('image', token.value));
    } else if (token.kind === 'positional') {
      afterImage &&= isPictureName(token.value);
      (afterImage ? images : prompt).push(token.value);
    }
  }
  if (images.length > mostImages) throw mistakes.manyPictures(mostImages, images.length);
  return { images, prompt: prompt.join(' ').trim() };
}

const isPictureName = (name: string): boolean => /^\.(jpe?g|png|webp)$/i.test(extname(name));

function resumeCommand(values: Values, prompt: string, images: readonly string[]) {
  const taskId = filled('resume', values.resume ?? '').toLowerCase();
  if (!uuid.test(taskId)) throw mistakes.notTask(taskId);
  const forbidden = (['scenes', 'characters', 'seconds', 'aspect', 'language', 'style'] as const).find(
    (name) => values[name] !== undefined,
  );
  if (prompt !== '' || images.length > 0 || forbidden) throw mistakes.resumeWithWishes();
  const decision = values.decide === undefined ? undefined : oneOf('decide', values.decide, decisions);
  return { kind: 'resume' as const, taskId, ...(decision && { decision }) };
}

function wishesOf(values: Values, prompt: string, images: string[]): FilmWishes {
  return {
    prompt,
    images: [...new Set(images)],
    scenes: whole('scenes', values.scenes ?? '7', 1, 30),
    characters: whole('characters', values.characters ?? '2', 0, 8),
    seconds: seconds[oneOf('seconds', values.seconds ?? '10', lengths)],
    aspect: oneOf('aspect', values.aspect ?? '16:9', aspects),
    language: oneOf('language', values.language ?? 'zh', languages),
    ...(values.style !== undefined && { style: filled('style', values.style) }),
  };
}

function filled(name: string, value: string): string {
  if (value.trim() === '') throw mistakes.empty(name);
  return value.trim();
}

function whole(name: string, value: string, low: number, high: number): number {
  const number = /^\d{1,4}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= low && number <= high) return number;
  throw mistakes.notWhole(name, low, high, value);
}

function oneOf<Choice extends string>(name: string, value: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((known) => known === value);
  if (choice !== undefined) return choice;
  throw mistakes.notOneOf(name, choices, value);
}

/** Without the path of the API and without a slash at the end. */
export function serviceUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw mistakes.notUrl(value);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
}
