import type { Knex } from 'knex';

export const pauseScopes = ['all', 'glm', 'gemini', 'tuzi'] as const;
/** A vendor, or all of them. */
export type PauseScope = (typeof pauseScopes)[number];

export interface Pause {
  scope: PauseScope;
  reason: string;
  by: string;
  since: Date;
}

/** Those that are on. */
export async function readPauses(db: Knex): Promise<Pause[]> {
  return db('spending_pauses').select<Pause[]>('scope', 'reason', 'paused_by as by', 'paused_at as since');
}

/** Whether nothing is bought of this vendor now. */
export const isPaused = (pauses: readonly Pause[], vendor: string): boolean =>
  pauses.some(({ scope }) => scope === 'all' || scope === vendor);

/** True of a ready step whose vendor is paused; `s` is the step. */
export const pausedSql = `(s.status = 'ready' and s.vendor is not null
  and exists (select from spending_pauses p where p.scope in (s.vendor, 'all')))`;
