import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import SseChannel from 'sse-channel';
import { createHub, type Hub, type HubOptions } from './hub.ts';
import { createSlots } from './slots.ts';
import { attachSockets, type SocketOptions } from './socket.ts';
import { type StreamRequest, streamEvents } from './sse.ts';

export interface RealtimeOptions extends HubOptions {
  /** Per user and process: so many streams, and so many sockets. */
  maxStreamsPerUser: number;
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
    heartbeatMs = 15_000,
    unsentLimitBytes = 64 * 1024,
    stallLimitMs = 10_000,
  } = options;
  const hub = createHub(options);
  const channel = new SseChannel({ pingInterval: heartbeatMs, retryTimeout: retryMs });
  const room = { hub, db, log, channel, unsentLimitBytes, stallLimitMs };
  const streams = createSlots('open streams', maxStreamsPerUser);
  const sockets = createSlots('open streams', maxStreamsPerUser);
  const detach: (() => Promise<void>)[] = [];
  return {
    hub,
    open: () => ({ sse: streams.taken(), websocket: sockets.taken() }),
    stream: (req, res, wanted) => streamEvents({ ...room, takeSlot: streams.take }, req, res, wanted),
    attachSockets(server, socketOptions) {
      detach.push(attachSockets(server, { ...room, takeSlot: sockets.take }, socketOptions));
    },
    async close() {
      await Promise.all(detach.map((end) => end()));
      await hub.close();
      channel.close();
    },
  };
}
