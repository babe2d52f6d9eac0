import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Knex } from 'knex';
import type { Config } from '../config.ts';
import type {
  Operation as ContractOperation,
  InputOf,
  JsonOperationId,
  OperationId,
  StreamOperationId,
} from '../contract/operation.ts';
import type { User } from '../db/users.ts';
import type { RemoveFile } from '../engine/removals.ts';
import type { Language } from '../errors.ts';
import type { Models } from '../film/models.ts';
import type { Log } from '../log.ts';
import type { MediaRoom } from '../media/room.ts';
import type { Realtime } from '../realtime/realtime.ts';
import type { ObjectStore } from '../storage/objectStore.ts';
import type { Accounts } from './accounts/accounts.ts';

/** The settings operations look at. */
export type ApiSettings = Pick<
  Config,
  | 'adminEmails'
  | 'maxMediaBytesPerUser'
  | 'corsOrigins'
  | 'maxTasksPerUser'
  | 'rateLimitPerMinute'
  | 'vendors'
  | 'webhooks'
>;

/** What the operations work with; built once by the composition root. */
export interface ApiServices {
  db: Knex;
  config: ApiSettings;
  log: Log;
  /** Signs access tokens and media addresses. */
  secret: string;
  /** Those that it replaces, while it is rotated: what they signed and sealed still holds. */
  formerSecrets: readonly string[];
  /** Origin of every absolute address in an answer, without a slash at the end; asked when it is needed. */
  publicUrl(): string;
  store: ObjectStore;
  /** Deletes a file's bytes and those of its thumbnail; deleting what is not there is a success. */
  removeFile: RemoveFile;
  media: Pick<MediaRoom, 'inspectPicture' | 'cleanPicture' | 'fitPicture' | 'thumbnail' | 'takePoster' | 'withJobDir'>;
  realtime: Pick<Realtime, 'hub' | 'stream'>;
  /** The configured models, which estimates and `listModels` go by. */
  models: Models;
  /** True from the moment the process was asked to end: readiness says no. */
  isDraining(): boolean;
}

/** What a handler knows about its request. */
export interface Context {
  db: Knex;
  config: ApiSettings;
  log: Log;
  language: Language;
  requestId: string;
  /** Where the request came from; an IPv6 address without its lower half. */
  address: string;
  services: ApiServices;
  accounts: Accounts;
}

/** Of a request by a known user. */
export interface UserContext extends Context {
  user: User;
  /** Only with an access token. */
  sessionId?: string;
  /** What let the user in, session or API key, as `session:` or `key:` and its id: what is opened by it ends with it. */
  grant?: string;
}

/** Of a request for a file: without a user it carried a signature for exactly this file. */
export interface FileContext extends Context {
  user?: User;
}

export type PublicOperationId = 'registerUser' | 'loginUser' | 'refreshSession' | 'getLiveness' | 'getReadiness';

export type Operation<Id extends JsonOperationId> = ContractOperation<
  Id,
  Id extends PublicOperationId ? Context : UserContext
>;

/** The response a stream handler writes into. */
export interface Wire {
  req: IncomingMessage;
  res: ServerResponse;
  /** True for HEAD: the headers are wanted, the bytes are not. */
  headersOnly: boolean;
}

type ContextOf<Id extends OperationId> = Id extends 'streamTaskEvents' | 'streamEvents' | 'exportScreenplay'
  ? UserContext
  : FileContext;

/** A handler that owns the response; what it throws before its first byte is answered like any failure. */
export type StreamOperation<Id extends StreamOperationId> = (
  context: ContextOf<Id>,
  input: InputOf<Id>,
  wire: Wire,
) => Promise<void>;
