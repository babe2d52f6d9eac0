import type { CastId } from '../../words/cast.ts';
import { castWords, feminine, roles } from '../../words/cast.ts';
import { colorBefore } from '../../words/colors.ts';
import { createLexicon, first } from '../../words/lexicon.ts';
import type { Color } from '../kit/color.ts';
import { mix } from '../kit/color.ts';
import type { Random } from '../kit/random.ts';
import { createRandom, pick, seedOf } from '../kit/random.ts';
import { outfitOf } from './outfit.ts';
import type { Build, FurPattern, HairStyle, Look, Species } from './types.ts';

const furs: Record<Exclude<Species, 'human'>, readonly [fur: Color, belly: Color]> = {
  cat: ['#f2a24a', '#fff1dc'],
  dog: ['#d9a066', '#fff3e0'],
  fox: ['#ec7f3c', '#fff5e6'],
  rabbit: ['#f6ece4', '#ffffff'],
  bear: ['#a8744e', '#f0d6b4'],
  panda: ['#fbfaf8', '#ffffff'],
  mouse: ['#bdb6c2', '#f6ecec'],
  wolf: ['#8f98ae', '#eef1f6'],
  lion: ['#f0bc62', '#fff0d0'],
  tiger: ['#f59a3c', '#fff3df'],
  deer: ['#c98f5f', '#fbe9d2'],
  squirrel: ['#c9743f', '#ffe9cf'],
  pig: ['#ffb9c0', '#ffd9dc'],
  sheep: ['#f7e2d2', '#fff8ef'],
  monkey: ['#9a6a48', '#f5d8b4'],
  bird: ['#5fb0e0', '#fff6dc'],
  owl: ['#a07a58', '#f6e6c8'],
  penguin: ['#4a5a80', '#ffffff'],
  frog: ['#7cc462', '#eaf6c4'],
  turtle: ['#8fc48a', '#f4ebc0'],
  fish: ['#f5934a', '#fff0d8'],
  dragon: ['#62b58a', '#fbe9a8'],
  robot: ['#cfdbe6', '#a3b4c8'],
  ghost: ['#eef0ff', '#ffffff'],
  alien: ['#a3dc8a', '#d9f4c4'],
};

const hairWords = createLexicon<HairStyle>({
  twintails: ['twintail|twin tail|pigtail|two braids|braid', '双马尾|麻花辫|辫子'],
  ponytail: ['ponytail|tied back', '马尾'],
  bun: ['bun|topknot', '丸子头|发髻'],
  bob: ['bob|chin length|shoulder length', '齐耳|波波头'],
  curly: ['curly|wavy|fluffy hair|afro', '卷发|卷毛'],
  spiky: ['spiky|messy|tousled|wild hair', '刺猬头|乱发'],
  long: ['long', '长发|长长'],
  short: ['short', '短发'],
  bald: ['bald|hairless', '光头'],
});

const patternWords = createLexicon<FurPattern>({
  stripes: ['stripe|striped|tabby', '条纹|虎斑|斑纹'],
  patch: ['patch|spotted|calico|spot', '斑点|花斑'],
  mask: ['white muzzle|white blaze|white face|socks', '白脸|白爪'],
  plain: ['plain', '纯色'],
});

const buildWords = createLexicon<Build>({
  elder: ['elderly|old|aged|wrinkled', '年迈|老'],
  big: ['big|burly|huge|giant|stout|round bellied', '高大|巨大|胖'],
  child: ['little|young|child|teen|teenage|small|ten year old|tiny', '小|年幼|幼'],
  adult: ['tall|adult|slender|grown', '高挑|成年'],
  small: ['chibi', '迷你'],
});

const skins: [Color, ...Color[]] = ['#ffe3cf', '#ffdcc2', '#f7cfae', '#e8b48c', '#c68e66'];
const hairs: [Color, ...Color[]] = [
  '#3a2f3f',
  '#6b4432',
  '#b5652f',
  '#f0c46a',
  '#8a4f9a',
  '#3f5a8f',
  '#d9d4e0',
  '#c9484f',
  '#4f8f7f',
];
const eyeColors: [Color, ...Color[]] = ['#4a86d8', '#5fa04a', '#b0703a', '#8a5fd0', '#3f9a9a', '#c9653f'];

