import type { CastId } from '../../words/cast.ts';
import { feminine, roles } from '../../words/cast.ts';
import { colorBefore } from '../../words/colors.ts';
import type { WordList } from '../../words/lexicon.ts';
import { createLexicon, first } from '../../words/lexicon.ts';
import type { Color } from '../kit/color.ts';
import type { Random } from '../kit/random.ts';
import { pick } from '../kit/random.ts';
import type { BottomKind, HatKind, Look, TopKind } from './types.ts';

type Worn = Exclude<TopKind, 'none'>;
const topList: WordList<Worn> = {
  chef: [
    "chef's jacket|chef jacket|chef coat|chef's coat|chef uniform|chef's uniform|chef's whites|chef whites",
    '厨师服',
  ],
  spacesuit: ['spacesuit|space suit|astronaut suit|flight suit', '宇航服|太空服|航天服'],
  armor: ['armor|armour|breastplate|chainmail', '盔甲|铠甲'],
  kimono: ['kimono|yukata|hanfu', '和服|浴衣|汉服'],
  uniform: ['school uniform|sailor uniform|uniform', '校服|水手服|制服'],
  overalls: ['overall|dungaree', '背带裤|工装'],
  hoodie: ['hoodie|sweatshirt|hooded top', '卫衣|连帽衫'],
  sweater: ['sweater|cardigan|pullover|jumper', '毛衣|开衫|针织衫'],
  jacket: ['jacket|vest|waistcoat|windbreaker|blazer', '夹克|马甲|外套'],
  coat: ['coat|overcoat|raincoat|trench|lab coat', '大衣|风衣|雨衣|白大褂'],
  dress: ['dress|gown|sundress|pinafore', '连衣裙|长裙|裙子'],
  robe: ['robe', '长袍|法袍|袍子'],
  shirt: ['shirt|t shirt|tee|blouse|tunic|top', '衬衫|T恤|上衣|短袖'],
};
const topWords = createLexicon<Worn>(topList);
const bottomWords = createLexicon<BottomKind>({
  skirt: ['skirt', '短裙|百褶裙'],
  shorts: ['short pants|shorts', '短裤'],
  pants: ['pants|trousers|jeans|leggings|slacks', '长裤|裤子|牛仔裤'],
  none: ['barelegged', '光腿'],
});

const hatList: WordList<HatKind> = {
  chef: ["chef's hat|chef hat|chef's toque|toque", '厨师帽'],
  witch: ["witch hat|witch's hat|pointed hat|pointy hat|wizard hat|wizard's hat", '巫师帽|女巫帽|尖帽'],
  straw: ['straw hat|sun hat|wide brimmed hat', '草帽|斗笠'],
  pirate: ["captain's hat|captain hat|pirate hat|tricorn", '船长帽|海盗帽'],
  bubble: ['space helmet|bubble helmet|glass helmet', '太空头盔|宇航头盔'],
  helmet: ['helmet|helm', '头盔'],
  goggles: ['goggle', '护目镜|风镜'],
  beret: ['beret', '贝雷帽'],
  crown: ['crown|tiara|circlet', '王冠|皇冠'],
  headband: ['headband|bandana|bandanna', '头带|发带|头巾'],
  hood: ['hood', '兜帽'],
  flower: ['hair flower|flower in|flower clip|flower crown|hairpin', '花饰|发卡|小花'],
  bow: ['hair ribbon|hair bow|ribbon|bow', '蝴蝶结|丝带'],
  cap: ['cap|baseball cap|flat cap|hat', '鸭舌帽|帽子'],
};
const hatWords = createLexicon<HatKind>(hatList);

const cloth: [Color, ...Color[]] = [
  '#e0604f',
  '#4a86d8',
  '#58a878',
  '#f0b840',
  '#8a6ac0',
  '#f08aa0',
  '#45a8b0',
  '#d9824a',
];
const dim: [Color, ...Color[]] = ['#3f5a8f', '#5a4a6f', '#6b5a4a', '#4a6a5a', '#41465f'];
const trims: [Color, ...Color[]] = ['#ffd95a', '#fff4e0', '#f28a6a', '#8fd0e8'];

