import { errors, fault } from '../errors.ts';
import type { LoggedEvent } from './eventLog.ts';
import { isObject } from './message.ts';

/** What a client may say. `after`: send this task's events from the one after it, each with its `seq`. */
export interface ClientMessage {
  type: 'subscribe' | 'unsubscribe';
  taskId: string;
  after: number | undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw errors.malformedJson();
  }
}

/** Throws `malformed_json`, `invalid`, or `not_found` for what can be no task's id. */
export function parseClientMessage(text: string): ClientMessage {
  const given = parseJson(text);
  if (!isObject(given)) throw errors.invalid([fault('', 'wrong_type', { type: 'object' })]);
  const { type, taskId, after } = given;
  if (type !== 'subscribe' && type !== 'unsubscribe')
    throw errors.invalid([fault('/type', 'one_of', { values: 'subscribe, unsubscribe' })]);
  if (typeof taskId !== 'string') throw errors.invalid([fault('/taskId', 'wrong_type', { type: 'string' })]);
  if (!uuid.test(taskId)) throw errors.notFound('task');
  const id = taskId.toLowerCase();
  if (after === undefined) return { type, taskId: id, after };
  if (typeof after !== 'number' || !Number.isSafeInteger(after) || after < 0)
    throw errors.invalid([fault('/after', 'at_least', { n: 0 })]);
  return { type, taskId: id, after };
}

/** A message with its event's number at the top level. */
export const withSeq = ({ message, seq }: LoggedEvent): string => `${message.slice(0, -1)},"seq":${seq}}`;
