import { hostname } from 'node:os';
import pg from 'pg';
import type { Log } from '../log.ts';
import { beatEveryMs, isSilent } from './leaseRules.ts';

/** Advisory lock class of worker lives; the sweeper tries the same lock. */
const lifeClass = 7301;

export interface Lease {
  /** Throws once this process may be taken for dead; call it right before anything that cannot be undone. */
  assertAlive(): void;
  /** Gives the lease up as lost, as if its connection had broken. */
  lose(reason: string): void;
  drain(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Registers this worker and keeps proving that it lives: an advisory lock for its connection, a beat for its event loop.
 * `onLost` is called once, when either fails; after that nothing this worker writes will land.
 */
export async function openLease(options: {
  databaseUrl: string;
  poolId: string;
  log: Log;
  onLost: (reason: string, how: { fenced: boolean }) => void;
}): Promise<Lease> {
  const { poolId } = options;
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    application_name: 'directorai lease',
    keepAlive: true,
    keepAliveInitialDelayMillis: 1_000,
  });
  const state = { lost: '', ended: false, lastBeat: performance.now() };
  const lose = (reason: string, fenced = false) => {
    if (state.lost || state.ended) return;
    state.lost = reason;
    options.onLost(reason, { fenced });
  };
  client.on('error', (error) => lose(`its connection broke: ${error.message}`));
  client.on('end', () => lose('its connection ended'));
  await client.connect();
  await register(client, poolId);

  const beat = startBeat({ client, poolId, state, lose });
  return {
    assertAlive() {
      if (!state.lost && isSilent(state.lastBeat, performance.now())) lose('its beat is late');
      if (state.lost) throw new Error(`this worker's lease is lost: ${state.lost}`);
    },
    lose: (reason) => lose(reason),
    async drain() {
      if (!state.lost)
        await client.query('update worker_sessions set draining_at = now() where pool_id = $1', [poolId]);
    },
    async release() {
      state.ended = true;
      clearInterval(beat);
      if (!state.lost) await client.query('update worker_sessions set fenced_at = now() where pool_id = $1', [poolId]);
      await client.end();
    },
  };
}

async function register(client: pg.Client, poolId: string): Promise<void> {
  const { rows } = await client.query<{ slot: number }>("select nextval('worker_slots')::int as slot");
  const slot = rows[0]?.slot;
  await client.query('select pg_advisory_lock($1, $2)', [lifeClass, slot]);
  await client.query(
    `with session as (
       insert into worker_sessions (pool_id, slot, host, backend_pid, backend_start)
       select $1, $2, $3, pid, backend_start from pg_stat_activity where pid = pg_backend_pid() returning pool_id)
     insert into worker_beats (pool_id) select pool_id from session`,
    [poolId, slot, `${hostname()}:${process.pid}`],
  );
}

function startBeat(lease: {
  client: pg.Client;
  poolId: string;
  state: { lost: string; lastBeat: number };
  lose: (reason: string, fenced?: boolean) => void;
}): NodeJS.Timeout {
  const { client, poolId, state, lose } = lease;
  let pending = false;
  const beat = async () => {
    pending = true;
    const sentAt = performance.now();
    const { rowCount } = await client.query(
      `update worker_beats b set beat_at = clock_timestamp() from worker_sessions w
       where b.pool_id = $1 and w.pool_id = $1 and w.fenced_at is null`,
      [poolId],
    );
    pending = false;
    if (rowCount === 0) lose('it was fenced', true);
    else state.lastBeat = sentAt;
  };
  return setInterval(() => {
    if (isSilent(state.lastBeat, performance.now())) lose('its beat is late');
    else if (!pending) beat().catch((error: Error) => lose(`its beat failed: ${error.message}`));
  }, beatEveryMs);
}
