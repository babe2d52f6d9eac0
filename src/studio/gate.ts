import { api } from './client.ts';
import { field, problem, tellFaults } from './fields.ts';
import { h } from './h.ts';
import type { Page } from './main.ts';
import { t } from './words.ts';

/** Whether an account is being opened: a change of language does not end it. */
let isOpening = false;

/** Where one signs in, or opens an account. */
export function gate(done: () => void): Page {
  const holder = h('div', { class: 'gate' });
  const change = (isNew: boolean) => {
    isOpening = isNew;
    show(isNew);
    holder.querySelector('input')?.focus();
  };
  const show = (isNew: boolean) =>
    holder.replaceChildren(
      lead(),
      form(isNew, () => change(!isNew), done),
    );
  show(isOpening);
  return { element: holder, title: t('studio') };
}

const lead = () =>
  h(
    'div',
    { class: 'lead' },
    h('h1', {}, ...phrases(t('tagline'))),
    h('p', {}, t('taglineMore')),
    h('ul', { class: 'strip' }, ...stills.map(still)),
  );

/** A Chinese line may break anywhere, so it is told where it does. */
const phrases = (line: string) => line.split(/(?<=，)/).map((phrase) => h('span', {}, phrase));

/** Out of a film that the sandbox made. */
const stills = ['still1', 'still2', 'still3', 'still4', 'still5'] as const;

const still = (name: (typeof stills)[number]) =>
  h('li', {}, h('img', { src: `studio/stills/${name}.webp`, alt: t(name), width: 480, height: 270 }));

function form(isNew: boolean, other: () => void, done: () => void): HTMLElement {
  const fault = problem();
  const button = h('button', { class: 'main' }, t(isNew ? 'register' : 'signIn'));
  const enter = async (event: Event) => {
    event.preventDefault();
    const data = Object.fromEntries(new FormData(event.target as HTMLFormElement)) as Record<string, string>;
    const { username = '', email = '', password = '' } = data;
    button.disabled = true;
    fault.textContent = '';
    try {
      const { auth } = api();
      await (isNew ? auth.register({ username, email, password }) : auth.login({ email, password }));
      done();
    } catch (error) {
      tellFaults(event.target as HTMLFormElement, fault, error, isNew ? {} : { username: 'email' });
    } finally {
      button.disabled = false;
    }
  };
  return h(
    'form',
    { class: 'card entry', onsubmit: enter },
    h('h2', {}, t(isNew ? 'register' : 'signIn')),
    isNew &&
      field(t('name'), h('input', { name: 'username', required: true, autocomplete: 'nickname', maxlength: 50 })),
    field(t('email'), h('input', { name: 'email', type: 'email', required: true, autocomplete: 'email' })),
    field(
      t('password'),
      h('input', {
        name: 'password',
        type: 'password',
        required: true,
        minlength: isNew && 8,
        autocomplete: isNew ? 'new-password' : 'current-password',
      }),
      isNew ? t('passwordHint') : undefined,
    ),
    fault,
    button,
    h('button', { type: 'button', class: 'quiet', onclick: other }, t(isNew ? 'toSignIn' : 'toRegister')),
  );
}
