import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import pg from 'pg';

/** What a request costs at the least: Express 5, one route, one `pg` select by primary key, JSON out. Nothing is checked. */
const pool = new pg.Pool({ connectionString: process.argv[2], max: 20 });
const app = express();
app.get('/conversations/:id', async (req, res) => {
  const { rows } = await pool.query(
    'select id, title, message_count, is_pinned, created_at, updated_at from conversations where id = $1',
    [req.params.id],
  );
  res.json(rows[0]);
});
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);

/** Its input ends with the process that started it. */
process.stdin.resume().once('end', () => process.exit(0));
