import { findTask } from '../db/tasks.ts';
import { errors } from '../errors.ts';
import { accepts } from './accepts.ts';
import type { StreamOperation, UserContext, Wire } from './context.ts';
import { found } from './found.ts';

const eventStream = 'text/event-stream';

function refuseOtherForms({ headers }: Wire['req']): void {
  if (!accepts(headers.accept, eventStream)) throw errors.notAcceptable(eventStream);
}

const listenerOf = ({ user, grant }: UserContext) => ({ userId: user.id, grant });

/** Every progress event of one task, until its last. A finished task with nothing newer is answered 204. */
export const streamTaskEvents: StreamOperation<'streamTaskEvents'> = async (ctx, input, { req, res }) => {
  refuseOtherForms(req);
  const { id: taskId } = found(await findTask(ctx.db, input.path.taskId, ctx.user.id), 'task');
  const after = input.header['last-event-id'] ?? input.query.after;
  const outcome = await ctx.services.realtime.stream(req, res, { ...listenerOf(ctx), taskId, after });
  if (outcome === 'over') res.writeHead(204).end();
};

/** Progress of all the user's tasks: everything later than the event named, or from now on. */
export const streamEvents: StreamOperation<'streamEvents'> = async (ctx, input, { req, res }) => {
  refuseOtherForms(req);
  const after = input.header['last-event-id'] ?? input.query.after;
  await ctx.services.realtime.stream(req, res, { ...listenerOf(ctx), after });
};
