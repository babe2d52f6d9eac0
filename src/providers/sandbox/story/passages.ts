import type { Idea } from './idea.ts';
import type { Tongue } from './nouns.ts';

const limits: Record<Tongue, number> = { zh: 60, en: 190 };

function shorten(sentence: string, tongue: Tongue): string {
  const limit = limits[tongue];
  if (sentence.length <= limit) return sentence;
  const head = sentence.slice(0, limit);
  const clause =
    tongue === 'zh'
      ? Math.max(head.lastIndexOf('，'), head.lastIndexOf('；'))
      : Math.max(head.lastIndexOf(', '), head.lastIndexOf('; '));
  const cut =
    clause > limit * 0.5
      ? head.slice(0, clause)
      : tongue === 'zh'
        ? head.slice(0, limit - 1)
        : head.replace(/\s\S*$/, '');
  return cut + (tongue === 'zh' ? '。' : '.');
}

/**
 * The idea's own sentences as narration, where it is written in the narration's language and tells enough: one for each of
 * `count` scenes, spread over the whole text. Too short an idea gives none, and the arc's own words are used.
 */
export function passages(idea: Idea, count: number, tongue: Tongue): (string | undefined)[] {
  const none = Array.from({ length: count }, () => undefined);
  const unique = [...new Set(idea.sentences)];
  if (idea.tongue !== tongue || unique.length < Math.max(4, count * 0.75)) return none;
  const step = unique.length / count;
  const chosen = new Set<string>();
  return none.map((_, index) => {
    if (unique.length < count && index % 4 === 3) return undefined;
    const sentence = unique[Math.min(unique.length - 1, Math.floor(index * step))];
    if (sentence === undefined || chosen.has(sentence)) return undefined;
    chosen.add(sentence);
    return shorten(sentence, tongue);
  });
}
