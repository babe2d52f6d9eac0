import { english } from './wordsEn.ts';
import { chinese } from './wordsZh.ts';

export type Word = keyof typeof english;
export type Tongue = 'en' | 'zh';

const key = 'directorai.language';
const first: Tongue = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';
let tongue: Tongue = localStorage.getItem(key) === 'zh' ? 'zh' : localStorage.getItem(key) === 'en' ? 'en' : first;
document.documentElement.lang = tongue === 'zh' ? 'zh-CN' : 'en';

export const currentTongue = (): Tongue => tongue;

export function setTongue(next: Tongue): void {
  tongue = next;
  localStorage.setItem(key, next);
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
}

/** The words in the language that is set; `{name}` stands for a value. */
export function t(word: Word, values: Record<string, string | number> = {}): string {
  const text = (tongue === 'zh' ? chinese : english)[word];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

export const money = (micros: number): string =>
  micros > 0 && micros < 5000 ? '< $0.01' : `$${(micros / 1e6).toFixed(2)}`;

export function minutes(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return t('seconds', { n: whole });
  return t('minutes', { n: Math.round(whole / 60) });
}

export const day = (date: Date): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium' }).format(date);
