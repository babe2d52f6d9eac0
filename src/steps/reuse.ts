import { findEqualTake, findTakeOf, type Take, type TakeKind } from '../db/takes.ts';
import type { StepContext } from '../engine/step.ts';

/** The take that is shown already, and whether a person chose it. */
export interface Selected {
  takeId: string | null;
  picked: boolean;
}

/**
 * The take a film need not buy: the one shown already, if a person picked it or it was made from this very input, else the newest
 * that was. Work that was asked for by itself is always done anew.
 */
export async function findUsableTake(
  { db, task }: Pick<StepContext, 'db' | 'task'>,
  order: { kind: TakeKind; subjectId: string | null; inputHash: string; selected?: Selected },
): Promise<Take | undefined> {
  const { kind, subjectId, inputHash, selected } = order;
  if (task.type !== 'film' || !subjectId) return undefined;
  const shown = selected?.takeId ? await findTakeOf(db, subjectId, selected.takeId) : undefined;
  if (shown && (selected?.picked || shown.inputHash === inputHash)) return shown;
  return findEqualTake(db, kind, subjectId, inputHash);
}
