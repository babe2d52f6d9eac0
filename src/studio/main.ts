import { adminPage } from './admin.ts';
import { isAnother, renew, signedIn } from './client.ts';
import { filmPage } from './film.ts';
import { keepAddressesFresh } from './freshAddress.ts';
import { gate } from './gate.ts';
import { fill, h } from './h.ts';
import { library } from './library.ts';
import { hush } from './live.ts';
import { newFilm } from './newFilm.ts';
import { shell } from './shell.ts';
import { writingOn } from './talk.ts';
import { taskPage } from './taskPage.ts';

export interface Page {
  element: HTMLElement;
  title: string;
}

/** Ended when one goes elsewhere: streams and timers of a page hang on it. */
let leaving = new AbortController();

function pageAt(path: string, signal: AbortSignal): Page {
  const [, room = '', id = ''] = path.split('/');
  if (room === 'new') return newFilm(decoded(id));
  if (room === 'films' && id) return filmPage(id, signal);
  if (room === 'tasks' && id) return taskPage(id, signal);
  if (room === 'admin') return adminPage(signal);
  return library(signal);
}

/** As it is where somebody wrote an address by hand that means nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function show(): void {
  leaving.abort();
  leaving = new AbortController();
  const root = document.querySelector('#studio');
  if (!root) return;
  const page = signedIn() ? pageAt(location.hash.slice(1), leaving.signal) : gate(show);
  document.title = page.title;
  const main = h('main', { id: 'content', tabindex: -1 }, page.element);
  fill(root, ...shell(main, show, leaving.signal));
}

function showAnew(): void {
  hush();
  renew();
  show();
}

addEventListener('hashchange', () => {
  if (!writingOn(show)) document.querySelector<HTMLElement>('#content')?.focus();
  scrollTo(0, 0);
});
keepAddressesFresh();
addEventListener('session', showAnew);
addEventListener('storage', (event) => isAnother(event) && dispatchEvent(new Event('session')));
document.documentElement.dataset.theme = localStorage.getItem('directorai.theme') ?? 'auto';
show();
