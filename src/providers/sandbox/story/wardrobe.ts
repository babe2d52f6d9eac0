import type { Random } from '../art/kit/random.ts';
import { pick } from '../art/kit/random.ts';
import type { CastId } from '../words/cast.ts';
import { roles } from '../words/cast.ts';
import { withArticles } from './english.ts';

type Choices = [string, ...string[]];

/** Signature colours: the nth character of a film takes the nth, so that no two wear the same. */
const signature: Choices = ['blue', 'red', 'yellow', 'green', 'purple', 'orange', 'teal', 'pink'];
const eyes: Choices = ['green', 'blue', 'amber', 'brown', 'violet', 'teal'];
const everyHair: Choices = ['black', 'chestnut', 'blonde', 'auburn', 'dark blue', 'silver', 'pink', 'dark brown'];

const naturalHairs: Choices = ['black', 'chestnut', 'dark brown', 'auburn', 'copper'];

const furs: Partial<Record<CastId, Choices>> = {
  cat: ['ginger', 'cream', 'grey', 'white', 'black'],
  dog: ['caramel', 'cream', 'brown', 'white'],
  fox: ['orange', 'copper'],
  rabbit: ['white', 'cream', 'light brown'],
  bear: ['brown', 'honey blonde'],
  mouse: ['grey', 'light brown'],
  wolf: ['grey', 'silver'],
  bird: ['sky blue', 'yellow', 'red'],
  panda: ['white'],
  lion: ['golden'],
  tiger: ['orange'],
  deer: ['light brown'],
  squirrel: ['ginger', 'chestnut'],
  pig: ['light pink'],
  sheep: ['cream', 'white'],
  monkey: ['brown', 'chestnut'],
  fish: ['orange', 'sky blue', 'golden', 'coral'],
  owl: ['light brown', 'white'],
  penguin: ['dark blue'],
  frog: ['green'],
  turtle: ['light green'],
  dragon: ['emerald', 'crimson', 'sky blue', 'violet'],
  ghost: ['white', 'pale blue'],
  alien: ['light green', 'lilac'],
  robot: ['silver', 'sky blue', 'mint'],
};

const coats: Partial<Record<CastId, string>> = {
  dragon: 'scales',
  fish: 'scales',
  bird: 'feathers',
  owl: 'feathers',
  penguin: 'feathers',
  robot: 'shell',
  turtle: 'shell',
  frog: 'skin',
  alien: 'skin',
  ghost: 'body',
};

const keepsakes: Choices = [
  'a {c} scarf',
  'a {c} backpack',
  'a {c} ribbon',
  'a {c} cape',
  'a {c} scarf',
  'a {c} bandana',
];

const outfits: Partial<Record<CastId, Choices>> = {
  chef: [
    "a white chef's jacket with {c} buttons, a chef's hat, a {c} scarf and navy pants",
    "a {c} chef's jacket, a chef's hat, an ivory apron and charcoal pants",
  ],
  baker: ['a {c} shirt, an ivory apron, a white bandana and brown pants'],
  knight: ['silver armor, a silver helmet and a {c} cape'],
  witch: ['a purple robe, a purple witch hat and {c} boots'],
  wizard: ['a dark blue robe, a dark blue wizard hat and a {c} scarf'],
  princess: ['a {c} dress and a golden crown'],
  prince: ['a {c} jacket, white pants, a golden crown and a red cape'],
  astronaut: ['a white spacesuit with {c} lights and a glass helmet'],
  pilot: ['a brown jacket, goggles, a {c} scarf and khaki pants'],
  captain: ["a navy coat with golden buttons, a captain's hat and {c} pants"],
  fisher: ['{c} overalls, a straw hat and brown boots'],
  inventor: ['a white lab coat, goggles, {c} pants and brown boots'],
  detective: ['a beige coat, a brown hat and a {c} scarf'],
  artist: ['a {c} sweater, a red beret and navy pants'],
  musician: ['a {c} jacket, black pants and a golden scarf'],
  teacher: ['a {c} sweater, a navy skirt and round glasses'],
  doctor: ['a white coat, {c} pants and round glasses'],
  farmer: ['{c} overalls and a straw hat'],
  courier: ['a {c} jacket, a {c} cap, khaki shorts and a brown backpack'],
  keeper: ['a {c} coat with golden buttons, a navy cap and brown boots'],
  ninja: ['a charcoal kimono with a {c} sash and a {c} headband'],
  student: ['a white school uniform with a {c} tie and a navy skirt'],
  grandma: ['a {c} sweater, a brown skirt, an ivory apron and round glasses'],
  grandpa: ['a {c} sweater, brown pants and round glasses'],
  fairy: ['a {c} dress and a pink flower clip'],
  girl: [
    'a {c} dress and a white ribbon',
    'a {c} hoodie, a navy skirt and white sneakers',
    'a {c} sweater and a cream skirt',
  ],
  boy: ['a {c} hoodie, navy shorts and white sneakers', 'a {c} jacket, khaki shorts and a red cap'],
  woman: ['a {c} dress and brown shoes'],
  man: ['a {c} jacket, charcoal pants and brown shoes'],
};

