import { awaitWith, hasBought, isFull, isOver } from './absence.ts';
import { type Database, isActive, stepsOf } from './database.ts';
import type { Held, SessionRow, StepRow } from './rows.ts';

const isAlive = (session: SessionRow | undefined): boolean =>
  session !== undefined && session.fencedAt === undefined && !session.draining;

/** The steps this pool may claim now, the fairest first. */
export function claimable(db: Database, pool: string, cap: number): StepRow[] {
  if (!isAlive(db.sessions.get(pool))) return [];
  const now = db.now();
  const active = stepsOf(db).filter(isActive);
  const cools = db.limits.coolUntil > now;
  const full = isFull(db, cap);
  const turn = ({ task }: StepRow) => active.filter((other) => other.task.user === task.user).length;
  return stepsOf(db)
    .filter((step) => step.status === 'ready' && step.notBefore <= now)
    .filter((step) => step.kind === 'assembleFilm' || hasBought(db, step) || (!full && (!cools || isOver(db, step))))
    .sort((one, other) => turn(one) - turn(other));
}

export function claim(db: Database, pool: string, step: StepRow): Held {
  awaitWith(db, step);
  step.status = 'running';
  step.fence += 1;
  step.attempts += 1;
  step.owner = pool;
  const cancelled = step.task.status === 'cancelled';
  const { fence, failures, generation, edition } = step;
  return { step, fence, failures, generation, edition, cancelled };
}
