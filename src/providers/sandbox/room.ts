import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Endpoint, Fault, Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';

export type Mode = 'key' | 'lookup' | 'none';

/** What every endpoint of one running sandbox shares. */
export interface Room {
  dir: string;
  mode: Mode;
  latencyScale: number;
  prerendered: boolean;
  ffmpegPath: string;
  faults: Faults;
  ledger: Ledger;
  requests: Record<Endpoint, number>;
  /** Aborted when the sandbox closes. */
  signal: AbortSignal;
  origin(): string;
  log(line: string): void;
  /** Work that goes on after its answer; closing waits for it. */
  background: Set<Promise<void>>;
  /** Drawing and rendering take the cores; both are rationed. */
  drawing<T>(job: () => Promise<T>): Promise<T>;
  rendering<T>(job: () => Promise<T>): Promise<T>;
}

export interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  url: URL;
  body: Buffer;
}

export type Handler = (room: Room, exchange: Exchange) => Promise<void>;
export type { Fault };