const hairStyles: Record<'f' | 'm', Choices> = {
  f: ['long', 'bob-cut', 'ponytail of long', 'twintails of'],
  m: ['short', 'spiky', 'curly', 'messy short'],
};
const ages: Partial<Record<CastId, string>> = {
  girl: 'a young girl',
  boy: 'a young boy',
  princess: 'a young princess',
  prince: 'a young prince',
  student: 'a young student',
  fairy: 'a little fairy',
  witch: 'a young witch',
  ninja: 'a young ninja',
  grandma: 'an elderly grandma',
  grandpa: 'an elderly grandpa',
  wizard: 'an elderly wizard',
  woman: 'a tall woman',
  man: 'a tall man',
};

const zhColors: Record<string, string> = {
  白: 'white',
  黑: 'black',
  灰: 'grey',
  橘: 'ginger',
  橙: 'orange',
  红: 'red',
  棕: 'brown',
  金: 'golden',
  蓝: 'blue',
  绿: 'green',
  粉: 'pink',
  银: 'silver',
  黄: 'yellow',
  紫: 'purple',
};

/** The colour right before the animal's own word, which ends the text. */
function colorWord(said: string): string | undefined {
  const english =
    /\b(white|black|grey|gray|orange|ginger|red|brown|golden|blue|green|pink|silver|yellow|cream|purple)\s+(?:\w+\s+)?\w+$/i.exec(
      said,
    )?.[1];
  const zh = /([白黑灰橘橙红棕金蓝绿粉银黄紫])色?的?[\u4e00-\u9fff]{1,3}$/.exec(said)?.[1];
  return english?.toLowerCase() ?? (zh && zhColors[zh]);
}

function animalWords(role: CastId, said: string, color: string, random: Random): string {
  const fur = colorWord(said) ?? (furs[role] ? pick(random, furs[role]) : 'brown');
  const stripes = role === 'cat' && fur === 'ginger' ? ' and dark stripes' : role === 'panda' ? ' and black paws' : '';
  const kept = pick(random, keepsakes).replace('{c}', color);
  const coat = coats[role] ?? 'fur';
  const size = roles[role].build === 'big' ? 'a big round' : 'a small';
  const shine = role === 'robot' ? 'glowing ' : 'big ';
  return `${size} ${roles[role].en} with ${fur} ${coat}${stripes}, ${shine}${pick(random, eyes)} eyes, wearing ${kept}`;
}

interface Person {
  /** What the idea says about them. */
  said: string;
  woman: boolean;
  index: number;
}

function personWords(role: CastId, { said, woman, index }: Person, color: string, random: Random): string {
  const aged = /\b(old|elderly|aged)\b|老/i.test(said) && role !== 'girl' && role !== 'boy';
  const old = role === 'grandma' || role === 'grandpa' || role === 'wizard' || aged;
  const rugged = role === 'chef' || role === 'captain' || role === 'fisher';
  const hairs = rugged ? naturalHairs : everyHair;
  const hair = old ? 'silver' : (hairs[(index + Math.floor(random() * 3) * 3) % hairs.length] ?? 'black');
  const style = role === 'grandma' ? 'a bun of' : pick(random, woman ? hairStyles.f : hairStyles.m);
  const beard =
    role === 'grandpa' || role === 'wizard' || (aged && rugged && !woman)
      ? ' and a white beard'
      : rugged && !woman && random() < 0.6
        ? ` and a ${hair} beard`
        : '';
  const base = aged && !ages[role] ? `an elderly ${roles[role].en}` : (ages[role] ?? `a tall ${roles[role].en}`);
  const choices = outfits[role];
  const outfit = (choices ? (choices[index % choices.length] ?? choices[0]) : 'a {c} jacket and navy pants').replaceAll(
    '{c}',
    color,
  );
  return `${base} with ${style} ${hair} hair${beard}, ${pick(random, eyes)} eyes, wearing ${outfit}`;
}

/** A description in English that the painter understands word for word. */
export function outfitWords(role: CastId, person: Person, random: Random): string {
  const color = signature[person.index % signature.length] ?? 'blue';
  return withArticles(
    roles[role].species === 'human'
      ? personWords(role, person, color, random)
      : animalWords(role, person.said, color, random),
  );
}
