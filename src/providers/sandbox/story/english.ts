const irregular: Record<string, string> = {
  mouse: 'mice',
  wolf: 'wolves',
  fish: 'fish',
  man: 'men',
  woman: 'women',
  fisherman: 'fishermen',
  fairy: 'fairies',
  person: 'people',
};

export const plural = (noun: string): string =>
  irregular[noun] ?? (/(?:ch|sh|s|x)$/.test(noun) ? `${noun}es` : `${noun}s`);

/** "a auburn beard" → "an auburn beard". */
export const withArticles = (text: string): string =>
  text.replaceAll(/\b([Aa]) (?=[aeiou])/gi, (_, article: string) => `${article}n `);

/** "Two Boys" → "Two Boys’". */
export const possessive = (noun: string): string => (noun.endsWith('s') ? `${noun}’` : `${noun}’s`);
