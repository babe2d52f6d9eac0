import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import SseChannel from 'sse-channel';
import { createHub, type Hub, type HubOptions } from './hub.ts';
import { createSlots } from './slots.ts';
import { attachSockets, type SocketOptions } from './socket.ts';
import { type StreamRequest, streamEvents } from './sse.ts';

export interface RealtimeOptions extends HubOptions {
  /** Per user and process: streams and sockets together. */
  maxStreamsPerUser: number;
  /** A stream older than this gives way to its own successor where the limit is reached. */
  settledMs?: number;
  heartbeatMs?: number;
  unsentLimitBytes?: number;
  stallLimitMs?: number;
}

export interface Realtime {
  readonly hub: Hub;
  /** Held open by this process now. */
  open(): { sse: number; websocket: number };
  /** Streams events as Server-Sent Events; see `streamEvents`. */
  stream(req: IncomingMessage, res: ServerResponse, wanted: StreamRequest): Promise<'open' | 'over'>;
  /** Answers the WebSocket upgrades of a server. */
  attachSockets(server: Server, options: SocketOptions): void;
  /** Ends every stream and socket; clients know when to come back. */
  close(): Promise<void>;
}

/** How long a client is asked to wait before it comes back. */
const retryMs = 2000;

/** All live connections of this process, over one hub. */
export function createRealtime(options: RealtimeOptions): Realtime {
  const {
    db,
    log,
    maxStreamsPerUser,
    settledMs = 10_000,
    heartbeatMs = 15_000,
    unsentLimitBytes = 64 * 1024,
    stallLimitMs = 10_000,
  } = options;
  const hub = createHub(options);
  const channel = new SseChannel({ pingInterval: heartbeatMs, retryTimeout: retryMs });
  const slots = createSlots('open streams', maxStreamsPerUser, settledMs);
  const room = { hub, db, log, channel, unsentLimitBytes, stallLimitMs, takeSlot: slots.take };
  const detach: (() => Promise<void>)[] = [];
  return {
    hub,
    open: () => ({ sse: slots.taken('sse'), websocket: slots.taken('websocket') }),
    stream: (req, res, wanted) => streamEvents(room, req, res, wanted),
    attachSockets(server, socketOptions) {
      detach.push(attachSockets(server, room, socketOptions));
    },
    async close() {
      await Promise.all(detach.map((end) => end()));
      await hub.close();
      channel.close();
    },
  };
}
