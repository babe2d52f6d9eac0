import type { Knex } from 'knex';
import { newId } from './ids.ts';

export type TakeKind = 'character_sheet' | 'image' | 'clip' | 'film';

/** A reference picture that was left out of a call, and why. */
export interface DroppedReference {
  mediaId: string;
  reason: string;
}

export interface Take {
  id: string;
  kind: TakeKind;
  subjectId: string | null;
  mediaId: string;
}

export interface NewTake extends Omit<Take, 'id'> {
  userId: string;
  stepId: string;
  prompt: string;
  vendor: string | null;
  model: string | null;
  /** Media ids really attached. */
  referencesSent: string[];
  referencesDropped: DroppedReference[];
  /** Micro-USD. */
  costMicros: number;
  /** Hex SHA-256 over everything that shaped it. */
  inputHash: string;
}

interface TakeRow {
  id: string;
  user_id: string;
  kind: TakeKind;
  subject_id: string | null;
  media_id: string;
  input_hash: string;
}

export async function insertTake(db: Knex, take: NewTake): Promise<string> {
  const id = newId();
  await db('takes').insert({
    id,
    user_id: take.userId,
    step_id: take.stepId,
    kind: take.kind,
    subject_id: take.subjectId,
    media_id: take.mediaId,
    prompt: take.prompt,
    vendor: take.vendor,
    model: take.model,
    references_sent: JSON.stringify(take.referencesSent),
    references_dropped: JSON.stringify(take.referencesDropped),
    cost_micros: take.costMicros,
    input_hash: take.inputHash,
  });
  return id;
}

/** The newest take of a subject that was made from exactly this input: it is bought already. */
export async function findEqualTake(
  db: Knex,
  kind: TakeKind,
  subjectId: string,
  inputHash: string,
): Promise<Take | undefined> {
  const row = await db<TakeRow>('takes')
    .where({ kind, subject_id: subjectId, input_hash: inputHash })
    .orderBy('id', 'desc')
    .first();
  return row && { id: row.id, kind: row.kind, subjectId: row.subject_id, mediaId: row.media_id };
}
