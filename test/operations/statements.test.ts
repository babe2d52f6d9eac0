import assert from 'node:assert/strict';
import type { Screenplay } from '../../src/db/screenplays.ts';
import { useApp } from '../http/testApp.ts';
import { addScreenplay } from './fixtures.ts';
import { drawEverything } from './takeFixtures.ts';

/** What a request may cost the database, `begin` and `commit` included: more is a look at something that was at hand. */
describe('statements of a request', () => {
  const app = useApp({ users: ['ada'], config: { maxTasksPerUser: 50 } });
  let own: Screenplay;
  let scene: string;
  beforeEach(async () => {
    own = await addScreenplay(app.db, app.sessionOf('ada').userId, 'confirmed');
    scene = `/api/v1/screenplays/${own.id}/scenes/${own.scenes[0]?.id}`;
    await drawEverything(app.db, own);
  });

  const statementsOf = async (ask: () => PromiseLike<unknown>): Promise<string[]> => {
    const asked: string[] = [];
    const note = ({ sql }: { sql: string }) => asked.push(sql);
    await app.as('ada').get('/api/v1/auth/me').expect(200);
    app.services.db.on('query', note);
    await ask();
    app.services.db.off('query', note);
    return asked;
  };
  const atMost = (asked: string[], most: number) =>
    assert.ok(asked.length <= most, `${asked.length} statements:\n${asked.join('\n')}`);

  it('are few where a scene is drawn anew', async () => {
    atMost(await statementsOf(() => app.as('ada').post(`${scene}/image`).expect(202)), 10);
    const body = { prompt: 'a pier at dusk' };
    atMost(await statementsOf(() => app.as('ada').post(`${scene}/image`).send(body).expect(202)), 12);
  });

  it('are few where a scene is edited with its cast', async () => {
    const body = { narration: '新的旁白', characterSheetIds: [own.characterSheets[0]?.id] };
    atMost(await statementsOf(() => app.as('ada').patch(scene).send(body).expect(200)), 13);
  });

  it('are few where a film of a screenplay is ordered', async () => {
    await app.db('screenplays').where({ id: own.id }).update({ status: 'confirmed' });
    const body = { type: 'film', params: { screenplayId: own.id } };
    atMost(await statementsOf(() => app.as('ada').post('/api/v1/tasks').send(body).expect(202)), 11);
  });
});
