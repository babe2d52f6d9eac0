import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { insertApiKey, revokeApiKey } from '../../src/db/apiKeys.ts';
import { newId } from '../../src/db/ids.ts';
import { tellAccessChanged } from '../../src/db/listeners.ts';
import { openTokenFamily, revokeFamily } from '../../src/db/refreshTokens.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TcpProxy } from '../support/proxy.ts';
import { addUser } from '../support/rows.ts';
import { type Stage, startStage } from './stage.ts';
import { openStream } from './streamClient.ts';

describe('a stream whose access ends while no notification comes through', () => {
  const database = useDatabase();
  const everyMs = 500;
  let proxy: TcpProxy;
  let stage: Stage;
  let userId: string;

  before(async () => {
    proxy = await startProxy(database.url);
    stage = await startStage(database, { databaseUrl: proxy.url, checkUsersEveryMs: everyMs });
    userId = await addUser(database.db);
    proxy.refuse(true);
    await eventually('the hub lost its connection', () => !stage.realtime.hub.listening);
  });
  after(async () => {
    await stage?.close();
    await proxy?.close();
  });

  const openSession = () => openTokenFamily(database.db, userId, randomBytes(32));
  const openKey = async () => {
    const key = { id: newId(), name: 'server', prefix: 'dai_12345678', expiresAt: null };
    return (await insertApiKey(database.db, { ...key, userId, keyHash: randomBytes(32) })).id;
  };

  for (const [what, kind, open, revoke] of [
    ['an ended session', 'session', openSession, (id: string) => revokeFamily(database.db, id)],
    ['a revoked key', 'key', openKey, (id: string) => revokeApiKey(database.db, id, userId)],
  ] as const) {
    it(`is ended by the sweep of its node, within its period: ${what}`, async () => {
      const ids = [await open(), await open()] as const;
      const [ends, stays] = await Promise.all(
        ids.map((id) => openStream(`${stage.url}/${userId}/events?grant=${kind}:${id}`)),
      );
      await revoke(ids[0]);
      await tellAccessChanged(database.db, userId);
      const since = performance.now();
      await ends?.ended;
      assert.ok(performance.now() - since < everyMs + 5000);
      assert.ok(ends?.response.complete, 'it was ended in order, not cut');
      assert.equal(stays?.response.closed, false);
      assert.equal(stage.realtime.hub.listening, false);
      stays?.close();
    });
  }
});
