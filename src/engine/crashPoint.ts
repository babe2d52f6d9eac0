import type { WorkKind } from '../film/glossary.ts';

export const crashPointNames = [
  'after-claim',
  'after-intent',
  'after-answer',
  'after-accept',
  'before-finish',
  'after-finish',
  'before-collect',
] as const;
export type CrashPointName = (typeof crashPointNames)[number];

/** Ends the process with SIGKILL at a named point, for the fault tests; does nothing unless armed. */
export type CrashPoint = (name: CrashPointName, kind?: WorkKind) => void;

/** `armed` is `point`, `point@kind`, and either with `:nth`, as in the setting CRASH_AT. */
export function crashPoint(armed: string | undefined): CrashPoint {
  if (!armed) return () => undefined;
  const [place = '', nth = '1'] = armed.split(':');
  const [point, onlyKind] = place.split('@');
  let left = Number(nth);
  return (name, kind) => {
    if (name !== point || (onlyKind && onlyKind !== kind)) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
