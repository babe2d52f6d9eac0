import type { Knex } from 'knex';
import type { Task } from '../db/tasks.ts';
import type { StoredFailure } from '../errors.ts';
import type { WorkKind, WorkType } from '../film/glossary.ts';
import type { PlannedStep } from '../film/plan.ts';
import type { Log } from '../log.ts';

/** A step as its owner holds it. */
export interface HeldStep {
  id: string;
  taskId: string;
  userId: string;
  kind: WorkKind;
  subjectId: string | null;
  /** Shown with every write; a later claim has a higher one. */
  fence: number;
  failures: number;
  generation: number;
}

export type Vendor = 'glm' | 'gemini' | 'tuzi';
export type Purpose = 'screenplay' | 'image' | 'video' | 'message';

/** A paid call to be made at most once. `request` is its canonical content: no secrets, no picture bytes. */
export interface Purchase<Answer extends object, Label extends object = object> {
  vendor: Vendor;
  purpose: Purpose;
  model: string;
  /** Numbers deliberate further calls of one step, such as asking the language model again. */
  part?: number;
  request: object;
  /** What has to be told later of that which is bought, kept with the request and no part of what makes two requests the same. */
  label?: Label;
  maxCostMicros: number;
  /** `leaving` is to be called right before the request leaves; it throws where this worker may already have been replaced. */
  send(call: { key: string; signal: AbortSignal; leaving: () => void }): Promise<Answer>;
  /** What became of a call whose answer was lost, for vendors that can tell. */
  lookup(key: string, signal: AbortSignal): Promise<Answer | undefined>;
  /** The vendor's id of work that goes on after the answer; absent when the answer is the result. */
  upstreamId?(answer: Answer): string;
}

/** What a call bought, told by the request that was really sent, whatever would be asked for by now. */
export interface Bought<Answer extends object, Label extends object = object> {
  answer: Answer;
  model: string;
  costMicros: number;
  /** Undefined for a call without any, and for one of a release that kept none. */
  label: Label | undefined;
}

export type Pay = <Answer extends object, Label extends object>(
  purchase: Purchase<Answer, Label>,
) => Promise<Bought<Answer, Label>>;

/** A call that has left, as the ledger has it. */
export interface Standing<Answer extends object, Label extends object = object> extends Bought<Answer, Label> {
  status: CallStatus;
  upstreamId: string | null;
}

export interface StepContext {
  db: Knex;
  step: HeldStep;
  task: Task<WorkType>;
  /** Aborts on cancel, on drain and when this worker is taken for dead. */
  signal: AbortSignal;
  log: Log;
  pay: Pay;
  /** How this step's call stands; undefined while none has left. Once one has, nothing may take the place of what it buys. */
  standing<Answer extends object, Label extends object>(purpose: Purpose): Promise<Standing<Answer, Label> | undefined>;
  /** Tells the user about work within the step, at most four times a second. */
  report(message: string): void;
  /** Tells the user a piece of what is being written, under the step's fence, gathered to at most four events a second. */
  speak(piece: string): void;
}

/**
 * What happened. `record` writes the domain rows in the transaction that finishes the step, and may plan what comes next.
 * `waiting` leaves the step to the poll loop.
 */
export type StepOutcome =
  | {
      end: 'done';
      result: object;
      record?: ((trx: Knex) => Promise<readonly PlannedStep[] | undefined>) | undefined;
      taskResult?: ((trx: Knex) => Promise<object>) | undefined;
      /** Told to the user as the last statement of that transaction. */
      tell?: (() => Telling | undefined) | undefined;
    }
  | { end: 'waiting'; pollMs: number; giveUpMs: number };

/** An event about something else than a task's progress. */
export interface Telling {
  type: string;
  data: Record<string, unknown>;
}

export type Step = (context: StepContext) => Promise<StepOutcome>;
export type StepRegistry = Record<WorkKind, Step>;

/** The work that goes on at a vendor between submit and collect. */
export interface Upstream {
  pollMs: number;
  poll(
    upstreamId: string,
    signal: AbortSignal,
  ): Promise<
    | { status: 'running'; progress?: number }
    | { status: 'completed'; url?: string }
    | { status: 'failed'; refused: boolean; reason: string }
  >;
  cancel(upstreamId: string, signal: AbortSignal): Promise<boolean>;
}

export type CallStatus =
  | 'reserved'
  | 'sending'
  | 'accepted'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'ambiguous'
  | 'abandoned';

/** How a vendor's calls are admitted and what is done when an answer was lost. */
export interface VendorPolicy {
  idempotency: 'key' | 'lookup' | 'none';
  onDoubt: 'hold' | 'resend';
  maxInFlight: number;
  /** A call that left longer ago than this has no answer any more. */
  answersWithinMs: number;
  /** A call that a vendor with look-up does not know this long after it left never arrived. */
  shownWithinMs: number;
}

/** This worker no longer holds the step: whatever it does now must not land. */
export class FencedError extends Error {
  override readonly name = 'FencedError';
}

/** A paid call's answer was lost and nobody can tell what became of it: the user decides. */
export class DoubtError extends Error {
  override readonly name = 'DoubtError';
  readonly failure: StoredFailure;

  constructor(vendor: string) {
    super(`the answer of a paid call to ${vendor} was lost`);
    this.failure = { code: 7000, key: 'needs_review', params: { vendor } };
  }
}

/** The vendor takes no more calls right now; try again after the delay, at no cost to the step. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
  readonly delayMs: number;

  constructor(vendor: string, delayMs: number) {
    super(`${vendor} takes no more calls for now`);
    this.delayMs = delayMs;
  }
}

/** What may pass: tried again like any other error, but told to the user if it does not. */
export class TroubleError extends Error {
  override readonly name = 'TroubleError';
  readonly failure: StoredFailure;

  constructor(failure: StoredFailure, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.failure = failure;
  }
}

/** The object store is not there for now, or there is no room for files. */
export class StoreAwayError extends Error {
  override readonly name = 'StoreAwayError';
  readonly failure: StoredFailure = { code: 6001, key: 'storage_unavailable', params: {} };

  constructor(cause: unknown) {
    super(`the object store is away: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** The vendor, or the store, is away, and so far nothing was bought: try again after the delay. */
export class AwayError extends Error {
  override readonly name = 'AwayError';
  readonly failure: StoredFailure;
  readonly delayMs: number;
  /** It was known before: this says nothing against the step. */
  readonly known: boolean;
  /** The step has waited for it for as long as steps do. */
  readonly over: boolean;

  constructor(failure: StoredFailure, more: { delayMs: number; known: boolean; over: boolean }) {
    super(`${failure.params.vendor ?? 'the object store'} is away`);
    this.failure = failure;
    this.delayMs = more.delayMs;
    this.known = more.known;
    this.over = more.over;
  }
}

/** Why a running step was told to stop. */
export type StopReason = 'cancelled' | 'draining' | 'lost';

export class StopError extends Error {
  override readonly name = 'StopError';
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`the step was told to stop: ${reason}`);
    this.reason = reason;
  }
}
