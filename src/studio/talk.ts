import { api, plain } from './client.ts';
import { patiently } from './connection.ts';
import { problem } from './fields.ts';
import { h } from './h.ts';
import { live } from './live.ts';
import type { ChatMessage, StreamEvent } from './vendor/sdk.js';
import { t } from './words.ts';

let isOpen = false;

/** The conversation with the agent, beside whatever one looks at. */
export function talk(signal: AbortSignal): HTMLElement {
  const lines = h('div', { class: 'lines', role: 'log', 'aria-label': t('talk'), tabindex: 0 });
  const fault = problem();
  const text = h('textarea', {
    rows: 2,
    required: true,
    maxlength: 2000,
    placeholder: t('talkHint'),
    'aria-label': t('talkHint'),
  });
  const form = h('form', {}, text, h('button', { class: 'main' }, t('send')));
  const summary = h('summary', {}, t('talk'));
  const element = h('details', { class: 'talk', open: isOpen }, summary, lines, fault, form);
  const said = (error: unknown) => {
    if (!signal.aborted) fault.textContent = plain(error);
  };
  let isHeard = false;
  const begin = () => {
    if (isHeard) return;
    isHeard = true;
    patiently(() => listen(lines, signal, said), signal).catch(said);
  };
  element.addEventListener('toggle', () => {
    isOpen = element.open;
    if (isOpen) begin();
  });
  if (isOpen) begin();
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    fault.textContent = '';
    say(lines, text).catch(said);
  });
  return element;
}

let talking: Promise<string> | undefined;
const forgetTalk = () => {
  talking = undefined;
};
addEventListener('session', forgetTalk);
addEventListener('storage', forgetTalk);

/** The latest conversation, or a first one; never two for who asks twice at once. */
function conversation(): Promise<string> {
  talking ??= latest();
  talking.catch(forgetTalk);
  return talking;
}

async function latest(): Promise<string> {
  const { items } = await api().conversations.list({ pageSize: 1 });
  return items[0]?.id ?? (await api().conversations.create({ title: t('talk') })).id;
}

async function say(lines: HTMLElement, text: HTMLTextAreaElement): Promise<void> {
  const content = text.value.trim();
  if (!content) return;
  const { message, turn } = await api().messages.create(await conversation(), { content });
  text.value = '';
  lines.querySelector('.empty')?.remove();
  upsert(lines, message.id, 'user').textContent = message.content;
  const answer = upsert(lines, turn.answerId, 'assistant');
  if (!answer.textContent) answer.textContent = t('thinking');
  lines.scrollTop = lines.scrollHeight;
}

async function listen(lines: HTMLElement, signal: AbortSignal, said: (error: unknown) => void): Promise<void> {
  const id = await conversation();
  const load = async () => {
    const { items } = await api().messages.list(id, { pageSize: 30, signal });
    lines.querySelector('.empty')?.remove();
    for (const message of items.toReversed()) write(lines, message);
    if (lines.childElementCount === 0) lines.append(h('p', { class: 'empty' }, t('talkEmpty')));
  };
  await load();
  const caughtUp = () => void patiently(load, signal).catch(said);
  live({ hear: (event) => hear(lines, id, event), caughtUp }, signal);
}

function hear(lines: HTMLElement, id: string, { data }: StreamEvent): void {
  if (!('conversationId' in data) || data.conversationId !== id) return;
  if ('text' in data) {
    const line = upsert(lines, data.messageId, 'assistant');
    line.textContent = (data.offset === 0 ? '' : (line.textContent ?? '').slice(0, data.offset)) + data.text;
  } else if ('message' in data) write(lines, data.message);
  else if ('error' in data && data.error) upsert(lines, data.messageId, 'assistant').textContent = data.error.detail;
  lines.scrollTop = lines.scrollHeight;
}

function upsert(lines: HTMLElement, id: string, role: string): HTMLElement {
  const known = [...lines.children].find(
    (line): line is HTMLElement => line instanceof HTMLElement && line.dataset.id === id,
  );
  if (known) return known;
  const line = h('p', { class: `line ${role}`, 'data-id': id });
  lines.append(line);
  return line;
}

function write(lines: HTMLElement, { id, role, content, metadata }: ChatMessage): void {
  const line = upsert(lines, id, role);
  line.textContent = content;
  const { screenplayId, taskId } = metadata;
  const place = screenplayId ? `#/films/${screenplayId}` : taskId ? `#/tasks/${taskId}` : undefined;
  if (place) line.append(' ', h('a', { href: place }, t('seeFilm')));
  lines.scrollTop = lines.scrollHeight;
}
