import { AnswerError } from './errors.js';
import type { ChatMessage } from './generated/models/ChatMessage.js';
import type { MessageAccepted } from './generated/models/MessageAccepted.js';
import type { MessageDelta } from './generated/models/MessageDelta.js';
import type { Turn } from './generated/models/Turn.js';
import type { RequestOptions } from './options.js';
import { isOverQuota, patiently, reconnectForMs } from './outage.js';
import type { PageReply } from './page.js';
import { sleep } from './retry.js';
import type { StreamOptions } from './stream.js';
import type { StreamEvent } from './taskStream.js';

export interface AskOptions extends RequestOptions {
  /** Told of the answer as it is written: all of it so far. */
  onText?: ((text: string) => void) | undefined;
}

/** What asking needs of the service. */
export interface Talking {
  events(options: StreamOptions): AsyncGenerator<StreamEvent, void, undefined>;
  create(options: RequestOptions): Promise<MessageAccepted>;
  turn(turnId: string, options: RequestOptions): Promise<Turn>;
  messages(options: RequestOptions): PageReply<ChatMessage>;
}

const askEveryMs = 3000;

/** Says something to the agent and gives its answer. The stream is opened first, so that no piece of the answer is missed. */
export async function ask(talking: Talking, { onText, ...options }: AskOptions = {}): Promise<ChatMessage> {
  const leaving = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, leaving.signal]) : leaving.signal;
  try {
    const { turn, answer } = await begin(talking, { ...options, signal }, onText);
    return await Promise.race([answer, lookNowAndThen(talking, turn, { signal })]);
  } finally {
    leaving.abort();
  }
}

async function begin(talking: Talking, options: RequestOptions, onText: AskOptions['onText']) {
  let opened: (() => void) | undefined;
  const isOpen = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const stream = talking.events({ signal: options.signal, onOpen: () => opened?.() });
  const first = stream.next();
  first.catch(() => undefined);
  await Promise.race([isOpen, first.catch(passQuota)]);
  const { turn } = await talking.create(options);
  const answer = listen(stream, first, turn, onText);
  answer.catch(() => undefined);
  return { turn, answer };
}

function passQuota(error: unknown): void {
  if (!isOverQuota(error)) throw error;
}

/** Never ends otherwise than with the answer or an error of the turn's own: where the stream gives up, looking goes on. */
async function listen(
  stream: AsyncGenerator<StreamEvent, void, undefined>,
  first: Promise<IteratorResult<StreamEvent, void>>,
  turn: Turn,
  onText: AskOptions['onText'],
): Promise<ChatMessage> {
  let text = '';
  const written = ({ offset, text: piece }: MessageDelta) => {
    text = text.slice(0, offset) + piece;
    onText?.(text);
  };
  const none = new Promise<never>(() => undefined);
  const next = (result: Promise<IteratorResult<StreamEvent, void>>) => result.catch(() => none);
  for (let { value, done } = await next(first); !done && value; { value, done } = await next(stream.next())) {
    if (value.type === 'task.progress' || value.type === 'message.updated') continue;
    if (value.data.turnId !== turn.id) continue;
    if (value.type === 'message.delta') written(value.data);
    else if (value.type === 'message.completed') return value.data.message;
    else throw new AnswerError(value.data.error?.detail ?? 'the turn was cancelled', turn);
  }
  return none;
}

/** A stream that may not be opened, or that is lost, still leaves a turn that can be asked after. */
async function lookNowAndThen(talking: Talking, { id }: Turn, options: RequestOptions): Promise<ChatMessage> {
  for (;;) {
    await sleep(askEveryMs * (0.75 + Math.random() / 2), options.signal);
    const turn = await patiently(() => talking.turn(id, options), { forMs: reconnectForMs, signal: options.signal });
    if (turn.status === 'failed' || turn.status === 'cancelled') {
      throw new AnswerError(turn.errorMessage ?? `the turn was ${turn.status}`, turn);
    }
    if (turn.status !== 'completed') continue;
    for await (const message of talking.messages(options)) if (message.id === turn.answerId) return message;
  }
}
