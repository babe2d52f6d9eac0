import { sumUsage, usageByDay, usageByFilm } from '../db/usage.ts';
import type { Operation } from './context.ts';
import { success } from './envelope.ts';
import { readWindow } from './times.ts';

const mostDays = 366;
const mostFilms = 1000;

/** From the ledger: what vendors accepted, and what they may have. */
export const getUsage: Operation<'getUsage'> = async ({ db, user, ...ctx }, { query }) => {
  const { groupBy = 'day' } = query;
  const window = readWindow(query, mostDays);
  const [total, days, films] = await Promise.all([
    sumUsage(db, user.id, window),
    groupBy === 'day' ? usageByDay(db, user.id, window) : [],
    groupBy === 'film' ? usageByFilm(db, user.id, { ...window, most: mostFilms }) : [],
  ]);
  const data = { from: window.from.toISOString(), to: window.to.toISOString(), groupBy, total, days, films };
  return { status: 200, body: success(ctx, data) };
};
