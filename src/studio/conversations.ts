import { api } from './client.ts';
import { patiently } from './connection.ts';
import { h } from './h.ts';
import type { ConversationItem } from './vendor/sdk.js';
import { day, t } from './words.ts';

const mostListed = 50;
const titleLength = 60;

/** The conversation that is shown; undefined where the next word begins one. */
let chosen: Promise<string | undefined> | undefined;
const forget = () => {
  chosen = undefined;
};
addEventListener('session', forget);

/** The latest, unless another was chosen. */
export function chosenConversation(): Promise<string | undefined> {
  chosen ??= latest();
  chosen.catch(forget);
  return chosen;
}

const latest = async () => (await api().conversations.list({ pageSize: 1 })).items[0]?.id;

/** Named by its first words; never two for who says two things at once. */
export async function beginConversation(words: string): Promise<string> {
  const begun = api()
    .conversations.create({ title: words.slice(0, titleLength) })
    .then(({ id }) => id);
  chosen = begun;
  begun.catch(() => {
    if (chosen === begun) chosen = Promise.resolve(undefined);
  });
  return begun;
}

/** The way to older conversations and to a new one. */
export function conversations(turn: () => void, said: (error: unknown) => void, signal: AbortSignal): HTMLElement[] {
  const choose = (id: string | undefined) => {
    chosen = Promise.resolve(id);
    turn();
  };
  const choice = h('select', { 'aria-label': t('conversations') });
  choice.addEventListener('change', () => choose(choice.value || undefined));
  const fresh = h('button', { type: 'button', class: 'small', onclick: () => choose(undefined) }, t('newConversation'));
  const list = async () => {
    const [id, { items }] = await Promise.all([
      chosenConversation(),
      api().conversations.list({ pageSize: mostListed, signal }),
    ]);
    const none = id === undefined ? [option({ id: '', title: t('newConversation') }, true)] : [];
    choice.replaceChildren(...none, ...items.map((item) => option(named(item), item.id === id)));
    fresh.disabled = id === undefined;
  };
  patiently(list, signal).catch((error) => signal.aborted || said(error));
  return [choice, fresh];
}

const named = ({ id, title, lastAccessedAt }: ConversationItem) => ({
  id,
  title: lastAccessedAt ? `${title} · ${day(lastAccessedAt)}` : title,
});

const option = ({ id, title }: { id: string; title: string }, selected: boolean) =>
  h('option', { value: id, selected }, title);
