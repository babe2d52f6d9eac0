/** Ends the process with SIGKILL at a named point, for the fault tests; does nothing unless armed. */
export type CrashPoint = (name: CrashPointName) => void;

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

/** `armed` is `name` or `name:nth`, as in the setting CRASH_AT. */
export function crashPoint(armed: string | undefined): CrashPoint {
  if (!armed) return () => undefined;
  const [name, nth = '1'] = armed.split(':');
  let left = Number(nth);
  return (reached) => {
    if (reached !== name) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
