import { agentBounds, filmMark } from './agentPrompts.ts';
import type { ScreenplayParams } from './glossary.ts';
import { findJson } from './screenplayJson.ts';
import { clip, isVisible, oneLine, plainText } from './text.ts';

/** What the agent decided: words for the person, and where a film was asked for, what its screenplay is written from. */
export interface AgentAnswer {
  reply: string;
  film?: Omit<ScreenplayParams, 'images'>;
}

/** The person's words are there, the decision behind them is not. */
export interface UnreadableDecision {
  reply: string;
  faults: string[];
  /** True where a film was decided upon, though nobody can read which; false where the answer broke off before it said so. */
  begun: boolean;
}

export interface AgentQuestion {
  /** The person's latest message: the idea, where the model names none. */
  ownWords: string;
  /** False where the vendor says that it stopped in the middle of the answer. */
  complete: boolean;
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const openingMark = /<{2,}\s*FILM\b/i;
const closingMark = /\bFILM\s*>{2,}[\s\S]*$/i;
const fence = /```(?:json)?\s*(?=\{)|^\s*(?=\{)/i;

const begun = {
  zh: '好的，我这就按这个想法写剧本。',
  en: 'All right, I am writing the screenplay for this idea.',
};

/** Rough, and enough to choose the language of a sentence of ours: one Chinese character makes it Chinese. */
export const languageOf = (text: string): 'zh' | 'en' => (/[\u4e00-\u9fff]/.test(text) ? 'zh' : 'en');

/**
 * Reads an answer of the language model, which may be anything. A decision with one sensible reading is repaired; one that cannot be
 * read is named as faults, with which the model can be asked again. The ids of pictures never come out of an answer.
 */
export function readAgentAnswer(answer: string, question: AgentQuestion): AgentAnswer | UnreadableDecision {
  const mark = openingMark.exec(answer);
  if (mark) return readBlock(answer.slice(0, mark.index), answer.slice(mark.index + mark[0].length), question);
  if (!question.complete) return { reply: '', faults: ['the answer breaks off'], begun: false };
  return readUnmarked(answer, question) ?? { reply: wordsOf(answer) || '…' };
}

function readBlock(before: string, block: string, question: AgentQuestion): AgentAnswer | UnreadableDecision {
  const unreadable = (fault: string) => ({ reply: wordsOf(before), faults: [fault], begun: true });
  const json = findJson(block.replace(closingMark, ''));
  if ('fault' in json) return unreadable(json.fault);
  if (json.cutOff) return unreadable('the block is cut off');
  if (!isFields(json.value)) return unreadable('the block holds no JSON object');
  return decided(before, json.value, question);
}

/**
 * A model that forgot the mark and answers with the object alone, bare or fenced, behind its words. Where the words go on after it, it is an
 * example of what could be asked for.
 */
function readUnmarked(answer: string, question: AgentQuestion): AgentAnswer | undefined {
  const start = fence.exec(answer);
  if (!start) return undefined;
  const json = findJson(answer.slice(start.index).replace(closingMark, ''));
  if ('fault' in json || json.cutOff || !json.alone || !isFields(json.value)) return undefined;
  const { film, reply, prompt } = json.value;
  const before = typeof reply === 'string' ? reply : answer.slice(0, start.index);
  if (isFields(film)) return decided(before, film, question);
  return typeof prompt === 'string' ? decided(before, json.value, question) : undefined;
}

function decided(before: string, fields: Fields, { ownWords }: AgentQuestion): AgentAnswer {
  const told = typeof fields.prompt === 'string' ? plainText(fields.prompt) : '';
  const prompt = clip(isVisible(told) ? told : plainText(ownWords), 10_000);
  const style = typeof fields.style === 'string' ? oneLine(fields.style, 200) : '';
  return {
    reply: wordsOf(before) || begun[languageOf(ownWords)],
    film: {
      prompt,
      sceneCount: within(fields.scene_count ?? fields.sceneCount, 1, 30, 7),
      characterCount: within(fields.character_count ?? fields.characterCount, 0, 8, 2),
      sceneSeconds: secondsOf(fields.scene_seconds ?? fields.sceneSeconds),
      language:
        fields.language === 'en' || fields.language === 'zh' ? fields.language : languageOf(`${ownWords} ${prompt}`),
      ...(isVisible(style) && { style }),
    },
  };
}

function within(value: unknown, least: number, most: number, usual: number): number {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return usual;
  return Math.min(most, Math.max(least, Math.round(number)));
}

function secondsOf(value: unknown): 5 | 10 | 15 {
  const seconds = within(value, 1, 60, 10);
  if (seconds <= 7) return 5;
  return seconds <= 12 ? 10 : 15;
}

const wordsOf = (text: string): string => clip(plainText(text.replace(/```(?:json)?\s*$/i, '')), agentBounds.answer);

const bareObject = /^\s*(?:\{|```)/;
const fencedObject = /```(?:json)?\s*\{/i;

/**
 * Lets the words for the person through while they come, and holds back what may be the beginning of a decision. An object without
 * mark and fence is one only where nothing was said before it, as in `readAgentAnswer`.
 */
export function speakingPart(): (piece: string) => string {
  let held = '';
  let over = false;
  let spoken = false;
  return (piece) => {
    if (over) return '';
    held += piece;
    const mark = openingMark.exec(held) ?? fencedObject.exec(held) ?? (spoken ? null : bareObject.exec(held));
    if (mark) {
      over = true;
      return held.slice(0, mark.index);
    }
    const keep = beginningOfMark(held);
    const words = held.slice(0, held.length - keep);
    held = held.slice(held.length - keep);
    spoken ||= isVisible(words);
    return words;
  };
}

/** How many characters at the end may be the beginning of a mark or a fence, or are blanks before one. */
function beginningOfMark(text: string): number {
  const tail = /\s*(?:<+\s*[FILM]{0,4}|`{1,3}(?:j|js|jso|json)?\s*)?$/i.exec(text)?.[0] ?? '';
  return Math.min(tail.length, filmMark.length + 40);
}
