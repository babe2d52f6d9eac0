import { h } from './h.ts';
import { t } from './words.ts';

/** What stands in the place of a film that is being asked for; a quick answer comes before it is seen. */
export const skeleton = (): HTMLElement =>
  h(
    'div',
    { class: 'skeleton' },
    h('p', { class: 'unseen', role: 'status' }, t('loading')),
    h('div', { class: 'line-of-title developing' }),
    h('div', { class: 'frame developing' }),
    h('div', { class: 'board' }, ...Array.from({ length: 3 }, () => h('div', { class: 'frame developing' }))),
  );
