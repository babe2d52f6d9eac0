import { sumUsage, type UsageWindow, usageByDay, usageByFilm } from '../db/usage.ts';
import { errors } from '../errors.ts';
import type { Operation } from './context.ts';
import { success } from './envelope.ts';

const dayMs = 86_400_000;
const mostDays = 366;
const usualDays = 30;
const mostFilms = 1000;

/** The last thirty days unless the caller says otherwise. */
function windowOf({ from, to }: { from?: string; to?: string }): UsageWindow {
  const until = to === undefined ? new Date() : new Date(to);
  const since = from === undefined ? new Date(until.getTime() - usualDays * dayMs) : new Date(from);
  const fault = (detail: string) => errors.invalid([{ pointer: '/query/to', detail }]);
  if (since >= until) throw fault('is not after `from`');
  if (until.getTime() - since.getTime() > mostDays * dayMs) throw fault(`is more than ${mostDays} days after \`from\``);
  return { from: since, to: until };
}

/** From the ledger: what vendors accepted, and what they may have. */
export const getUsage: Operation<'getUsage'> = async ({ db, user, ...ctx }, { query }) => {
  const { groupBy = 'day' } = query;
  const window = windowOf(query);
  const [total, days, films] = await Promise.all([
    sumUsage(db, user.id, window),
    groupBy === 'day' ? usageByDay(db, user.id, window) : [],
    groupBy === 'film' ? usageByFilm(db, user.id, { ...window, most: mostFilms }) : [],
  ]);
  const data = { from: window.from.toISOString(), to: window.to.toISOString(), groupBy, total, days, films };
  return { status: 200, body: success(ctx, data) };
};
