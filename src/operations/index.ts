import type { JsonOperationId, StreamOperationId } from '../contract/operation.ts';
import { adminOperations } from './admin/index.ts';
import * as analytics from './analytics.ts';
import * as apiKeys from './apiKeys.ts';
import * as auth from './auth.ts';
import * as budgets from './budgets.ts';
import * as characterSheets from './characterSheets.ts';
import * as characterSheetTakes from './characterSheetTakes.ts';
import type { Operation, StreamOperation } from './context.ts';
import * as conversations from './conversations.ts';
import * as directUploads from './directUploads.ts';
import * as media from './media.ts';
import * as mediaFiles from './mediaFiles.ts';
import * as messages from './messages.ts';
import * as models from './models.ts';
import * as scenes from './scenes.ts';
import * as sceneTakes from './sceneTakes.ts';
import * as screenplayExport from './screenplayExport.ts';
import * as screenplays from './screenplays.ts';
import * as system from './system.ts';
import * as taskEstimates from './taskEstimates.ts';
import * as taskShortcuts from './taskShortcuts.ts';
import * as taskStreams from './taskStreams.ts';
import * as tasks from './tasks.ts';
import * as usage from './usage.ts';
import * as users from './users.ts';
import * as webhookDeliveries from './webhookDeliveries.ts';
import * as webhooks from './webhooks.ts';

/** The whole API: each operation of the contract by its id. A documented operation without a handler does not compile. */
export const operations = {
  ...auth,
  ...users,
  ...usage,
  ...apiKeys,
  ...conversations,
  ...messages,
  ...tasks,
  ...taskEstimates,
  ...taskShortcuts,
  ...budgets,
  ...models,
  ...screenplays,
  ...scenes,
  ...sceneTakes,
  ...characterSheets,
  ...characterSheetTakes,
  ...media,
  ...directUploads,
  ...webhooks,
  ...webhookDeliveries,
  ...analytics,
  ...adminOperations,
  ...system,
} satisfies { [Id in JsonOperationId]: Operation<Id> };

/** Operations whose handlers write the response themselves. */
export const streamOperations = { ...taskStreams, ...mediaFiles, ...screenplayExport } satisfies {
  [Id in StreamOperationId]: StreamOperation<Id>;
};
