import type { DataOf } from '../../contract/operation.ts';
import { type Pause, type PauseScope, pauseScopes } from '../../db/pauses.ts';

type View = DataOf<'setPause'>;

export function pauseView(scope: PauseScope, pauses: readonly Pause[]): View {
  const pause = pauses.find((one) => one.scope === scope);
  if (!pause) return { scope, paused: false, reason: null, by: null, since: null };
  return { scope, paused: true, reason: pause.reason, by: pause.by, since: pause.since.toISOString() };
}

/** Of every scope, paused or not. */
export const pauseViews = (pauses: readonly Pause[]): View[] => pauseScopes.map((scope) => pauseView(scope, pauses));
