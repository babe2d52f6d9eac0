import type { Knex } from 'knex';
import { findMediaAmong } from '../db/media.ts';
import { insertMessage, type Message, messageView, readHistory } from '../db/messages.ts';
import { exceededQuota } from '../db/quotas.ts';
import type { Step, StepContext } from '../engine/step.ts';
import { startTask } from '../engine/tasks.ts';
import { describeError, PermanentFailure } from '../errors.ts';
import { type AgentAnswer, languageOf, readAgentAnswer, speakingPart } from '../film/agent.ts';
import {
  type AgentMessage,
  agentBounds,
  agentMessages,
  agentReask,
  type SaidMessage,
  withinContext,
} from '../film/agentPrompts.ts';
import type { TurnParams } from '../film/params.ts';
import type { ChatMessage } from '../providers/abilities.ts';
import { gone, unplanned } from './gone.ts';
import { asDataUrl } from './references.ts';
import { costMicros, type StepTools } from './tools.ts';

interface Turn {
  conversationId: string;
  params: TurnParams;
  said: SaidMessage[];
  ownWords: string;
  /** The pictures of the messages, the latest first. */
  images: string[];
}

/** Answers one message; where the person asked for a film, its screenplay is started in the transaction that keeps the answer. */
export const answerMessage =
  (tools: StepTools): Step =>
  async (context) => {
    const turn = await readTurn(context);
    const answer = await decide(tools, context, turn);
    let message: Message;
    return {
      end: 'done',
      result: { messageId: turn.params.answerId },
      record: async (trx) => {
        message = await keepAnswer(tools, context, turn, answer, trx);
        return undefined;
      },
      tell: () => ({
        type: 'message.completed',
        data: { conversationId: turn.conversationId, turnId: context.task.id, message: messageView(message) },
      }),
    };
  };

const asSaid = ({ role, content, metadata }: Message): SaidMessage => ({
  role,
  content,
  images: metadata.images ?? [],
  startedScreenplay: metadata.taskId !== undefined,
});

async function readTurn(context: StepContext): Promise<Turn> {
  const { db, task } = context;
  if (task.type !== 'message') throw unplanned(context);
  const { conversationId, params } = task;
  const history = await readHistory(db, params.messageId, agentBounds.contextMessages);
  if (conversationId === null || history.length === 0) throw gone('conversation');
  const said = withinContext(history.map(asSaid));
  const pictures = said.toReversed().flatMap(({ images }) => images);
  const images = [...new Set(pictures)].slice(0, agentBounds.pictures);
  return { conversationId, params, said, images, ownWords: history.at(-1)?.content ?? '' };
}

/**
 * The model is asked once more where its decision cannot be read; what the person sees meanwhile are the words before it. Those say that a film
 * begins, so they are kept only where one does.
 */
async function decide(tools: StepTools, context: StepContext, turn: Turn): Promise<AgentAnswer> {
  const messages = agentMessages(turn.said, turn.params.seen);
  const speaks = speakingPart();
  const first = await ask(tools, context, turn, { messages, part: 0, onText: (piece) => context.speak(speaks(piece)) });
  const reading = readAgentAnswer(first.text, { ...turn, complete: first.complete });
  if (!('faults' in reading)) return reading;
  context.log.warn({ faults: reading.faults }, 'the decision of the agent is faulty, asking again');
  const again = [...messages, ...agentReask(first.text, reading)];
  const second = await ask(tools, context, turn, { messages: again, part: 1 });
  const rereading = readAgentAnswer(second.text, { ...turn, complete: second.complete });
  if ('faults' in rereading) throw unusable(rereading.faults);
  if (reading.begun && !rereading.film) throw unusable(['a film is begun and then left out']);
  return { ...rereading, reply: reading.reply || rereading.reply };
}

function unusable(faults: readonly string[]): PermanentFailure {
  const reason = faults.slice(0, 3).join('; ');
  return new PermanentFailure({ code: 7003, key: 'provider_bad_output', params: { vendor: 'glm', reason } });
}

interface Asking {
  messages: AgentMessage[];
  part: number;
  onText?: (piece: string) => void;
}

/** The book names how many pictures go along by what the messages have: one that was deleted since changes nothing in it. */
async function ask(tools: StepTools, context: StepContext, turn: Turn, { messages, part, onText }: Asking) {
  const { text } = tools.providers;
  const { answer } = await context.pay({
    vendor: 'glm',
    purpose: 'message',
    model: text.model,
    part,
    request: { messages, images: turn.images },
    maxCostMicros: costMicros(tools, text.model),
    send: async (call) => {
      const shown = await withPictures(tools, context, turn, messages);
      return text.complete({ messages: shown, temperature: 0.7, json: false }, { ...call, ...(onText && { onText }) });
    },
    lookup: (key, signal) => text.lookup(key, signal),
  });
  return answer;
}

/** The pictures go with the person's latest message. */
async function withPictures(
  tools: StepTools,
  { db, step }: StepContext,
  { images: ids, said }: Turn,
  messages: AgentMessage[],
): Promise<ChatMessage[]> {
  if (!tools.providers.text.capabilities.vision) return messages;
  const pictures = await findMediaAmong(db, ids, step.userId);
  const images = await Promise.all(pictures.map((picture) => asDataUrl(tools, picture)));
  return messages.map((message, index) =>
    index === said.length && images.length > 0 ? { ...message, images } : message,
  );
}

async function keepAnswer(
  tools: StepTools,
  { step, task }: StepContext,
  turn: Turn,
  { reply, film }: AgentAnswer,
  trx: Knex,
): Promise<Message> {
  const { conversationId, params, ownWords } = turn;
  const answer = { id: params.answerId, conversationId, role: 'assistant', metadata: { turnId: task.id } } as const;
  if (!film) return insertMessage(trx, { ...answer, content: reply, type: 'text' });
  const limit = await exceededQuota(trx, step.userId, tools.maxTasksPerUser);
  if (limit !== undefined) {
    const refusal = describeError('quota_reached', { what: 'active tasks', limit }, languageOf(ownWords));
    return insertMessage(trx, { ...answer, content: refusal, type: 'text' });
  }
  const references = await findMediaAmong(trx, turn.images, step.userId);
  const order = { ...film, images: references.filter(({ type }) => type === 'image').map(({ id }) => id) };
  const { id: taskId } = await startTask(trx, {
    type: 'screenplay',
    params: order,
    userId: step.userId,
    conversationId,
  });
  const metadata = { turnId: task.id, taskId, screenplayId: null };
  return insertMessage(trx, { ...answer, metadata, content: reply, type: 'screenplay' });
}
