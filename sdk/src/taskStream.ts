import type { Core, Raw, Wire } from './core.js';
import { TasksApi } from './generated/apis/TasksApi.js';
import { type ProgressEvent, ProgressEventFromJSON } from './generated/models/ProgressEvent.js';
import type { TaskStatus } from './generated/models/TaskStatus.js';
import { type UserEvent, UserEventFromJSON } from './generated/models/UserEvent.js';
import { Configuration } from './generated/runtime.js';
import { follow, type Message, type Source, type StreamOptions } from './stream.js';

/** An event of a task with its number, which is one's own counter: greater ones are later. */
export type TaskEvent = ProgressEvent & { id: number };
/** Any event of a user; `type` says which. */
export type StreamEvent = UserEvent & { id: number };

const api = (wire: Wire) => new TasksApi(new Configuration(wire));

export const isOver = (status: TaskStatus): boolean =>
  status === 'completed' || status === 'failed' || status === 'cancelled';

export function streamTask(core: Core, taskId: string, options: StreamOptions = {}) {
  return streamOf<ProgressEvent>(core, options, {
    path: `/tasks/${taskId}/events`,
    ask: (wire, from) => api(wire).streamTaskEventsRaw({ taskId, ...from }),
    read: ProgressEventFromJSON,
    mayBeLast: ({ data }) => isOver(data.status),
  });
}

export function streamAll(core: Core, options: StreamOptions = {}) {
  return streamOf<UserEvent>(core, options, {
    path: '/events',
    ask: (wire, from) => api(wire).streamEventsRaw(from),
    read: UserEventFromJSON,
    mayBeLast: () => false,
  });
}

interface Asked<M extends Message> extends Omit<Source<M>, 'open'> {
  ask(wire: Wire, from: { lastEventID?: number }): Promise<Raw<unknown>>;
}

function streamOf<M extends Message>(core: Core, options: StreamOptions, { ask, ...source }: Asked<M>) {
  const { timeoutMs } = options;
  const headers = { accept: 'text/event-stream', ...options.headers };
  return follow<M>(
    core,
    {
      ...source,
      open: (after, signal, again) =>
        core.open((wire) => ask(wire, after === undefined ? {} : { lastEventID: after }), {
          signal,
          timeoutMs,
          headers,
          ...(again && { maxRetries: 0 }),
        }),
    },
    options,
  );
}
