import { setTimeout as sleep } from 'node:timers/promises';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { components } from '../contract/operation.ts';
import type { Api } from './api.ts';
import { ApiProblem, isTemporary, Unreachable, unreachable } from './problem.ts';

export type TaskStatus = components['schemas']['TaskStatus'];
export type ProgressData = components['schemas']['ProgressData'];

export interface FollowOptions {
  signal: AbortSignal;
  /** The connection broke; another try follows. */
  onBreak: () => void;
  /** How long the service may be away before it is given up; 5 minutes. */
  patienceMs?: number;
  /** Between two tries; 2 seconds. */
  retryMs?: number;
}

/** The service says something at least every 15 seconds; a connection as silent as this is dead. */
const silenceMs = 45_000;

export const isOver = (status: TaskStatus | undefined): boolean =>
  status === 'completed' || status === 'failed' || status === 'cancelled';

/** A full house of streams may be our own broken ones, not yet noticed. */
const isPassing = (error: unknown): boolean =>
  isTemporary(error) || (error instanceof ApiProblem && error.code === 5002);

/** Every progress event of a task, once and in order, across broken connections and restarts of the service, until it is over. */
export async function* followTask(api: Api, taskId: string, options: FollowOptions): AsyncGenerator<ProgressData> {
  const { signal, onBreak, patienceMs = 300_000, retryMs = 2_000 } = options;
  let lastId: string | undefined;
  let status: TaskStatus | undefined;
  let brokenSince: number | undefined;
  for (;;) {
    try {
      const events = await openEvents(api, taskId, lastId, signal);
      brokenSince = undefined;
      if (!events) return;
      for await (const { id, data } of events) {
        lastId = id ?? lastId;
        const event = JSON.parse(data) as components['schemas']['ProgressEvent'];
        status = event.data.status;
        yield event.data;
      }
      if (isOver(status)) return;
    } catch (error) {
      brokenSince ??= performance.now();
      if (signal.aborted || !isPassing(error) || performance.now() - brokenSince > patienceMs) throw error;
    }
    onBreak();
    await sleep(retryMs, undefined, { signal });
  }
}

/** One connection; undefined where the task is over and nothing is new. */
async function openEvents(
  api: Api,
  taskId: string,
  lastId: string | undefined,
  signal: AbortSignal,
): Promise<AsyncGenerator<EventSourceMessage> | undefined> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Unreachable('the stream fell silent')), silenceMs);
  try {
    const response = await api.open(`/tasks/${taskId}/events`, {
      headers: { accept: 'text/event-stream', ...(lastId !== undefined && { 'last-event-id': lastId }) },
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (response.status !== 204) return readEvents(response, timer);
    clearTimeout(timer);
    return undefined;
  } catch (error) {
    clearTimeout(timer);
    throw error;
  }
}

/** Ends when the service ends the stream; throws `Unreachable` when it breaks or falls silent. */
async function* readEvents(response: Response, silence: NodeJS.Timeout): AsyncGenerator<EventSourceMessage> {
  const received: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => received.push(event) });
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) {
      silence.refresh();
      parser.feed(decoder.decode(chunk, { stream: true }));
      yield* received.splice(0);
    }
  } catch (error) {
    throw unreachable(error);
  } finally {
    clearTimeout(silence);
  }
}