interface Costume {
  top: TopKind;
  color?: Color;
  bottom?: BottomKind;
  hat?: HatKind;
  hatColor?: Color;
  cape?: Color;
  accent?: Color;
}

const costumes: Partial<Record<CastId, Costume>> = {
  chef: { top: 'chef', color: '#fdfbf6', bottom: 'pants', hat: 'chef', hatColor: '#fdfbf6', accent: '#e0524a' },
  baker: { top: 'shirt', bottom: 'pants', hat: 'headband' },
  knight: { top: 'armor', color: '#c9d2e0', hat: 'helmet', hatColor: '#c9d2e0', accent: '#d9524a' },
  witch: { top: 'robe', color: '#5a4a8f', hat: 'witch', hatColor: '#4a3d7a', accent: '#f0b840' },
  wizard: { top: 'robe', color: '#3f5aa0', hat: 'witch', hatColor: '#3f5aa0', accent: '#f0d060' },
  princess: { top: 'dress', color: '#f59ab4', hat: 'crown', hatColor: '#f5c84f' },
  prince: { top: 'jacket', color: '#4a6ac0', bottom: 'pants', hat: 'crown', hatColor: '#f5c84f', cape: '#c9484f' },
  astronaut: { top: 'spacesuit', color: '#f4f5fa', hat: 'bubble', hatColor: '#e6eaf2', accent: '#f28c3a' },
  pilot: { top: 'jacket', color: '#8f5f42', bottom: 'pants', hat: 'goggles', hatColor: '#6b4a38' },
  captain: { top: 'coat', color: '#2f4a80', bottom: 'pants', hat: 'pirate', hatColor: '#38405f', accent: '#f0c040' },
  fisher: { top: 'overalls', color: '#4a7a9a', hat: 'straw', hatColor: '#e8cf8f' },
  inventor: { top: 'coat', color: '#f6f3ee', bottom: 'pants', hat: 'goggles', hatColor: '#6b5a4a' },
  detective: { top: 'coat', color: '#b98a5f', bottom: 'pants', hat: 'cap', hatColor: '#8f6a4a' },
  artist: { top: 'sweater', bottom: 'pants', hat: 'beret' },
  musician: { top: 'jacket', bottom: 'pants' },
  teacher: { top: 'sweater', bottom: 'skirt' },
  doctor: { top: 'coat', color: '#fbfbfd', bottom: 'pants' },
  farmer: { top: 'overalls', color: '#4f78b0', hat: 'straw', hatColor: '#e8cf8f' },
  courier: { top: 'jacket', color: '#4f9a6a', bottom: 'shorts', hat: 'cap' },
  ninja: { top: 'kimono', color: '#41465f', hat: 'headband' },
  student: { top: 'uniform', color: '#fbfbff', bottom: 'skirt' },
  grandma: { top: 'sweater', bottom: 'skirt' },
  grandpa: { top: 'sweater', bottom: 'pants' },
  fairy: { top: 'dress', color: '#b8e6c8', hat: 'flower' },
  girl: { top: 'dress' },
  boy: { top: 'hoodie', bottom: 'shorts' },
  woman: { top: 'dress' },
  man: { top: 'jacket', bottom: 'pants' },
};

const everyone = (list: WordList<string>, id: string): readonly [string, string] => list[id] ?? ['', ''];
const colorOfWorn = (text: string, list: WordList<string>, id: string): Color | undefined => {
  const [en, zh] = everyone(list, id);
  return colorBefore(text, en.replaceAll(' ', '[\\s-]+'), zh);
};

