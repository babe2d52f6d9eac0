import { plain } from './client.ts';
import { patiently } from './connection.ts';
import { listen, say } from './conversation.ts';
import { beginConversation, chosenConversation, conversations } from './conversations.ts';
import { problem } from './fields.ts';
import { h } from './h.ts';
import { t } from './words.ts';

let isOpen = false;

/** What was written and not sent: it outlives the page on which it was written. */
let unsent = { words: '' };
addEventListener('session', () => {
  unsent = { words: '' };
});

/** The conversation with the agent: a way to it in the header, and a panel beside whatever one looks at. */
export function talk(signal: AbortSignal): HTMLElement {
  const stage = setUp();
  const { element, fault, form, text } = stage;
  const said = (error: unknown) => {
    if (!signal.aborted) fault.textContent = plain(error);
  };
  const turn = turning(stage, said, signal);
  openAndShut(stage, once(turn));
  onSend(form, text, async (content) => {
    const mine = unsent;
    fault.textContent = '';
    await speak(stage, content, turn).catch((error) => {
      write([content, mine.words].filter(Boolean).join('\n'), mine);
      said(error);
    });
  });
  return element;
}

type Stage = ReturnType<typeof setUp>;
type Said = (error: unknown) => void;

function setUp() {
  const fault = problem();
  const lines = h('div', { class: 'lines', role: 'log', 'aria-label': t('talk'), tabindex: 0 });
  const [text, form] = entry();
  const head = h('div', { class: 'talk-head' });
  const close = h('button', { type: 'button', class: 'quiet', 'aria-label': t('close') }, '×');
  const about = openFilm() !== undefined && h('p', { class: 'hint' }, t('talkAbout'));
  const panel = h('div', { class: 'panel' }, head, lines, about, fault, form);
  const element = h('details', { class: 'talk', open: isOpen }, h('summary', {}, t('talk')), panel);
  return { element, panel, head, close, lines, fault, form, text };
}

/** What turns to another conversation, or to one that has not begun. */
function turning({ head, close, lines, fault }: Stage, said: Said, signal: AbortSignal): () => void {
  let heard: AbortController | undefined;
  return function turn() {
    heard?.abort();
    heard = new AbortController();
    const until = AbortSignal.any([signal, heard.signal]);
    fault.textContent = '';
    lines.replaceChildren();
    head.replaceChildren(...conversations(turn, said, until), close);
    patiently(() => show(lines, until, said), until).catch((error) => until.aborted || said(error));
  };
}

/** Nothing is asked for before the panel is opened. */
function openAndShut({ element, panel, close }: Stage, begin: () => void): void {
  const opened = () => {
    isOpen = element.open;
    if (isOpen) begin();
  };
  const shut = () => {
    element.open = false;
    element.querySelector('summary')?.focus();
  };
  element.addEventListener('toggle', opened);
  if (isOpen) opened();
  close.addEventListener('click', shut);
  // A phone has no room for both.
  panel.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLAnchorElement && matchMedia('(max-width: 48rem)').matches) isOpen = false;
  });
  panel.addEventListener('keydown', (event) => event.key === 'Escape' && shut());
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

const entryOnPage = () => document.querySelector<HTMLTextAreaElement>('.talk textarea');

function write(words: string, to = unsent): void {
  to.words = words;
  const text = entryOnPage();
  if (text && to === unsent) text.value = words;
}

/** Does what makes the page anew. True where somebody was writing to the director, who is then at the same word again. */
export function writingOn(work: () => void): boolean {
  const before = entryOnPage();
  const isWriting = before !== null && before === document.activeElement;
  work();
  const text = entryOnPage();
  if (!isWriting || !text) return false;
  text.focus({ preventScroll: true });
  text.setSelectionRange(before.selectionStart, before.selectionEnd);
  return true;
}

/** What is said without a conversation begins one. */
async function speak({ lines }: Stage, content: string, turn: () => void): Promise<void> {
  const known = await chosenConversation();
  const id = known ?? (await beginConversation(content));
  if (known === undefined) turn();
  await say(lines, id, content, openFilm());
}

/** One thing at a time, however often it is pressed; what is written meanwhile stays. */
function onSend(form: HTMLFormElement, text: HTMLTextAreaElement, send: (content: string) => Promise<void>): void {
  let isSending = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const content = text.value.trim();
    if (!content || isSending) return;
    isSending = true;
    write('');
    await send(content);
    isSending = false;
  });
}

async function show(lines: HTMLElement, signal: AbortSignal, said: (error: unknown) => void): Promise<void> {
  const id = await chosenConversation();
  if (id !== undefined) await listen(lines, id, signal, said);
  const nothing = t(openFilm() === undefined ? 'talkEmpty' : 'talkFilmEmpty');
  if (!signal.aborted && lines.childElementCount === 0) lines.append(h('p', { class: 'empty' }, nothing));
}

/** The film on the page, which the agent is told of. */
const openFilm = (): string | undefined => /^#\/films\/([^/]+)/.exec(location.hash)?.[1];

function entry(): [HTMLTextAreaElement, HTMLFormElement] {
  const hint = t(openFilm() === undefined ? 'talkHint' : 'talkFilmHint');
  const named = { name: 'words', placeholder: hint, 'aria-label': hint };
  const text = h('textarea', { ...named, rows: 2, required: true, maxlength: 2000 }, unsent.words);
  const form = h('form', {}, text, h('button', { class: 'main' }, t('send')));
  text.addEventListener('input', () => {
    unsent.words = text.value;
  });
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return [text, form];
}
