import { errors } from '../errors.ts';
import type { Context, Operation } from './context.ts';
import { success } from './envelope.ts';

const patienceMs = 2000;
const sharedMs = 500;

export const getLiveness: Operation<'getLiveness'> = async (ctx) => {
  return { status: 200, body: success(ctx, { status: 'ok', checks: [] }) };
};

/** Ready means: not draining, and the database answers. Without LISTEN events still flow, polled, so that is only degraded. */
export const getReadiness: Operation<'getReadiness'> = async (ctx) => {
  if (ctx.services.isDraining() || !(await databaseAnswers(ctx))) throw errors.unavailable();
  const { listening } = ctx.services.realtime.hub;
  const checks = [
    { name: 'database', status: 'ok' as const },
    { name: 'events', status: listening ? ('ok' as const) : ('failed' as const) },
  ];
  return { status: 200, body: success(ctx, { status: listening ? 'ok' : 'degraded', checks }) };
};

const asked = new WeakMap<object, { until: number; answer: Promise<boolean> }>();

/** Nobody's requests for this are counted, so however many come, the pool is asked twice a second. */
function databaseAnswers(ctx: Context): Promise<boolean> {
  const now = performance.now();
  const last = asked.get(ctx.db);
  if (last && now < last.until) return last.answer;
  const answer = askDatabase(ctx);
  asked.set(ctx.db, { until: now + sharedMs, answer });
  return answer;
}

async function askDatabase({ db, log }: Context): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, patienceMs, false);
  });
  const answered = db.raw('select 1').then(
    () => true,
    (error: Error) => {
      log.warn({ err: error.message }, 'the database does not answer');
      return false;
    },
  );
  return Promise.race([answered, tooLate]).finally(() => clearTimeout(timer));
}