function hatOf(text: string, costume: Costume, random: Random): { hat?: { kind: HatKind; color: Color } } {
  const said = first(hatWords, text);
  const kind = said === 'helmet' && costume.top === 'spacesuit' ? 'bubble' : (said ?? costume.hat);
  if (!kind || /no hat|hatless|不戴帽/i.test(text)) return {};
  const usual = kind === costume.hat ? costume.hatColor : undefined;
  const made: Partial<Record<HatKind, Color>> = {
    chef: '#fdfbf6',
    straw: '#e8cf8f',
    crown: '#f5c84f',
    bubble: '#e6eaf2',
    helmet: '#c9d2e0',
  };
  return { hat: { kind, color: colorOfWorn(text, hatList, kind) ?? usual ?? made[kind] ?? pick(random, cloth) } };
}

type Accessories = Pick<Look, 'scarf' | 'cape' | 'backpack' | 'apron'>;

function accessoriesOf(text: string, costume: Costume, random: Random): Accessories {
  const one = (words: RegExp, en: string, zh: string, usual: Color) =>
    words.test(text) ? (colorBefore(text, en, zh) ?? usual) : undefined;
  const scarf = one(
    /scarf|neckerchief|muffler|围巾|领巾/i,
    'scarf|neckerchief|muffler',
    '围巾|领巾',
    pick(random, cloth),
  );
  const cape =
    one(/\bcape\b|cloak|mantle|披风|斗篷/i, 'cape|cloak|mantle', '披风|斗篷', pick(random, cloth)) ?? costume.cape;
  const backpack = one(
    /backpack|rucksack|knapsack|satchel|背包|书包/i,
    'backpack|rucksack|knapsack|satchel',
    '背包|书包',
    '#a8744e',
  );
  const apron = one(/apron|围裙/i, 'apron', '围裙', '#fff4e0');
  return { ...(scarf && { scarf }), ...(cape && { cape }), ...(backpack && { backpack }), ...(apron && { apron }) };
}

function bottomOf(text: string, role: CastId, top: TopKind, costume: Costume): BottomKind {
  const said = first(bottomWords, text);
  if (said) return said;
  if (top === 'dress' || top === 'robe' || top === 'kimono') return 'none';
  if (costume.bottom === 'skirt' && role === 'student' && /\bboy|schoolboy|男/i.test(text)) return 'pants';
  return costume.bottom ?? (feminine.includes(role) ? 'skirt' : 'pants');
}

export type Outfit = Pick<Look, 'top' | 'topColor' | 'accent' | 'bottom' | 'bottomColor' | 'shoes' | 'hat'> &
  Accessories;

/** What a character wears: what is said first, then what its role wears, then dice seeded by its name. */
export function outfitOf(text: string, role: CastId, random: Random): Outfit {
  const human = roles[role].species === 'human';
  const costume: Costume = costumes[role] ?? { top: human ? 'shirt' : 'none' };
  const said = first(topWords, text);
  const top: TopKind = said ?? costume.top;
  const worn = top === 'none' ? undefined : colorOfWorn(text, topList, top);
  const usual = top === costume.top ? costume.color : undefined;
  const [dieTop, dieBottom, dieTrim] = [pick(random, cloth), pick(random, dim), pick(random, trims)];
  return {
    top,
    topColor: worn ?? usual ?? dieTop,
    accent:
      colorBefore(text, 'trim|buttons?|collar|sash|belt|tie|lining|lights?|antenna', '镶边|纽扣|领子|腰带|领带|天线') ??
      costume.accent ??
      dieTrim,
    bottom: bottomOf(text, role, top, costume),
    bottomColor:
      colorBefore(text, 'skirt|shorts|pants|trousers|jeans|leggings', '短裙|百褶裙|短裤|长裤|裤子|牛仔裤') ?? dieBottom,
    shoes:
      colorBefore(text, 'shoes?|boots?|sneakers?|sandals?', '鞋子|靴子|鞋|靴') ??
      pick(random, ['#f4f4f6', '#8f5f42', '#4a4658', '#c9564e']),
    ...hatOf(text, costume, random),
    ...accessoriesOf(text, costume, random),
  };
}
