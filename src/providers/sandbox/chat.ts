import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Fault } from './faults.ts';
import type { Call, WorkOf } from './ledger.ts';
import { hashOf } from './ledger.ts';
import { afterAccepting, answerJson, beforeAccepting, latency, pause } from './misbehave.ts';
import { offerCall } from './offer.ts';
import type { Exchange, Handler, Room } from './room.ts';
import { agentReply, breakDecision } from './story/agent.ts';
import { readBrief } from './story/brief.ts';
import { breakScreenplay } from './story/broken.ts';
import { replyTo } from './story/reply.ts';
import { writeScreenplay } from './story/screenplay.ts';
import { badRequest, parseJson, WireError } from './wire.ts';

const Part = z.union([
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string().min(1) }) }),
]);
const ChatBody = z.object({
  model: z.string().min(1),
  messages: z
    .array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.union([z.string(), z.array(Part)]) }))
    .min(1),
  stream: z.boolean().optional(),
  max_tokens: z.number().int().positive().optional(),
});
type ChatBody = z.infer<typeof ChatBody>;
export interface PlainMessage {
  role: 'system' | 'user' | 'assistant';
  text: string;
}

const sensitiveWords = 'The input may contain sensitive content, please change it.';
export const latencySeconds = 2;

function plainMessages(body: ChatBody): PlainMessage[] {
  return body.messages.map(({ role, content }) => ({
    role,
    text: typeof content === 'string' ? content : content.map((part) => ('text' in part ? part.text : '')).join('\n'),
  }));
}

function compose(messages: PlainMessage[], fault: Fault): string {
  const reply = agentReply(messages);
  if (reply !== undefined) return fault.screenplay ? breakDecision(reply) : reply;
  const brief = readBrief(messages);
  if (!brief) return replyTo(messages);
  const screenplay = writeScreenplay(brief);
  return fault.screenplay ? breakScreenplay(screenplay, fault.screenplay) : JSON.stringify(screenplay, undefined, 2);
}

const bytesPerToken = 4;
const tokens = (text: string) => Math.max(1, Math.ceil(Buffer.byteLength(text) / bytesPerToken));

/** An answer stops where the caller allows no more, in the middle of whatever it is. */
function limited(text: string, most = Number.POSITIVE_INFINITY): { content: string; cut?: boolean } {
  if (tokens(text) <= most) return { content: text };
  return {
    content: Buffer.from(text)
      .subarray(0, most * bytesPerToken)
      .toString()
      .replace(/\ufffd$/, ''),
    cut: true,
  };
}

const finishOf = ({ sensitive, cut }: WorkOf<'chat'>) => (sensitive ? 'sensitive' : cut ? 'length' : 'stop');

function completion(call: Call, work: WorkOf<'chat'>) {
  const completionTokens = tokens(work.content);
  return {
    id: call.id,
    request_id: call.id,
    object: 'chat.completion',
    created: Math.floor(call.at / 1000),
    model: call.model,
    choices: [
      {
        index: 0,
        finish_reason: finishOf(work),
        message: { role: 'assistant', content: work.sensitive ? '' : work.content },
      },
    ],
    usage: {
      prompt_tokens: work.promptTokens,
      completion_tokens: completionTokens,
      total_tokens: work.promptTokens + completionTokens,
    },
  };
}

/** The answer of an accepted chat call; the lookup gives the same. */
export async function chatAnswer(room: Room, call: Call, work: WorkOf<'chat'>): Promise<unknown> {
  await latency(room, call.at, latencySeconds);
  return completion(call, work);
}

/** The answer as it is written: it begins early and takes as long as a whole one. */
async function stream(room: Room, res: ServerResponse, call: Call, work: WorkOf<'chat'>, fault: Fault): Promise<void> {
  await latency(room, call.at, latencySeconds / 4);
  const whole = completion(call, work);
  const chunk = (delta: object, finish: string | null, more: object = {}) => {
    const choices = [{ index: 0, delta, finish_reason: finish }];
    const { id, created, model } = whole;
    res.write(`data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created, model, choices, ...more })}\n\n`);
  };
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  const pieces = work.sensitive ? [] : (work.content.match(/[\s\S]{1,24}/gu) ?? []);
  const sent = fault.truncate ? pieces.slice(0, Math.floor(pieces.length / 2)) : pieces;
  const restMs = room.latencyScale * latencySeconds * 750;
  for (const [index, piece] of sent.entries()) {
    await pause(room, restMs / sent.length);
    chunk(index === 0 ? { role: 'assistant', content: piece } : { content: piece }, null);
  }
  if (fault.truncate) {
    res.write('data: {"id": "', () => res.destroy());
    return;
  }
  chunk({}, finishOf(work), { usage: whole.usage });
  res.end('data: [DONE]\n\n');
}

function readChat({ body }: Exchange): ChatBody {
  const parsed = ChatBody.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  throw badRequest(`messages or model are not valid: ${parsed.error.issues[0]?.message ?? ''}`);
}

export const chat: Handler = async (room, exchange) => {
  const body = readChat(exchange);
  const messages = plainMessages(body);
  const prompt = messages.map((message) => message.text).join('\n');
  const fault = room.faults.strike('chat', prompt);
  await beforeAccepting(room, exchange.res, fault);
  if (fault.refuse === true) throw new WireError(400, '1301', sensitiveWords);
  const call = await offerCall(room, exchange, body.model, hashOf(JSON.stringify(body)), () => ({
    kind: 'chat',
    ...limited(compose(messages, fault), body.max_tokens),
    promptTokens: tokens(prompt),
    sensitive: fault.refuse === 'finish',
  }));
  if (call.work.kind !== 'chat') throw badRequest('The key belongs to another kind of call.');
  await afterAccepting(room, exchange.res, fault);
  if (body.stream) await stream(room, exchange.res, call, call.work, fault);
  else answerJson(exchange.res, fault, await chatAnswer(room, call, call.work));
};
