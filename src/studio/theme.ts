import { h } from './h.ts';
import { t } from './words.ts';

const { dataset } = document.documentElement;
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

const isDark = () => dataset.theme === 'dark' || (dataset.theme !== 'light' && prefersDark.matches);

/** Turns the light on and off, and tells which it is. */
export function themeSwitch(signal: AbortSignal): HTMLElement {
  const button = h('button', { type: 'button', class: 'quiet', 'aria-label': t('dark') }, '◐');
  const tell = () => {
    button.setAttribute('aria-pressed', String(isDark()));
    button.title = t(isDark() ? 'toLight' : 'toDark');
  };
  button.addEventListener('click', () => {
    dataset.theme = isDark() ? 'light' : 'dark';
    localStorage.setItem('directorai.theme', dataset.theme);
    tell();
  });
  prefersDark.addEventListener('change', tell, { signal });
  tell();
  return button;
}
