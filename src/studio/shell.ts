import { isAdmin } from './adminRole.ts';
import { w } from './adminWords.ts';
import { api, forget, renew, signedIn } from './client.ts';
import { connectionIsLost } from './connection.ts';
import { h } from './h.ts';
import { keepForms } from './keptForms.ts';
import { tabTitle } from './tabTitle.ts';
import { talk } from './talk.ts';
import { themeSwitch } from './theme.ts';
import { currentTongue, setTongue, type Tongue, t } from './words.ts';

/** What stands around every page. */
export function shell(main: HTMLElement, again: () => void, signal: AbortSignal): HTMLElement[] {
  const skip = h('a', { class: 'skip', href: '#content', onclick: (event) => leap(event, main) }, t('skip'));
  const brand = h('a', { class: 'brand', href: '#/' }, h('span', { class: 'lens', 'aria-hidden': 'true' }), t('brand'));
  const header = h(
    'header',
    { class: 'top' },
    brand,
    signedIn() && rooms(),
    signedIn() && talk(signal),
    h('div', { class: 'tools' }, ...tools(again, signal)),
  );
  const notice = h('p', { class: 'offline', role: 'status' });
  const tell = () => {
    notice.textContent = connectionIsLost() ? t('offline') : '';
  };
  tell();
  addEventListener('connection', tell, { signal });
  if (signedIn()) tabTitle(signal);
  return [skip, header, notice, main];
}

function leap(event: Event, main: HTMLElement): void {
  event.preventDefault();
  main.focus();
}

function rooms(): HTMLElement {
  const here = location.hash.slice(1) || '/';
  const link = (path: string, text: string) =>
    h('a', { href: `#${path}`, 'aria-current': here === path ? 'page' : undefined }, text);
  const nav = h('nav', { 'aria-label': t('studio') }, link('/', t('library')), link('/new', t('newFilm')));
  const open = async () => void ((await isAdmin()) && nav.append(link('/admin', w('administration'))));
  void open();
  return nav;
}

function tools(again: () => void, signal: AbortSignal): HTMLElement[] {
  const other = currentTongue() === 'zh' ? 'en' : 'zh';
  const language = h(
    'button',
    { type: 'button', class: 'quiet', lang: other, onclick: () => speak(other, again) },
    other === 'zh' ? '中文' : 'English',
  );
  const theme = themeSwitch(signal);
  const out = h('button', { type: 'button', class: 'quiet', onclick: signOut }, t('signOut'));
  return signedIn() ? [language, theme, out] : [language, theme];
}

function speak(tongue: Tongue, again: () => void): void {
  setTongue(tongue);
  renew();
  keepForms(again);
}

/** The session ends here even where the service cannot be told. */
async function signOut(): Promise<void> {
  await api()
    .auth.logout({ maxRetries: 0 })
    .catch(() => undefined);
  forget();
}
