import type { CallStatus } from '../../../src/engine/step.ts';

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
  result: string | undefined;
  successors: StepRow[];
}

export interface TaskRow {
  id: string;
  user: string;
  status: 'processing' | 'completed' | 'failed' | 'cancelled';
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
  /** Its task had been cancelled before it was claimed. */
  cancelled: boolean;
}
