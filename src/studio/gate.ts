import { api, plain } from './client.ts';
import { field, problem } from './fields.ts';
import { h } from './h.ts';
import type { Page } from './main.ts';
import { t } from './words.ts';

/** Where one signs in, or opens an account. */
export function gate(done: () => void): Page {
  const holder = h('div', { class: 'gate' });
  const change = (isNew: boolean) => {
    show(isNew);
    holder.querySelector('input')?.focus();
  };
  const show = (isNew: boolean) =>
    holder.replaceChildren(
      lead(),
      form(isNew, () => change(!isNew), done),
    );
  show(false);
  return { element: holder, title: t('studio') };
}

const lead = () =>
  h(
    'div',
    { class: 'lead' },
    h('h1', {}, t('tagline')),
    h('p', {}, t('taglineMore')),
    h('div', { class: 'strip', 'aria-hidden': 'true' }, ...Array.from({ length: 5 }, () => h('i'))),
  );

function form(isNew: boolean, other: () => void, done: () => void): HTMLElement {
  const fault = problem();
  const button = h('button', { class: 'main' }, t(isNew ? 'register' : 'signIn'));
  const enter = async (event: Event) => {
    event.preventDefault();
    const data = Object.fromEntries(new FormData(event.target as HTMLFormElement)) as Record<string, string>;
    const { username = '', email = '', password = '' } = data;
    button.disabled = true;
    try {
      const { auth } = api();
      await (isNew ? auth.register({ username, email, password }) : auth.login({ email, password }));
      done();
    } catch (error) {
      fault.textContent = plain(error);
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
        autocomplete: isNew ? 'new-password' : 'current-password',
      }),
    ),
    fault,
    button,
    h('button', { type: 'button', class: 'quiet', onclick: other }, t(isNew ? 'toSignIn' : 'toRegister')),
  );
}
