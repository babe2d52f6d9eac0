import { createRandom, pick, seedOf } from '../art/kit/random.ts';
import type { PlaceName } from '../art/places/index.ts';
import { first } from '../words/lexicon.ts';
import type { PropName } from '../words/props.ts';
import { propWords } from '../words/props.ts';
import { placeWords } from '../words/scene.ts';
import type { Hero } from './heroes.ts';
import type { Both, Tongue } from './nouns.ts';
import { placeNouns, propNouns } from './nouns.ts';
import { predicateOf, thingOf } from './predicate.ts';

/** What the story wants: a verb phrase in both languages, and the place it leads to. */
export interface Goal {
  said: Both;
  place: PlaceName | undefined;
  /** The wish is to get there, so that the story begins elsewhere. */
  reach: boolean;
  /** What is looked for, and should not be seen before it is found. */
  sought: PropName | undefined;
}

const zhPatterns: readonly RegExp[] = [
  /(?:一心|很|最|总|一直)?(?:想要|渴望|梦想着?|希望能?|想)([^，。！？；、\s的]{2,16})(?:的|，|。|！|$)/,
  /(?:必须|不得不|决定|打算|努力|为了|学会|学着|试图|准备)([^，。！？；\s]{2,20})/,
  /(寻找[^，。！？；\s]{2,16}|找到[^，。！？；\s]{2,16}|拯救[^，。！？；\s]{2,14}|守护[^，。！？；\s]{2,14}|送[^，。！？；\s]{2,14}回家)/,
  /((?:建造|打造|制造|制作|修好|修复|打败|唤醒|唤回|完成|抵达|成为|揭开|等待|等|追上|追寻|种出|教会|逃离|保护|夺回|带回|帮助|送)[^，。！？；\s]{2,14})/,
  /(去[^，。！？；\s]{2,14})/,
  /(?:踏上了?|开始了?)([^，。！？；\s]{2,14}(?:旅程|冒险|旅行))/,
];
const enPatterns: readonly RegExp[] = [
  /\b(?:wants?|wish(?:es)?|hopes?|longs?|dreams?|must|ha(?:s|ve) to|needs?|tr(?:y|ies)|learns?|decides?|plans?|sets? out)\s+(?:to\s+|of\s+)?([a-z][^,.;:!?\n]{3,70})/i,
  /\b(?:in search of|looks? for|looking for|search(?:es)? for|searching for|quest for)\s+([^,.;:!?\n]{3,50})/i,
  /\b((?:find|save|rescue|deliver|build|win|protect|reach|discover|return|guard|escape|defeat|wake|befriend|bring|repair|grow|race|teach|wait)s?\s+[^,.;:!?\n]{3,60})/i,
];

/** Wishes that are known in both languages, for narration in the language the idea is not in. */
const known: readonly (readonly [RegExp, string, string])[] = [
  [/\b(rebuild|mend|repair|fix)\w*\b.{0,20}moon|修.{0,6}月亮/i, '把月亮修好', 'mend the moon'],
  [
    /\b(open|run)s? .{0,20}(shop|caf|bakery|restaurant|bookstore)|开.{0,6}(店|馆|铺)/i,
    '开一家自己的小店',
    'open a little shop',
  ],
  [/\b(grow|plant)s? |种/i, '种出自己的果实', 'grow something of their own'],
  [/bread|bak(e|ing)\b|面包|烘焙/i, '烤出最香的面包', 'bake the best bread'],
  [/看海|see(s|ing)? the (sea|ocean)|大海/i, '看一眼真正的大海', 'see the real sea'],
  [/cook|bake|recipe|做饭|做菜|料理|烹饪|厨艺/i, '一起做出最好的一道菜', 'cook the best dish together'],
  [/(go|get|way|return\w*|come|walk|run|travel)s? (back )?home|回家/i, '找到回家的路', 'find the way home'],
  [/race|win|champion|比赛|冠军|赢/i, '赢下这场比赛', 'win the race'],
  [/\bfl(y|ies|ying)\b|wings|飞上|飞翔|飞行/i, '飞上天空', 'fly through the sky'],
  [
    /(find|make|needs?)\w* (a |some |new )*friend|lonely|没有朋友|交朋友|找.{0,4}朋友|孤独|友情/i,
    '找到一个真正的朋友',
    'find a true friend',
  ],
  [/save|rescue|protect|拯救|救|守护/i, '守护大家的家园', 'save everyone’s home'],
  [/deliver|letter|送信|送达|包裹/i, '把心意送到', 'deliver what was promised'],
  [/music|violin|guitar|piano|song|sing|concert|音乐|提琴|歌|演奏/i, '唱出自己的歌', 'sing a song of their own'],
  [/paint|draw|画/i, '画出心里的颜色', 'paint the colours within'],
  [/treasure|宝藏|宝物/i, '找到传说中的宝藏', 'find the legendary treasure'],
  [/moon|star|galaxy|space|月亮|月球|星|宇宙/i, '去到星星的身边', 'reach the stars'],
  [/dragon|龙/i, '见到传说中的龙', 'meet the legendary dragon'],
  [/travel|journey|adventure|旅程|旅行|冒险|穿越/i, '走完这段旅程', 'finish the journey'],
];

