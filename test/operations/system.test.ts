import assert from 'node:assert/strict';
import { useApp } from '../http/testApp.ts';
import { eventually } from '../support/eventually.ts';

describe('system', () => {
  const app = useApp();

  it('getLiveness asks nobody and needs no token', async () => {
    const { body } = await app.anyone().get('/api/v1/health/live').expect(200);
    assert.deepEqual(body.data, { status: 'ok', checks: [] });
  });

  it('getReadiness looks at the database and the event connection', async () => {
    await eventually('the hub listens', () => app.services.realtime.hub.listening);
    const { body } = await app.anyone().get('/api/v1/health/ready').expect(200);
    assert.deepEqual(body.data, {
      status: 'ok',
      checks: [
        { name: 'database', status: 'ok' },
        { name: 'events', status: 'ok' },
      ],
    });
  });

  it('getReadiness asks the database twice a second at most, however many ask', async () => {
    let asked = 0;
    const count = ({ sql }: { sql: string }) => {
      if (sql === 'select 1') asked += 1;
    };
    app.services.db.on('query', count);
    await Promise.all(Array.from({ length: 30 }, () => app.anyone().get('/api/v1/health/ready').expect(200)));
    app.services.db.off('query', count);
    assert.ok(asked <= 3, `${asked} times`);
  });

  it('getReadiness says no while the process drains, and getLiveness still says yes', async () => {
    app.draining = true;
    const { body, headers } = await app.anyone().get('/api/v1/health/ready').expect(503);
    assert.deepEqual([body.code, headers['retry-after']], [6001, '2']);
    await app.anyone().get('/api/v1/health/live').expect(200);
    app.draining = false;
    await app.anyone().get('/api/v1/health/ready').expect(200);
  });

  it('counts health checks against nobody’s limit', async () => {
    const { headers } = await app.anyone().get('/api/v1/health/live').expect(200);
    assert.equal(headers['ratelimit-limit'], undefined);
  });
});
