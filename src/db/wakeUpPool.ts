import pg from 'pg';

/** The connections of one of graphile-worker's runners. */
export interface WakeUpPool {
  pool: pg.Pool;
  /** Ends them all at once, whatever they wait for: of a silent network nothing else can be had. */
  cut(): void;
  end(): Promise<void>;
}

export function openWakeUpPool(
  databaseUrl: string,
  { max, what, onTrouble }: { max: number; what: 'wake-ups' | 'webhooks'; onTrouble(message: string): void },
): WakeUpPool {
  const pool = new pg.Pool({ connectionString: databaseUrl, max, application_name: `directorai ${what}` });
  const open = new Set<pg.PoolClient>();
  pool.on('error', (error) => onTrouble(error.message));
  pool.on('connect', (client) => {
    open.add(client);
    // Told by the pool, or to whom the connection was lent.
    client.on('error', () => undefined);
  });
  pool.on('remove', (client) => open.delete(client));
  return {
    pool,
    cut() {
      for (const client of open) if (client instanceof pg.Client) client.connection.stream.destroy();
    },
    end: () => pool.end(),
  };
}
