import { type AskOptions, ask } from '../ask.js';
import type { Core, Wire } from '../core.js';
import { ConversationsApi } from '../generated/apis/ConversationsApi.js';
import type { ChatMessage } from '../generated/models/ChatMessage.js';
import type { MessageCreate } from '../generated/models/MessageCreate.js';
import { Configuration } from '../generated/runtime.js';
import type { ListOptions, RequestOptions } from '../options.js';
import { streamAll } from '../taskStream.js';

const api = (wire: Wire) => new ConversationsApi(new Configuration(wire));

export const createTurns = (core: Core) => ({
  /** How the agent's answer to a message stands. */
  get: (conversationId: string, turnId: string, options?: RequestOptions) =>
    core.call((wire) => api(wire).getTurnRaw({ conversationId, turnId }), options),
  /** Stops the agent before it has answered. */
  cancel: (conversationId: string, turnId: string, options?: RequestOptions) =>
    core.call((wire) => api(wire).cancelTurnRaw({ conversationId, turnId }), { ...options, repeatable: false }),
});

export const createMessages = (core: Core) => {
  /** The newest first. */
  const list = (conversationId: string, options: ListOptions = {}) =>
    core.list((wire, page) => api(wire).listMessagesRaw({ conversationId, ...page }), options);
  /** Says something to the agent, which answers in a turn of its own; `ask` waits for it. */
  const create = (conversationId: string, messageCreate: MessageCreate, options?: RequestOptions) =>
    core.call((wire) => api(wire).createMessageRaw({ conversationId, messageCreate }), options);
  return {
    list,
    create,
    /** Says something to the agent and gives its answer; throws `AnswerError` where there is none. */
    ask: (conversationId: string, message: MessageCreate, options?: AskOptions): Promise<ChatMessage> =>
      ask(
        {
          events: (how) => streamAll(core, how),
          create: (how) => create(conversationId, message, how),
          turn: (turnId, how) => createTurns(core).get(conversationId, turnId, how),
          messages: (how) => list(conversationId, how),
        },
        options,
      ),
  };
};

export type Messages = ReturnType<typeof createMessages>;
export type Turns = ReturnType<typeof createTurns>;
