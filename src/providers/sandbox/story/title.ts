import { roles } from '../words/cast.ts';
import type { Character } from './characters.ts';
import { plural, possessive } from './english.ts';
import type { Idea } from './idea.ts';
import type { Tongue } from './nouns.ts';
import { placeNouns, propNouns } from './nouns.ts';
import { people, predicateOf } from './predicate.ts';

const counted: Record<Tongue, readonly string[]> = {
  zh: ['', '', '两', '三', '四', '五'],
  en: ['', '', 'Two', 'Three', 'Four', 'Five'],
};
const titled = (words: string) =>
  words.replaceAll(/\b(?!(?:the|of|at|on|in|and|for|an?)\b)[a-z]/g, (letter, at: number) =>
    words[at - 1] === '’' || words[at - 1] === "'" ? letter : letter.toUpperCase(),
  );
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** What the idea itself calls its hero, where that is one English word of the right number. */
function ownNoun(idea: Idea, tongue: Tongue): string | undefined {
  const word = idea.heroes[0]?.word;
  return tongue === 'en' && word && /^[a-z]+$/.test(word) && idea.tongue === 'en'
    ? word.replace(/([^s])s$/, '$1')
    : undefined;
}

function heroesInTitle(idea: Idea, cast: readonly Character[], tongue: Tongue): string {
  const group = people.exec(idea.text)?.[0];
  if (group && idea.tongue === tongue) return titled(group);
  const role = idea.heroes[0]?.role ?? cast[0]?.role;
  if (!role) return '';
  const same = idea.heroes.filter((one) => one.role === role).length;
  const noun = roles[role];
  const en = ownNoun(idea, tongue) ?? noun.en;
  if (same > 1)
    return tongue === 'zh'
      ? `${counted.zh[Math.min(5, same)] ?? ''}${noun.counter}${noun.zh}`
      : `${counted.en[Math.min(5, same)] ?? ''} ${capital(plural(en))}`;
  return tongue === 'zh' ? noun.zh : `The ${capital(en)}`;
}

const longestDeed = 12;

/** 熊猫开一家咖啡馆: Chinese titles can say what is done. */
function deedOf(idea: Idea, tongue: Tongue): string | undefined {
  if (tongue !== 'zh' || idea.tongue !== 'zh') return undefined;
  const deed = predicateOf(idea.text, 'zh');
  return deed && deed.length <= longestDeed ? deed : undefined;
}

/** How, where or for whom something is done, as far as a title can do without it. */
const circumstance = /\s(?:by|in|at|for|with|from|up|into|over|under)\s.*$/;

/** Whom or what the title sets beside the hero: the next to act, the object of the wish, a thing, or the place. */
function besideHero(idea: Idea, tongue: Tongue): string | undefined {
  const [hero, ...others] = idea.heroes;
  const other = others.find(({ role }) => role !== hero?.role && people.exec(idea.text) === null);
  if (other) {
    const many = tongue === 'en' && /[^s]s$/.test(other.word ?? '');
    return tongue === 'zh' ? roles[other.role].zh : `the ${many ? plural(roles[other.role].en) : roles[other.role].en}`;
  }
  const deed = tongue === 'en' && idea.tongue === 'en' ? predicateOf(idea.text, 'en') : undefined;
  const object = /\b(?:an?|the)\s+([a-z][a-z -]{2,24})$/.exec(deed?.replace(circumstance, '') ?? '')?.[1];
  if (object) return `the ${object}`;
  const where = idea.goal.place ?? idea.places[0];
  if (where) return placeNouns[where].spot[tongue];
  const [thing] = idea.said;
  if (!thing) return undefined;
  return tongue === 'zh' ? propNouns[thing].zh.slice(2) : propNouns[thing].en.replace(/^(an?|some|a few) /, 'the ');
}

/** "The Kitten and the Sea", 小猫与大海; an idea that only names something is its own title. */
export function titleOf(idea: Idea, cast: readonly Character[], tongue: Tongue): string {
  if (idea.thing && idea.tongue === tongue) return capital(titled(idea.thing));
  const who = heroesInTitle(idea, cast, tongue);
  const deed = deedOf(idea, tongue);
  if (deed) return idea.heroes.length > 0 ? `${who}${deed}` : deed;
  const beside = besideHero(idea, tongue);
  if (!who) return beside ? capital(titled(beside)) : tongue === 'zh' ? '无人之境' : 'Nobody Here';
  if (beside) return tongue === 'zh' ? `${who}与${beside}` : `${who} and ${titled(beside)}`;
  return tongue === 'zh' ? `${who}的旅程` : `${possessive(who)} Journey`;
}
