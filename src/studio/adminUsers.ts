import { type Desk, deed, type Pages, type Part, pageSize, pages, part, table } from './adminDesk.ts';
import { w } from './adminWords.ts';
import { api } from './client.ts';
import { field } from './fields.ts';
import { h } from './h.ts';
import type { AdminUser } from './vendor/sdk.js';
import { money } from './words.ts';

/** Accounts, found by how they begin. */
export function usersPart(desk: Desk): Part {
  const search = h('input', { type: 'search', maxlength: 255 });
  const { signal } = desk;
  const found = pages(
    desk,
    (page) => api().admin.listUsers({ ...searched(search), ...{ page, pageSize, signal } }),
    () => users.load(),
  );
  const users = part(desk, 'users', () => look(desk, found), field(w('search'), search));
  search.addEventListener('change', () => {
    found.rewind();
    void users.load();
  });
  return users;
}

function searched({ value }: HTMLInputElement): { search?: string } {
  const search = value.trim();
  return search ? { search } : {};
}

async function look(desk: Desk, found: Pages<AdminUser>): Promise<Node[]> {
  const { items, more } = await found.look();
  const rows = items.map((user) => [
    ...[user.username, user.email, w(user.status), user.activeTasks, money(user.spentMonthMicros)],
    h('div', { class: 'buttons' }, lock(desk, user), limits(desk, user)),
  ]);
  const list = table(w('users'), ['user', 'email', 'state', 'tasks', 'month', 'actions'], rows);
  return more ? [list, more] : [list];
}

function lock(desk: Desk, { id, username, status }: AdminUser): HTMLElement {
  const { admin } = api();
  return status === 'active'
    ? deed(desk, 'disable', username, (reason) => admin.disableUser(id, { reason }))
    : deed(desk, 'enable', username, (reason) => admin.enableUser(id, { reason }));
}

/** An empty field is no limit. */
function limits(desk: Desk, { id, username, limits: set }: AdminUser): HTMLElement {
  const { tasksAtOnce, maxDayMicros, maxMonthMicros } = set;
  const tasks = number(tasksAtOnce, 10_000, 1);
  const day = number(usd(maxDayMicros), 9e9, 0.01);
  const month = number(usd(maxMonthMicros), 9e9, 0.01);
  const save = deed(desk, 'save', `${w('limits')}, ${username}`, (reason) =>
    api().admin.setUserLimits(id, {
      ...{ tasksAtOnce: read(tasks), maxDayMicros: micros(day), maxMonthMicros: micros(month), reason },
    }),
  );
  return h(
    'details',
    {},
    h('summary', { 'aria-label': `${w('limits')}: ${username}` }, w('limits')),
    h('div', { class: 'row' }, field(w('tasksAtOnce'), tasks), field(w('maxDay'), day), field(w('maxMonth'), month)),
    save,
  );
}

const number = (value: number | null, max: number, step: number) =>
  h('input', { type: 'number', min: 0, max, step, value: value ?? '' });
const usd = (amount: number | null): number | null => (amount === null ? null : amount / 1e6);
const read = ({ value }: HTMLInputElement): number | null => (value === '' ? null : Number(value));
const micros = (input: HTMLInputElement): number | null => {
  const value = read(input);
  return value === null ? null : Math.round(value * 1e6);
};
