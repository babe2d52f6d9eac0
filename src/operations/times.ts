import { errors, fault } from '../errors.ts';

const dayMs = 86_400_000;
const usualDays = 30;
/** RFC 3339 knows a 60th second for leap seconds; like the clocks of computers, it is taken for the first of the next minute. */
const leapSecond = /^(.{17})60/;

/** The moment that a `date-time` of the contract names. */
export function readTime(text: string): Date {
  const leaps = leapSecond.test(text);
  const time = Date.parse(leaps ? text.replace(leapSecond, '$159') : text);
  return new Date(leaps ? Math.floor(time / 1000) * 1000 + 1000 : time);
}

/** The last thirty days, or as many as may be asked for, unless the caller says otherwise; refused where it is empty or too long. */
export function readWindow({ from, to }: { from?: string; to?: string }, mostDays: number): { from: Date; to: Date } {
  const end = to === undefined ? new Date() : readTime(to);
  const start = from === undefined ? new Date(end.getTime() - Math.min(usualDays, mostDays) * dayMs) : readTime(from);
  if (start >= end) throw errors.invalid([fault('/query/from', 'not_before_to')]);
  if (end.getTime() - start.getTime() > mostDays * dayMs)
    throw errors.invalid([fault('/query/from', 'too_long_before_to', { days: mostDays })]);
  return { from: start, to: end };
}
