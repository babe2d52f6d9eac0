import { api } from './client.ts';
import { field, problem } from './fields.ts';
import type { Closing } from './forms.ts';
import { h } from './h.ts';
import type { CharacterSheet } from './vendor/sdk.js';
import { t } from './words.ts';

/** A character's name and looks, from which every picture of it is drawn. */
export function sheetEditor(screenplayId: string, person: CharacterSheet, closing: Closing): HTMLFormElement {
  const name = h('input', { name: 'name', required: true, maxlength: 100, value: person.name });
  const looks = h('textarea', { name: 'looks', rows: 4, required: true, maxlength: 4000 }, person.description);
  const save = (event: Event) => {
    event.preventDefault();
    const changes = { name: name.value, description: looks.value };
    closing.send(() => api().characters.update(screenplayId, person.id, changes));
  };
  return h(
    'form',
    { class: 'editor', onsubmit: save },
    field(t('name'), name),
    field(t('looks'), looks),
    problem(),
    h(
      'div',
      { class: 'buttons' },
      h('button', { class: 'main' }, t('save')),
      h('button', { type: 'button', class: 'quiet', onclick: closing.leave }, t('close')),
    ),
  );
}
