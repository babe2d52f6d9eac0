import type { Random } from '../art/kit/random.ts';
import type { CastId } from '../words/cast.ts';
import { castWords, feminine, roles } from '../words/cast.ts';
import type { Hero } from './heroes.ts';
import type { Idea } from './idea.ts';
import type { Tongue } from './nouns.ts';
import { outfitWords } from './wardrobe.ts';

export interface Character {
  role: CastId;
  name: string;
  /** English, in the words the painter knows; it holds for the whole film. */
  description: string;
}

type Kind = 'animal' | 'woman' | 'man' | 'machine';
const names: Record<Tongue, Record<Kind, readonly string[]>> = {
  zh: {
    animal: ['奶糖', '麻薯', '豆包', '布丁', '栗子', '团子', '芝麻', '米粒', '可可', '果冻', '云朵', '年糕'],
    woman: ['小满', '知夏', '青禾', '若溪', '林夏', '晚晴', '念安', '阿月'],
    man: ['阿远', '星野', '小北', '阿木', '子安', '南星', '大川', '一航'],
    machine: ['铁蛋', '叮当', '小齿', '阿螺', '波特', '零七'],
  },
  en: {
    animal: [
      'Mochi',
      'Biscuit',
      'Pepper',
      'Maple',
      'Clover',
      'Hazel',
      'Pip',
      'Tofu',
      'Button',
      'Juniper',
      'Nutmeg',
      'Poppy',
    ],
    woman: ['Mira', 'Hana', 'Rosa', 'Ines', 'Nora', 'Elena', 'Lucy', 'Maya'],
    man: ['Theo', 'Leo', 'Kai', 'Felix', 'Jun', 'Oscar', 'Bruno', 'Hugo'],
    machine: ['Bolt', 'Cog', 'Widget', 'Tik', 'Rivet', 'Beep'],
  },
};

const companions: readonly CastId[] = [
  'dog',
  'girl',
  'bird',
  'robot',
  'grandma',
  'fox',
  'boy',
  'rabbit',
  'fisher',
  'owl',
  'courier',
  'cat',
  'grandpa',
  'inventor',
  'mouse',
  'captain',
];

const masculine: readonly CastId[] = ['boy', 'man', 'prince', 'grandpa', 'wizard', 'fisher'];

function kindOf(role: CastId, said: string, told: string, random: Random): Kind {
  if (role === 'robot') return 'machine';
  if (roles[role].species !== 'human') return 'animal';
  if (feminine.includes(role) || /\b(she|her|female|woman)\b|女/i.test(said)) return 'woman';
  if (masculine.includes(role) || /\b(he|his|male)\b|男/i.test(said)) return 'man';
  const pronoun = /\b(he|his|him|she|her)\b|他|她/i.exec(told)?.[0];
  if (pronoun) return /she|her|她/i.test(pronoun) ? 'woman' : 'man';
  return random() < 0.5 ? 'woman' : 'man';
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const order = [...list];
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [order[i], order[j]];
    if (a === undefined || b === undefined) continue;
    order[i] = b;
    order[j] = a;
  }
  return order;
}

/** The idea's own heroes first, then companions who are not in it yet. */
function heroesFor(idea: Idea, count: number, random: Random): Hero[] {
  const own: Hero[] = idea.heroes.length > 0 ? idea.heroes : [{ role: random() < 0.5 ? 'girl' : 'boy' }];
  const others = companions.filter((role) => own.every((hero) => hero.role !== role));
  return [...own, ...shuffled(others, random).map((role) => ({ role }))].slice(0, count);
}

/** The idea's words right before a role: "a little white" of "a little white cat". */
function saidOf(idea: Idea, role: CastId): string {
  const hit = castWords(idea.text).find(({ id }) => id === role);
  return hit
    ? (idea.text
        .slice(Math.max(0, hit.index - 18), hit.index + hit.word.length)
        .split(/[,.;，。；]/)
        .at(-1) ?? '')
    : '';
}

/** What the idea's sentence says behind a role. */
function toldOf(idea: Idea, role: CastId): string {
  const hit = castWords(idea.text).find(({ id }) => id === role);
  return hit ? (/^[^.!?。！？]{0,200}/.exec(idea.text.slice(hit.index))?.[0] ?? '') : '';
}

/** Exactly so many characters, every one with a name and a look of its own. */
export function castFilm(idea: Idea, count: number, tongue: Tongue, random: Random): Character[] {
  const heroes = heroesFor(idea, count, random);
  const taken = new Set(heroes.map(({ name }) => name));
  return heroes.map(({ role, name: given }, index) => {
    const said = saidOf(idea, role);
    const kind = kindOf(role, said, toldOf(idea, role), random);
    const invented = shuffled(names[tongue][kind], random).find((name) => !taken.has(name));
    const name = given ?? invented ?? `${roles[role][tongue]} ${index + 1}`;
    taken.add(name);
    return { role, name, description: outfitWords(role, { said, woman: kind === 'woman', index }, random) };
  });
}

/** Roles that say nothing but whether somebody is a man. */
const plain: readonly CastId[] = ['woman', 'man'];

/** How narration first calls somebody: 小猫奶糖, "Mochi the kitten". */
export function fullName({ role, name }: Character, tongue: Tongue): string {
  if (plain.includes(role)) return name;
  return tongue === 'zh' ? `${roles[role].zh}${name}` : `${name} the ${roles[role].en}`;
}
