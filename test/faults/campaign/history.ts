import { appendFileSync } from 'node:fs';
import { createTally, type Tallier } from './tally.ts';

export type Fact =
  | { type: 'spawn'; name: string; role: string; pid: number }
  | {
      type: 'exit';
      name: string;
      role: string;
      pid: number;
      code: number | null;
      signal: string | null;
      wanted: string;
    }
  | { type: 'fault'; kind: string; target: string; pid?: number; forMs?: number; note?: string }
  /** Faults that were met: a vendor's by a call, a media tool's by a run of it, the store's by a request. */
  | { type: 'struck'; what: 'vendor' | 'media' | 'storage'; target: string; count: number }
  | { type: 'size'; name: string; pid: number; files: number; memoryMb: number }
  | { type: 'calm' }
  | { type: 'ordered'; user: string; key: string; status: number; taskId: string | null; tries: number }
  | { type: 'answer'; what: string; status: number; retryAfter: string | null; code: number | null }
  | { type: 'away'; what: string; why: string }
  | { type: 'event'; user: string; reader: string; seq: number; digest: string }
  | { type: 'decided'; user: string; taskId: string; stepId: string; decision: string }
  | { type: 'retried'; user: string; taskId: string }
  | { type: 'cancelled'; user: string; taskId: string };

export type Recorded = Fact & { at: number };

/** What happened, in order, one JSON line each; the checker reads this and nothing of the campaign's memory. */
export interface History {
  record(fact: Fact): void;
  file: string;
  /** For the campaign to know when it has done enough; the checker counts for itself. */
  tally: Tallier;
}

export function openHistory(file: string): History {
  const tally = createTally();
  return {
    file,
    tally,
    record(fact) {
      tally.add(fact);
      appendFileSync(file, `${JSON.stringify({ at: Date.now(), ...fact })}\n`);
    },
  };
}
