import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import type { Room } from './room.ts';
import { Gone, sendBytes, sendHalf, sendJson, WireError, webPage } from './wire.ts';

/** Sleeps unless the sandbox closes meanwhile. */
export async function pause(room: Room, ms: number): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal: room.signal });
}

/** Waits for a scaled latency that began at `since`, so that a repeated call is not slower than its first try. */
export const latency = (room: Room, since: number, seconds: number): Promise<void> =>
  pause(room, since + seconds * 1000 * room.latencyScale - Date.now());

async function hang(room: Room): Promise<never> {
  await new Promise((resolve) => room.signal.addEventListener('abort', resolve, { once: true }));
  throw new Gone();
}

function dropSocket(res: ServerResponse): never {
  res.destroy();
  throw new Gone();
}

/** The faults that strike before the vendor has taken the call. */
export async function beforeAccepting(room: Room, res: ServerResponse, fault: Fault): Promise<void> {
  if (fault.hang === true) await hang(room);
  if (fault.reset) dropSocket(res);
  if (fault.retired) throw new WireError(404, 'model_not_found', 'The model does not exist or has been retired.');
  if (fault.status === undefined) return;
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
  throw new WireError(
    fault.status,
    fault.code ?? `http_${fault.status}`,
    fault.message ?? 'Scripted failure.',
    headers,
  );
}

/** The faults that strike once the call is accepted and counted, before its answer is made. */
export async function afterAccepting(room: Room, res: ServerResponse, fault: Fault): Promise<void> {
  if (fault.lost) dropSocket(res);
  if (fault.hang === 'accepted') await hang(room);
  await pause(room, fault.slow ?? 0);
}

/** Sends a JSON answer, broken where the script says so. */
export function answerJson(res: ServerResponse, fault: Fault, body: unknown): void {
  if (fault.garbage === 'json') sendBytes(res, 200, 'application/json', '{"id": "x", "choices": [{');
  else if (fault.garbage) sendBytes(res, 200, 'text/html', webPage);
  else if (fault.truncate) sendHalf(res, 'application/json', Buffer.from(JSON.stringify(body)));
  else sendJson(res, 200, body);
}
