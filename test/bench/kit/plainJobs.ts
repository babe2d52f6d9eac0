import { Logger, run, runMigrations } from 'graphile-worker';
import pg from 'pg';

const quiet = new Logger(() => () => undefined);

/** graphile-worker alone: so many jobs that do nothing, on a pool of its own; answers jobs per second. */
export async function runPlainJobs(
  databaseUrl: string,
  { jobs, concurrency, connections }: { jobs: number; concurrency: number; connections: number },
): Promise<number> {
  const pgPool = new pg.Pool({ connectionString: databaseUrl, max: connections });
  for (const event of ['error', 'connect'] as const) pgPool.on(event, () => undefined);
  try {
    await runMigrations({ pgPool });
    await pgPool.query(
      `select graphile_worker.add_jobs(array(
         select row('nothing', '{}', null, now(), 1, null, null, null)::graphile_worker.job_spec from generate_series(1, $1)))`,
      [jobs],
    );
    const all = Promise.withResolvers<void>();
    let left = jobs;
    let from = 0;
    const nothing = async () => {
      from ||= performance.now();
    };
    const runner = await run({ pgPool, taskList: { nothing }, concurrency, noHandleSignals: true, logger: quiet });
    runner.events.on('job:complete', () => {
      left -= 1;
      if (left === 0) all.resolve();
    });
    await all.promise;
    const ms = performance.now() - from;
    await runner.stop();
    return (jobs / ms) * 1000;
  } finally {
    await pgPool.end();
  }
}
