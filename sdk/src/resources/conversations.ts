import type { Core, Wire } from '../core.js';
import { ConversationsApi } from '../generated/apis/ConversationsApi.js';
import type { ConversationCreate } from '../generated/models/ConversationCreate.js';
import type { ConversationUpdate } from '../generated/models/ConversationUpdate.js';
import { Configuration } from '../generated/runtime.js';
import type { ListOptions, RequestOptions } from '../options.js';

const api = (wire: Wire) => new ConversationsApi(new Configuration(wire));

export interface ConversationListOptions extends ListOptions {
  /** Keeps only pinned ones, or only others. */
  pinned?: boolean | undefined;
}

export const createConversations = (core: Core) => ({
  create: (conversationCreate: ConversationCreate, options?: RequestOptions) =>
    core.call((wire) => api(wire).createConversationRaw({ conversationCreate }), options),
  get: (conversationId: string, options?: RequestOptions) =>
    core.call((wire) => api(wire).getConversationRaw({ conversationId }), options),
  /** The newest activity first. */
  list: ({ pinned, ...options }: ConversationListOptions = {}) =>
    core.list((wire, page) => api(wire).listConversationsRaw({ ...page, pinned }), options),
  update: (conversationId: string, conversationUpdate: ConversationUpdate, options?: RequestOptions) =>
    core.call((wire) => api(wire).updateConversationRaw({ conversationId, conversationUpdate }), options),
  delete: (conversationId: string, options?: RequestOptions) =>
    core.done((wire) => api(wire).deleteConversationRaw({ conversationId }), options),
});

export type Conversations = ReturnType<typeof createConversations>;
