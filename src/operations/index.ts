import type { JsonOperationId, StreamOperationId } from '../contract/operation.ts';
import * as auth from './auth.ts';
import type { Operation, StreamOperation } from './context.ts';
import * as conversations from './conversations.ts';
import * as media from './media.ts';
import * as mediaFiles from './mediaFiles.ts';
import * as screenplays from './screenplays.ts';
import * as system from './system.ts';
import * as taskStreams from './taskStreams.ts';
import * as tasks from './tasks.ts';

/** The whole API: each operation of the contract by its id. A documented operation without a handler does not compile. */
export const operations = {
  ...auth,
  ...conversations,
  ...tasks,
  ...screenplays,
  ...media,
  ...system,
} satisfies { [Id in JsonOperationId]: Operation<Id> };

/** Operations whose handlers write the response themselves. */
export const streamOperations = { ...taskStreams, ...mediaFiles } satisfies {
  [Id in StreamOperationId]: StreamOperation<Id>;
};
