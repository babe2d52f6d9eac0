import express from 'express';
import http from 'node:http';
import pg from 'pg';
import { fork } from 'node:child_process';
import { useDatabase } from '../support/database.ts';
import { useApp } from './testApp.ts';
import autocannon from 'autocannon';
import { writeFileSync } from 'node:fs';

describe('bench', function () {
  this.timeout(300000);
  const app = useApp({ users: ['ada'], validateResponses: false });
  it('runs', async () => {
    const { token, userId } = app.sessionOf('ada');
    const pool = new pg.Pool({ connectionString: app.db.client.config.connection.connectionString, max: 12 });
    const bare = express();
    bare.get('/me', async (_req, res) => {
      const { rows } = await pool.query('select id, username, email, avatar_url, created_at from users where id = $1', [userId]);
      res.json(rows[0]);
    });
    const server = bare.listen(0, '127.0.0.1');
    await new Promise((r) => server.once('listening', r));
    const port = (server.address() as any).port;
    const conv = await app.as('ada').post('/api/v1/conversations').send({ title: 'x' });
    const load = async (url: string, headers: any, method = 'GET', body?: string) => {
      const child = fork('/tmp/scratch/load.mjs', [url, JSON.stringify(headers), method, body ?? ''], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
      const result: any = await new Promise((r) => child.once('message', (m: any) => { if (m.warm) return; r(m); }));
      return result;
    };
    const measure = async (name: string, url: string, headers: any = {}, method = 'GET', body?: string) => {
      const child = fork('/tmp/scratch/load.mjs', [url, JSON.stringify(headers), method, body ?? '']);
      let cpu: any;
      const result: any = await new Promise((r) => child.on('message', (m: any) => { if (m.warm) { cpu = process.cpuUsage(); } else r(m); }));
      const used = process.cpuUsage(cpu);
      const us = (used.user + used.system) / result.n;
      console.log(name, result.n, 'requests', result.codes, us.toFixed(0), 'µs CPU/request');
      await new Promise((r) => child.once('exit', r));
      return us;
    };
    const auth = { authorization: `Bearer ${token}` };
    for (let i = 0; i < 2; i++) {
      const a = await measure('bare', `http://127.0.0.1:${port}/me`);
      const b = await measure('me', `${app.url}/api/v1/auth/me`, auth);
      console.log('ratio', (b / a).toFixed(2));
    }
    await measure('conv get', `${app.url}/api/v1/conversations/${conv.body.data.id}`, auth);
    await measure('conv list', `${app.url}/api/v1/conversations`, auth);
    await measure('conv create', `${app.url}/api/v1/conversations`, { ...auth, 'content-type': 'application/json' }, 'POST', JSON.stringify({ title: 'hello' }));
    server.closeAllConnections(); server.close(); await pool.end();
    if (process.env.PROF) {
      const inspector = await import('node:inspector/promises');
      const s = new inspector.Session(); s.connect();
      await s.post('Profiler.enable'); await s.post('Profiler.start');
      await measure('me', `${app.url}/api/v1/auth/me`, auth);
      const { profile } = await s.post('Profiler.stop');
      writeFileSync('/tmp/scratch/me.cpuprofile', JSON.stringify(profile));
      s.disconnect();
    }
  });
});
