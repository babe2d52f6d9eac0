import { type AnalyticsRange, readOverview, readTimeline } from '../db/analytics.ts';
import { errors } from '../errors.ts';
import type { Operation, UserContext } from './context.ts';
import { success } from './envelope.ts';
import { readWindow } from './times.ts';

const daysAtMost = { day: 366, hour: 31 };

interface Asked {
  from?: string;
  to?: string;
  scope: 'own' | 'all';
}

/** Throws for a range that is empty or too long, and for `all` unless an administrator asks. */
function rangeOf({ user }: UserContext, asked: Asked, interval: 'day' | 'hour' = 'day'): AnalyticsRange {
  if (asked.scope === 'all' && !user.isAdmin) throw errors.forbidden();
  return { userId: asked.scope === 'all' ? undefined : user.id, ...readWindow(asked, daysAtMost[interval]) };
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
