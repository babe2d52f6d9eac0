import { api } from './client.ts';
import { patiently } from './connection.ts';
import { chosenConversation } from './conversations.ts';
import { action } from './fields.ts';
import { h } from './h.ts';
import { live } from './live.ts';
import { buy } from './purchase.ts';
import { onceIn } from './turns.ts';
import type { ChatMessage, Page, StreamEvent } from './vendor/sdk.js';
import { t } from './words.ts';

const linesAtOnce = 30;
const aLinePx = 48;
const soonMs = 300;

/** Says it, about the film that is open where one is; it is shown unless another conversation was chosen meanwhile. */
export async function say(lines: HTMLElement, id: string, content: string, film: string | undefined): Promise<void> {
  const about = film !== undefined && { screenplayId: film };
  const words = { content, ...about };
  const { message, turn } = await buy([id, words], (options) => api().messages.create(id, words, options));
  if ((await chosenConversation()) !== id) return;
  lines.querySelector('.empty')?.remove();
  upsert(lines, message.id, 'user').textContent = message.content;
  const answer = upsert(lines, turn.answerId, 'assistant');
  if (!answer.textContent) think(answer);
  lines.scrollTop = lines.scrollHeight;
}

/** Shows what was said in a conversation and hears what is said from now on. */
export async function listen(
  lines: HTMLElement,
  id: string,
  signal: AbortSignal,
  said: (error: unknown) => void,
): Promise<void> {
  let isFirst = true;
  const load = async () => {
    const page = await api().messages.list(id, { pageSize: linesAtOnce, signal });
    lines.querySelector('.empty')?.remove();
    reading(lines, () => {
      for (const message of page.items.toReversed()) write(lines, message);
    });
    if (isFirst) offerEarlier(lines, page);
    if (isFirst) lines.scrollTop = lines.scrollHeight;
    isFirst = false;
  };
  await load();
  const caughtUp = onceIn(soonMs, () => signal.aborted || patiently(load, signal).catch(said));
  live({ hear: (event) => hear(lines, id, event), caughtUp }, signal);
}

/** What was said before what is shown. */
function offerEarlier(lines: HTMLElement, page: Page<ChatMessage>): void {
  if (!page.hasNext) return;
  const fault = h('p', { class: 'problem', role: 'alert' });
  const more = action(
    t('earlierSaid'),
    async () => {
      const before = await page.next();
      if (!before) return;
      const top = more.nextElementSibling;
      for (const message of before.items.toReversed()) {
        const line = upsert(lines, message.id, message.role);
        lines.insertBefore(line, top);
        fillLine(line, message);
      }
      more.remove();
      offerEarlier(lines, before);
    },
    fault,
    'quiet',
  );
  lines.prepend(more);
}

function hear(lines: HTMLElement, id: string, { data }: StreamEvent): void {
  if (!('conversationId' in data) || data.conversationId !== id) return;
  reading(lines, () => {
    if ('text' in data) goOn(upsert(lines, data.messageId, 'assistant'), data);
    else if ('message' in data) write(lines, data.message);
    else if ('error' in data && data.error) put(upsert(lines, data.messageId, 'assistant'), data.error.detail);
  });
}

/** The latest stays in sight, unless somebody reads what was said before. */
function reading(lines: HTMLElement, change: () => void): void {
  const { scrollHeight, scrollTop, clientHeight } = lines;
  const isAtEnd = scrollHeight - scrollTop - clientHeight < aLinePx;
  change();
  if (isAtEnd) lines.scrollTop = lines.scrollHeight;
}

function think(line: HTMLElement): void {
  line.textContent = t('thinking');
  line.dataset.thinks = '';
}

/** The next words of an answer; with some between them not heard, they wait for the whole of it. */
function goOn(line: HTMLElement, { offset, text }: { offset: number; text: string }): void {
  const said = 'thinks' in line.dataset ? '' : (line.textContent ?? '');
  if (offset <= said.length) put(line, said.slice(0, offset) + text);
  else if (!said) think(line);
}

function put(line: HTMLElement, text: string): void {
  line.textContent = text;
  delete line.dataset.thinks;
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

function write(lines: HTMLElement, message: ChatMessage): void {
  fillLine(upsert(lines, message.id, message.role), message);
}

function fillLine(line: HTMLElement, { content, metadata }: ChatMessage): void {
  put(line, content);
  const { screenplayId, taskId } = metadata;
  const place = screenplayId ? `#/films/${screenplayId}` : taskId ? `#/tasks/${taskId}` : undefined;
  if (place) line.append(' ', h('a', { href: place }, t('seeFilm')));
}
