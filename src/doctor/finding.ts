import type { Language } from '../errors.ts';

/** `warn`: it works, or cannot be known from here, and somebody should look. `bad`: it will not work. */
export type State = 'ok' | 'warn' | 'bad';

export type Words = Record<Language, string>;

export interface Finding {
  name: string;
  state: State;
  found: Words;
  /** What to do about it. */
  advice?: Words;
}

export const finding = (name: string, state: State, found: Words, advice?: Words): Finding => ({
  name,
  state,
  found,
  ...(advice && { advice }),
});

export const same = (text: string): Words => ({ en: text, zh: text });

/** A message in one line, without what a connection string may hold. */
export function reasonOf(error: unknown): string {
  const text =
    error instanceof Error ? error.message || ('code' in error ? String(error.code) : error.name) : String(error);
  return (text.split('\n')[0] ?? '').replace(/\/\/[^@/\s]*@/g, '//').slice(0, 200);
}

const marks: Record<State, Words> = {
  ok: { en: 'ok', zh: '正常' },
  warn: { en: 'look', zh: '注意' },
  bad: { en: 'bad', zh: '错误' },
};

/** How many columns of a terminal a text takes: Chinese characters take two. */
const width = (text: string): number =>
  [...text].reduce((sum, char) => sum + (/[\u1100-\uffdc]/.test(char) ? 2 : 1), 0);
const pad = (text: string, to: number): string => text + ' '.repeat(Math.max(0, to - width(text)));

/** The findings as a table, each piece of advice under its line. */
export function tableOf(findings: readonly Finding[], language: Language): string {
  const names = Math.max(...findings.map(({ name }) => width(name)));
  return findings
    .flatMap(({ name, state, found, advice }) => {
      const line = `${pad(marks[state][language], 5)} ${pad(name, names)}  ${found[language]}`;
      return advice ? [line, `${' '.repeat(names + 6)}→ ${advice[language]}`] : [line];
    })
    .join('\n');
}
