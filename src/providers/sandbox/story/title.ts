import { roles } from '../words/cast.ts';
import type { Character } from './characters.ts';
import type { Idea } from './idea.ts';
import type { Tongue } from './nouns.ts';
import { placeNouns, propNouns } from './nouns.ts';

const counted: Record<Tongue, readonly string[]> = {
  zh: ['', '', '两', '三', '四', '五'],
  en: ['', '', 'Two', 'Three', 'Four', 'Five'],
};
const titled = (words: string) => words.replaceAll(/\b(?!(?:the|of|at)\b)[a-z]/g, (letter) => letter.toUpperCase());
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function heroesInTitle(idea: Idea, cast: readonly Character[], tongue: Tongue): string {
  const role = idea.heroes[0]?.role ?? cast[0]?.role ?? 'girl';
  const same = idea.heroes.filter((one) => one.role === role).length;
  const noun = roles[role];
  if (same > 1)
    return tongue === 'zh'
      ? `${counted.zh[Math.min(5, same)] ?? ''}${noun.counter}${noun.zh}`
      : `${counted.en[Math.min(5, same)] ?? ''} ${capital(noun.en)}s`;
  return tongue === 'zh' ? noun.zh : `The ${capital(noun.en)}`;
}

/** "The Kitten and the Sea" — 小猫与大海. */
export function titleOf(idea: Idea, cast: readonly Character[], tongue: Tongue): string {
  const who = heroesInTitle(idea, cast, tongue);
  const where = idea.goal.place ?? idea.places[0];
  const [thing] = idea.props;
  if (!where && thing)
    return tongue === 'zh'
      ? `${who}与${propNouns[thing].zh.slice(2)}`
      : `${who} and ${titled(propNouns[thing].en.replace(/^(an?|some|a few) /, 'the '))}`;
  if (!where) return tongue === 'zh' ? `${who}的旅程` : `${who}’s Journey`;
  const { zh, en } = placeNouns[where].spot;
  return tongue === 'zh' ? `${who}与${zh}` : `${who} and ${titled(en)}`;
}
