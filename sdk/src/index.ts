export type { AskOptions } from './ask.js';
export { DirectorAI } from './directorAI.js';
export * from './errors.js';
export type * from './generated/models/index.js';
export type {
  ClientOptions,
  Fetch,
  ListOptions,
  LogEntry,
  Logger,
  RequestOptions,
  SessionStore,
  Tokens,
} from './options.js';
export type { Page, PageReply } from './page.js';
export type { Reply } from './reply.js';
export type { StreamOptions } from './stream.js';
export type { FinishedTask, TaskReply } from './taskHandle.js';
export type { StreamEvent, TaskEvent } from './taskStream.js';
export type { Upload, UploadOptions } from './upload.js';
export type { WaitOptions } from './wait.js';
export type { HeldOptions } from './waiting.js';
export type { UnwrapOptions, WebhookHeaders, WebhookPayload } from './webhooks.js';
