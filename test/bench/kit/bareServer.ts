import { randomUUID } from 'node:crypto';
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
/** The rows of a film's beginning, in one statement: what `POST /tasks` writes, without a question asked. */
const begin = `
  with task as (
    insert into tasks (id, user_id, type, params, total_weight) values ($1, $2, 'film', $3, 440)
    returning id, type, status, progress, created_at),
  step as (
    insert into steps (id, task_id, user_id, kind, stage, vendor, weight, status)
    values ($4, $1, $2, 'writeScreenplay', 'screenplay', 'glm', 20, 'ready'))
  select *, graphile_worker.add_jobs(array[row('wake', '{}', null, now(), 100, null, null, null)::graphile_worker.job_spec]) from task`;
app.post('/tasks/:user', express.json(), async (req, res) => {
  const { rows } = await pool.query(begin, [
    randomUUID(),
    req.params.user,
    JSON.stringify(req.body.params),
    randomUUID(),
  ]);
  res.status(202).json(rows[0]);
});
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);

/** Its input ends with the process that started it. */
process.stdin.resume().once('end', () => process.exit(0));
