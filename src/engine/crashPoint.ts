import { writeSync } from 'node:fs';
import type { WorkKind } from '../film/glossary.ts';

const crashPointNames = [
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

const standardError = 2;

/** `armed` is a list of `point`, `point@kind`, and either with `:nth`, as in the setting CRASH_AT; the first that is reached counts, and is said. */
export function crashPoint(armed: string | undefined): CrashPoint {
  if (!armed) return () => undefined;
  const places = armed.split(',').map((one) => {
    const [place = '', nth = '1'] = one.split(':');
    const [point, kind] = place.split('@');
    return { place, point, kind, left: Number(nth) };
  });
  return (name, kind) => {
    for (const one of places) {
      if (name !== one.point || (one.kind && one.kind !== kind)) continue;
      one.left -= 1;
      if (one.left > 0) continue;
      writeSync(standardError, `killed at ${one.place}\n`);
      process.kill(process.pid, 'SIGKILL');
    }
  };
}