function skinOf(text: string, random: Random): Color {
  if (/dark skin|deep brown skin|深色皮肤/i.test(text)) return '#a56a48';
  if (/tan(ned)? skin|brown skin|olive skin|小麦色/i.test(text)) return '#d9a27a';
  if (/pale skin|fair skin|白皙/i.test(text)) return '#ffe9da';
  return pick(random, skins);
}

function buildOf(text: string, role: CastId): Build {
  const { species, build } = roles[role];
  const said = first(buildWords, text);
  if (species !== 'human') return said === 'big' ? 'big' : said === 'child' || said === 'small' ? 'small' : build;
  const age = Number.parseInt(/(\d{1,3})[\s-]*(?:years?|岁)/i.exec(text)?.[1] ?? '', 10);
  if (!Number.isNaN(age)) return age < 15 ? 'child' : age > 60 ? 'elder' : 'adult';
  if (said === 'child' && build === 'elder') return build;
  return said === 'small' ? 'child' : (said ?? build);
}

function hairStyleOf(text: string, role: CastId, random: Random): HairStyle {
  const said = first(hairWords, text);
  if (said) return said;
  if (role === 'grandma') return 'bun';
  if (feminine.includes(role)) return pick(random, ['long', 'bob', 'twintails', 'ponytail']);
  return pick(random, ['short', 'spiky', 'short', 'curly']);
}

function furOf(text: string, species: Species, role: CastId): readonly [Color, Color] {
  if (species === 'human') return ['#f2a24a', '#fff1dc'];
  const [usual, belly] = furs[species];
  const fur =
    colorBefore(
      text,
      'fur|coat|body|scales?|feathers?|plumage|shell|plating|metal|skin|wool|robot|dragon|ghost|fish|kitten|cat|puppy|dog|fox|rabbit|bunny|bear|mouse|wolf|bird|owl|piglet|lamb|tabby',
      '毛|身体|鳞片|羽毛|外壳|皮毛|猫|狗|狐|兔|熊|龙|鸟',
    ) ?? usual;
  const paler =
    colorBefore(text, 'belly|chest|muzzle|paws?|tummy', '肚皮|肚子|胸') ??
    (fur === usual ? belly : mix(fur, '#fff6ea', 0.72));
  return [fur, role === 'panda' ? '#ffffff' : paler];
}

/** The role a description speaks of, or the name where it does not. */
function roleOf(name: string, description: string): CastId {
  return first(castWords, description) ?? first(castWords, name) ?? (seedOf(name) % 2 === 0 ? 'girl' : 'boy');
}

/** Derives a character's whole appearance from its name and description; the same words always give the same look. */
export function readLook(name: string, description: string): Look {
  const random = createRandom(seedOf(`${name}|${description}`));
  const role = roleOf(name, description);
  const { species } = roles[role];
  const build = buildOf(description, role);
  const [fur, belly] = furOf(description, species, role);
  const elder = build === 'elder';
  const hair =
    colorBefore(description, 'hair|ponytail|bob|braids?|curls|bun|pigtails|twintails', '头发|长发|短发|发|马尾|辫') ??
    (elder ? '#dcdae4' : pick(random, hairs));
  return {
    name,
    species,
    build,
    skin: skinOf(description, random),
    hairStyle: hairStyleOf(description, role, random),
    hair,
    fur,
    belly,
    pattern: first(patternWords, description) ?? (species === 'tiger' ? 'stripes' : 'plain'),
    eyes: colorBefore(description, 'eyes?', '眼睛|眼眸|双眼|眼') ?? pick(random, eyeColors),
    ...outfitOf(description, role, random),
    glasses: /glasses|spectacles|眼镜/i.test(description),
    freckles: /freckle|雀斑/i.test(description),
    ...beardOf(description, role, hair),
  };
}

function beardOf(text: string, role: CastId, hair: Color): { beard?: Color } {
  const said = /beard|moustache|mustache|胡子|胡须/i.test(text);
  if (!said && role !== 'grandpa' && role !== 'wizard') return {};
  return { beard: colorBefore(text, 'beard|moustache|mustache', '胡子|胡须') ?? mix(hair, '#ffffff', 0.1) };
}
