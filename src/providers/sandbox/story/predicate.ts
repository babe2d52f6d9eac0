import { castWords } from '../words/cast.ts';
import type { Tongue } from './nouns.ts';

/** People without a trade: 两个人, "two people", "three friends". */
export const people =
  /(?:[两二三四五几]|一群)[个位名]?(?:人|朋友|好友|伙伴|陌生人)|\b(?:two|three|four|five|some)\s+(?:people|persons|friends|strangers|neighbou?rs|travell?ers|lovers)\b/i;

/** What nobody wishes for, or what says nothing about a wish. */
const noWishZh = /^(?:的|是|叫|名叫|名为|们的|被|没有|遇|发现|迷|丢|失|掉|住|有|很|生活|不|和|与|跟|、)/;
const noWishEn =
  /^(?:is|was|are|were|has|had|his|its|this|and|or|in|on|at|with|of|from|for|under|over|by|near|to|as|the|an?|who|that|lives?|lies|falls?|loses?|gets?|dies|stands?|meets?|finds?|discovers?|named|called|friends?|can|cannot|never|always)$/i;

const sentenceOf = (text: string): string => /^[^。！？!?\n.]*/.exec(text.trim())?.[0] ?? '';

/** Where the sentence's subject ends: behind those who act, however many are joined by "and". */
function subjectEnd(sentence: string): { end: number; many: boolean } | undefined {
  const group = people.exec(sentence);
  const hits = castWords(sentence);
  const [first] = hits;
  if (group && (!first || group.index <= first.index)) return { end: group.index + group[0].length, many: true };
  if (!first) return undefined;
  let end = first.index + first.word.length;
  let many = /\b(two|three|four|five|both|several)\b/i.test(sentence.slice(0, first.index));
  for (const next of hits.slice(1)) {
    if (!/^\s*(?:and|&|和|与|跟)[^，,]{0,24}$/i.test(sentence.slice(end, next.index))) break;
    end = next.index + next.word.length;
    many = true;
  }
  return { end, many };
}

/** "plays" → "play", "teaches" → "teach", "carries" → "carry". */
function baseOf(verb: string): string {
  if (/[^aeiou]ies$/i.test(verb)) return `${verb.slice(0, -3)}y`;
  return /(?:ch|sh|ss|x|zz|o)es$/i.test(verb) ? verb.slice(0, -2) : verb.slice(0, -1);
}

/** " in the second picture walks home" → " walks home". */
const withoutPlace = (rest: string): string =>
  rest.replace(
    /^\s+(?:in|of|on|at|from|with|under)\s+(?:the\s+|an?\s+|his\s+|her\s+)?(?:[\w'-]*[^s\s]\s+){1,3}?(?=[a-z]+s\s)/i,
    ' ',
  );

const longestObject = 60;
/** The last phrase of words that were cut off in the middle of one. */
const unfinished =
  /\s(?:to|and|that|which|while|through|with|of|in|on|for|from|before|after)\s(?:(?!\s(?:to|and|that|which|while|through|with|of|in|on|for|from|before|after)\s).)*$/;

function englishPredicate(rest: string, many: boolean): string | undefined {
  const [, doing = '', what = ''] = /^\s+(?:is|are)\s+([a-z]{2,}ing)\b([^.,;:!?\n]{0,60})/i.exec(rest) ?? [];
  if (doing) return `keep ${doing.toLowerCase()}${what}`.trim();
  const [, verb = '', object = ''] =
    /^,?\s+(?:who\s+|that\s+)?([a-z]{2,})\b([^.,;:!?\n]{0,60})/i.exec(withoutPlace(rest)) ?? [];
  if (!verb || noWishEn.test(verb)) return undefined;
  const third = /[^s]s$/i.test(verb);
  if (!third && !many) return undefined;
  const whole = object.length < longestObject ? object : object.replace(unfinished, '');
  return `${third ? baseOf(verb) : verb}${whole}`.toLowerCase().trim();
}

function chinesePredicate(rest: string): string | undefined {
  const said = (/^[^，、；：,;:\s]{2,22}/.exec(rest)?.[0] ?? '')
    .replace(/^们(?!的)/, '')
    .replace(/^(?:正在|一起|每天|独自|偷偷|终于|都)+/, '');
  if (said.length < 2 || noWishZh.test(said)) return undefined;
  return said
    .replace(/^((?:在[^，]{1,7}?[上里中下边旁前])?[\u4e00-\u9fff]{1,2})[了着过](?=[\u4e00-\u9fff])/, '$1')
    .replace(/^学(?![会着校习生])/, '学会');
}

/** 举办了一场灯笼节 → 举办一场灯笼节, whoever does it. */
function doneTo(sentence: string): string | undefined {
  const [, verb = '', what = ''] = /([\u4e00-\u9fff]{2})了(一[^，、；：]{2,12})$/.exec(sentence) ?? [];
  return what ? `${verb}${what}` : undefined;
}

/** What the idea's own first sentence says its heroes do, as a wish: 种西瓜, "open a coffee shop"; undefined where it says nothing like it. */
export function predicateOf(text: string, tongue: Tongue): string | undefined {
  const sentence = sentenceOf(text);
  const subject = subjectEnd(sentence);
  if (!subject) return tongue === 'zh' ? doneTo(sentence) : undefined;
  const rest = sentence.slice(subject.end);
  return tongue === 'zh' ? chinesePredicate(rest) : englishPredicate(rest, subject.many);
}

/** An idea that is no sentence but names a thing: "The last library on Mars", 火星上最后的图书馆. */
export function thingOf(text: string, tongue: Tongue): string | undefined {
  const whole = text.trim().replace(/[。.!！]$/, '');
  if (/[，,。.;；!！?？\n]/.test(whole) || castWords(whole).length > 0 || people.test(whole)) return undefined;
  if (tongue === 'zh')
    return /^[\u4e00-\u9fff]{1,12}的(?![\u4e00-\u9fff]*[在了着把被来去])[\u4e00-\u9fff]{1,8}$/.test(whole)
      ? whole
      : undefined;
  const named = /^(?:the|an?|my|our)\s+[\w' -]{3,60}$/i.test(whole) && !/\b(?:is|are|was|has|can|will)\b/i.test(whole);
  return named ? whole.charAt(0).toLowerCase() + whole.slice(1) : undefined;
}
