import { type AnalyticsRange, readOverview, readTimeline } from '../db/analytics.ts';
import { errors, type FieldFault } from '../errors.ts';
import type { Operation, UserContext } from './context.ts';
import { success } from './envelope.ts';

const dayMs = 86_400_000;
const daysByDefault = 30;
const daysAtMost = { day: 366, hour: 31 };

interface Asked {
  from?: string | undefined;
  to?: string | undefined;
  scope: 'own' | 'all';
}

/** Throws for a range that is empty or too long, and for `all` unless an administrator asks. */
function rangeOf({ user }: UserContext, { from, to, scope }: Asked, interval: 'day' | 'hour' = 'day'): AnalyticsRange {
  if (scope === 'all' && !user.isAdmin) throw errors.forbidden();
  const end = to === undefined ? Date.now() : Date.parse(to);
  const most = daysAtMost[interval];
  const start = from === undefined ? end - Math.min(daysByDefault, most) * dayMs : Date.parse(from);
  const faults = faultsOf(start, end, most);
  if (faults.length > 0) throw errors.invalid(faults);
  return { userId: scope === 'all' ? undefined : user.id, from: new Date(start), to: new Date(end) };
}

function faultsOf(start: number, end: number, mostDays: number): FieldFault[] {
  if (Number.isNaN(end)) return [{ pointer: '/query/to', detail: 'is not a time' }];
  if (Number.isNaN(start)) return [{ pointer: '/query/from', detail: 'is not a time' }];
  if (start >= end) return [{ pointer: '/query/from', detail: 'must be earlier than `to`' }];
  if (end - start > mostDays * dayMs)
    return [{ pointer: '/query/from', detail: `must be at most ${mostDays} days before \`to\`` }];
  return [];
}

const shown = ({ from, to }: AnalyticsRange, scope: 'own' | 'all') => ({
  scope,
  from: from.toISOString(),
  to: to.toISOString(),
});

export const getAnalyticsOverview: Operation<'getAnalyticsOverview'> = async (ctx, { query }) => {
  const range = rangeOf(ctx, query);
  const { tasks, stages, costs } = await readOverview(ctx.db, range);
  const sum = (of: (typeof tasks)[number][]) => (key: 'total' | 'completed' | 'failed') =>
    of.reduce((total, one) => total + one[key], 0);
  const all = sum(tasks);
  const ended = all('completed') + all('failed');
  const overview = {
    ...shown(range, query.scope),
    taskCount: all('total'),
    successRate: ended === 0 ? null : all('completed') / ended,
    tasks,
    stages,
    costMicros: costs.reduce((total, { costMicros }) => total + costMicros, 0),
    costs,
  };
  return { status: 200, body: success(ctx, overview) };
};

export const getAnalyticsTimeline: Operation<'getAnalyticsTimeline'> = async (ctx, { query }) => {
  const { interval, scope } = query;
  const range = rangeOf(ctx, query, interval);
  const points = await readTimeline(ctx.db, { ...range, interval });
  const timeline = {
    ...shown(range, scope),
    interval,
    points: points.map((point) => ({ ...point, start: point.start.toISOString() })),
  };
  return { status: 200, body: success(ctx, timeline) };
};
