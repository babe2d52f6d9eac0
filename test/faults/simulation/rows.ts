import type { CallStatus, VendorPolicy } from '../../../src/engine/step.ts';

/** What every call costs. */
export const priceMicros = 100;

export type StepStatus =
  | 'blocked'
  | 'ready'
  | 'running'
  | 'waiting'
  | 'done'
  | 'failed'
  | 'cancelled'
  | 'dead'
  | 'needs_review';
export type Kind = 'writeScreenplay' | 'drawSceneImage' | 'shootSceneClip' | 'assembleFilm';

export interface StepRow {
  id: string;
  task: TaskRow;
  kind: Kind;
  status: StepStatus;
  waitsFor: number;
  fence: number;
  owner: string | undefined;
  attempts: number;
  failures: number;
  crashes: number;
  generation: number;
  notBefore: number;
  deadline: number;
  /** Since when it has met its vendor away. */
  awaySince: number | undefined;
  /** Counts the edits of what it is about: another edition, another request. */
  edition: number;
  result: string | undefined;
  successors: StepRow[];
}

export interface TaskRow {
  id: string;
  user: string;
  status: 'processing' | 'completed' | 'failed' | 'cancelled';
  /** While it is cancelled. */
  cancelledAt: number;
  steps: StepRow[];
}

export interface CallRow {
  opKey: string;
  step: StepRow;
  status: CallStatus;
  fence: number;
  sends: number;
  doubts: number;
  sendingAt: number;
  /** What was sent. */
  edition: number;
  recognisedBy: VendorPolicy['idempotency'];
  upstreamId: string | undefined;
  costMicros: number;
  lostMicros: number;
}

export interface SessionRow {
  pool: string;
  /** The advisory lock of its process. */
  locked: boolean;
  beatAt: number;
  fencedAt: number | undefined;
  draining: boolean;
}

/** The vendor's row of `vendor_limits`. */
export interface Limits {
  coolUntil: number;
  awaySince: number | undefined;
  awayCount: number;
  /** Whose call asks whether it is back. */
  probe: StepRow | undefined;
  /** Whose call was the last to leave for that. */
  asked: StepRow | undefined;
}

/** One row of graphile-worker: it names no step. */
export interface WakeRow {
  id: number;
  runAt: number;
  lockedBy: string | undefined;
  lockedAt: number;
}

/** What a worker holds of a step it has claimed. */
export interface Held {
  step: StepRow;
  fence: number;
  failures: number;
  generation: number;
  /** What it is about, as this owner read it. */
  edition: number;
  /** Its task had been cancelled before it was claimed. */
  cancelled: boolean;
}