/** "rescues" → "rescue", "teaches" → "teach"; other words stay. */
const baseForm = (verb: string): string =>
  /^(find|save|rescue|deliver|build|win|protect|discover|return|guard|escape|defeat|wake|befriend|bring|repair|grow|race|wait)s$/i.test(
    verb,
  )
    ? verb.slice(0, -1)
    : verb.replace(/^(reach|teach)es$/i, '$1');

function spoken(text: string, tongue: Tongue): string | undefined {
  const patterns = tongue === 'zh' ? zhPatterns : enPatterns;
  const found = patterns.map((pattern) => pattern.exec(text)?.[1]?.trim()).find(Boolean);
  const limit = tongue === 'zh' ? 22 : 80;
  const cut = found && found.length > limit ? found.slice(0, limit).replace(/\s\S*$/, '') : found;
  return tongue === 'zh' ? cut : cut?.replace(/^[a-z]+/i, baseForm);
}

const seeking = /\b(find|finds|finding|search\w*|looks? for|looking for|waits? for|waiting for)\b|找|寻|等/i;
const nounFirst = /^(the|a|an|his|her|their|lost|missing|hidden)\b/i;

/** Where nothing in an idea says what is wished for. */
const anyWish: readonly [Both, ...Both[]] = [
  { zh: '找到那个问题的答案', en: 'find the answer to an old question' },
  { zh: '去路的尽头看一看', en: 'see where the road ends' },
  { zh: '弄懂那个奇怪的梦', en: 'understand a strange dream' },
  { zh: '把没说完的话说完', en: 'say what was never said' },
];
const together: Both = { zh: '成为真正的朋友', en: 'become true friends' };
const dragons = /dragon|龙/i;

const kitchenWork = /\b(?:bread|bake|cook|cakes?|soup|pizza)\b|面包|做菜|料理|蛋糕|做饭|包子|饺子/i;

/** A long text says at its beginning what it is about, and its story comes home in the end. */
const openingLength = 400;

interface Told {
  place: PlaceName | undefined;
  heroes: readonly Hero[];
}

function unspoken(text: string, tongue: Tongue, { place, heroes }: Told): string {
  const prop = first(propWords, text);
  if (prop && seeking.test(text)) return tongue === 'zh' ? `找到${propNouns[prop].zh}` : `find ${propNouns[prop].en}`;
  const isDragon = heroes.some(({ role }) => role === 'dragon');
  const wish = known.find(([words]) => words.test(isDragon ? text.replaceAll(new RegExp(dragons, 'gi'), '') : text));
  if (wish) return wish[tongue === 'zh' ? 1 : 2];
  if (new Set(heroes.map(({ role }) => role)).size > 1) return together[tongue];
  if (place) return tongue === 'zh' ? `去${placeNouns[place].spot.zh}看一看` : `reach ${placeNouns[place].spot.en}`;
  return pick(createRandom(seedOf(text)), anyWish)[tongue];
}

/** The wish in the idea's own words where it is told in them, else a fitting one in the other language. */
export function goalOf(text: string, tongue: Tongue, places: readonly PlaceName[], heroes: readonly Hero[]): Goal {
  const opening = text.slice(0, openingLength);
  const wish = spoken(opening, tongue);
  const thing = thingOf(text, tongue);
  const named = thing && (tongue === 'zh' ? `找到${thing}` : `find ${thing}`);
  const own = wish ?? predicateOf(opening, tongue) ?? named;
  const wished =
    own === undefined
      ? undefined
      : (first(placeWords, own) ?? (kitchenWork.test(own) ? ('kitchen' as const) : undefined));
  const place = wished ?? (places.length > 1 && text === opening ? places.at(-1) : places[0]);
  const reach = wished !== undefined && /\b(see|reach|go|get|visit|travel|climb)\b|看|去|到|见|抵达/i.test(own ?? '');
  const ownGoal =
    own &&
    own === wish &&
    tongue === 'en' &&
    (nounFirst.test(own) ||
      !own.includes(' ') ||
      /\b(?:search|looks?|looking|searching|quest)[a-z ]* for\s+\S/i.test(text)) &&
    !/^(see|go|find|cook|save|reach|win|get|be|become)\b/i.test(own)
      ? `find ${own}`
      : own;
  const sought = seeking.test(opening) ? first(propWords, opening) : undefined;
  const other: Tongue = tongue === 'zh' ? 'en' : 'zh';
  const told = { place, heroes };
  const said = { [tongue]: ownGoal ?? unspoken(opening, tongue, told), [other]: unspoken(opening, other, told) };
  return { said: { zh: said.zh ?? '', en: said.en ?? '' }, place, reach, sought };
}
