import type { Language } from '../errors.ts';

const known = new Map<string, Language>();
const mostKnown = 500;

/** The language of an answer by Accept-Language and its weights (RFC 9110, 12.5.4); English where nothing is asked. */
export function languageOf(header: string | undefined): Language {
  if (!header) return 'en';
  const before = known.get(header);
  if (before) return before;
  const language = negotiate(header);
  if (known.size < mostKnown && header.length < 200) known.set(header, language);
  return language;
}

function negotiate(header: string): Language {
  const weights = { en: 0, zh: 0 };
  let rest = 0;
  for (const part of header.toLowerCase().split(',', 50)) {
    const [range = '', parameter = ''] = part.split(';').map((text) => text.trim());
    const weight = parameter.startsWith('q=') ? Number(parameter.slice(2)) || 0 : 1;
    const primary = range.split('-')[0];
    if (primary === 'en' || primary === 'zh') weights[primary] = Math.max(weights[primary], weight);
    else if (range === '*') rest = weight;
  }
  return weights.zh > Math.max(weights.en, rest) ? 'zh' : 'en';
}
