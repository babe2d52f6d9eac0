import { seedOf } from '../art/kit/random.ts';
import type { CastId } from '../words/cast.ts';
import { castWords } from '../words/cast.ts';
import type { Hit } from '../words/lexicon.ts';
import { people } from './predicate.ts';

/** Somebody the idea speaks of, with the name it gives, if any. */
export interface Hero {
  role: CastId;
  name?: string;
  /** As the idea calls them: violinist, old fisherman. */
  word?: string;
}

interface Placed extends Hero {
  index: number;
}

const counts: readonly (readonly [RegExp, number])[] = [
  [/\b(two|pair of|both|couple of|twin)\b[^.,]{0,24}$|(两|二|一对)[^，。]{0,6}$/i, 2],
  [/\b(three|trio of)\b[^.,]{0,24}$|三[^，。]{0,6}$/i, 3],
  [/\b(four)\b[^.,]{0,24}$|四[^，。]{0,6}$/i, 4],
  [/\b(five|six)\b[^.,]{0,24}$|[五六][^，。]{0,6}$/i, 5],
];

const commonWords =
  /^(The|A|An|In|On|At|Two|Three|One|When|Once|Every|After|Before|And|But|He|She|They|It|His|Her|Their|There|This|That|With|For|From|As|While|If|Then|Each|Some|All|No|My|Our|I|We|You|Make|Write|Create|Tell|Draw|Scene|Act|Chapter|Monday|Sunday|Christmas|English|Chinese|Japanese)$/;

const introduced =
  /(?:(?:named|called)\s+)([A-Z][a-z]{1,14})|(?:名叫|叫做|名为|叫)[「“"']?([\u4e00-\u9fff]{2,3}?)(?=[的，。、」”"'和与]|$)/g;
const inside = /(?<=[a-z,;:]\s)(?<!\b(?:[Ii]n|[Aa]t|to|[Ff]rom|of|[Nn]ear|[Oo]n)\s)([A-Z][a-z]{2,14})\b/g;
const leading =
  /(?:^|[.!?]\s+)([A-Z][a-z]{2,14})(?=\s+and\s+(?:[A-Z]|her\b|his\b|the\b|a\b)|,\s+(?:a|an|the)\s|\s+(?:wants|must|dreams|lives|finds|has|is|was)\b)/g;

/** What stands before names of places and things: "of Gull Point", "a tub called Patience". */
const notPeople =
  /(?:\b[A-Z][a-z]+ |\b(?:tub|boat|ship|ferry|town|village|city|island|book|song|game|planet|star|place)s?,? (?:called|named) )$/;

interface Name {
  name: string;
  index: number;
}

/** Proper names: those introduced by "named", "called", 叫, and capitals that cannot be anything else. */
function namesIn(text: string): Name[] {
  const found = [introduced, leading, inside].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => {
      const name = match[1] ?? match[2] ?? '';
      return { name, index: match.index + match[0].indexOf(name) };
    }),
  );
  const names = found
    .filter(({ name, index }) => name && !commonWords.test(name) && !notPeople.test(text.slice(0, index)))
    .toSorted((a, b) => a.index - b.index);
  return names.filter(({ name }, index) => names.findIndex((other) => other.name === name) === index);
}

/** The role that stands right before a name ("robot friend Bolt", 小猫叫咪咪) or right after it ("Mia, a young witch"). */
function roleBeside(text: string, { name, index }: Name, hits: readonly Hit<CastId>[]): Hit<CastId> | undefined {
  return hits.find((hit) => {
    const end = hit.index + hit.word.length;
    const between = hit.index < index ? text.slice(end, index) : text.slice(index + name.length, hit.index);
    if (hit.index < index)
      return /^(\s+(friend|companion|pal|buddy))?(\s+(named|called))?\s*$|^(名叫|叫做|名为|叫)?[「“"']?$/.test(between);
    return /^,?\s+(is |was )?(a|an|the)\s+([a-z-]+\s+){0,3}$|^[」”"']?的[\u4e00-\u9fff]{0,3}$/.test(between);
  });
}

function roleByPronoun(text: string, { name, index }: Name): CastId {
  const after = text.slice(index, index + 80);
  if (/\b(her|she)\b|她/i.test(after)) return 'girl';
  if (/\b(his|he)\b|他/i.test(after)) return 'boy';
  return seedOf(name) % 2 === 0 ? 'girl' : 'boy';
}

function namedHeroes(text: string, hits: readonly Hit<CastId>[]): Placed[] {
  return namesIn(text).map((name) => {
    const hit = roleBeside(text, name, hits);
    return hit
      ? { role: hit.id, name: name.name, index: hit.index }
      : { role: roleByPronoun(text, name), name: name.name, index: name.index };
  });
}

const groupSizes: readonly (readonly [RegExp, number])[] = [
  [/^(?:两|二|two)/i, 2],
  [/^(?:三|three)/i, 3],
  [/^(?:四|four)/i, 4],
];

/** People of whom only the number is said. */
function groupOf(text: string): Placed[] {
  const found = people.exec(text);
  if (!found || /[小女男]孩/.test(found[0])) return [];
  const size = groupSizes.find(([start]) => start.test(found[0]))?.[1] ?? 3;
  return Array.from({ length: size }, (_, nth) => ({ role: nth % 2 === 0 ? 'woman' : 'man', index: found.index }));
}

/** Who acts, in the order of the text; the same role as often as the text counts it. */
export function heroesOf(text: string): Hero[] {
  const hits = castWords(text);
  const named = namedHeroes(text, hits);
  const seen = new Set<CastId>(
    named.filter(({ index }) => hits.some((hit) => hit.index === index)).map(({ role }) => role),
  );
  const unnamed = hits.flatMap(({ id, index, word }): Placed[] => {
    if (seen.has(id)) return [];
    seen.add(id);
    const before = text.slice(Math.max(0, index - 28), index);
    const many = counts.find(([words]) => words.test(before))?.[1] ?? 1;
    return Array.from({ length: many }, () => ({ role: id, index, word: word.toLowerCase() }));
  });
  return [...named, ...unnamed, ...groupOf(text)]
    .toSorted((a, b) => a.index - b.index)
    .map(({ index: _, ...hero }) => hero);
}
