import { plain } from './client.ts';
import { h } from './h.ts';
import { APIError } from './vendor/sdk.js';
import { t } from './words.ts';

/** What stands in the place of a film that is not there, which is told from one that cannot be asked for. */
export function nothing(error: unknown): HTMLElement[] {
  const isNone = error instanceof APIError && (error.status === 404 || error.status === 400);
  const words = isNone ? t('notFound') : plain(error);
  document.title = `${isNone ? words : t('library')} · ${t('studio')}`;
  return [
    h('div', { role: 'alert' }, h('h1', {}, words)),
    h('p', {}, h('a', { class: 'main', href: '#/' }, t('toLibrary'))),
  ];
}
