import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { answerCommands, nowMs } from '../kit/helper.ts';

/** What streams cost at the least: responses that are kept open, and a loop that writes to each. */
export type BareCommand = { do: 'listen' } | { do: 'write'; frames: string[]; gather: boolean };

const open = new Set<ServerResponse>();
const server = createServer((_, res) => {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  res.write(':ok\n\n');
  open.add(res);
  res.once('close', () => open.delete(res));
});

/** Answers when it began. `gather`: in one turn of the event loop, in which Node puts the writes of a response together. */
async function write(frames: readonly string[], gather: boolean): Promise<number> {
  const began = nowMs();
  for (const frame of frames) {
    for (const res of open) res.write(frame);
    if (!gather) await turn();
  }
  return began;
}

answerCommands<BareCommand>(async (command) => {
  if (command.do === 'write') return write(command.frames, command.gather);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
