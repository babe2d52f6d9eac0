import assert from 'node:assert/strict';
import { openApiDocument } from '../../src/contract/document.ts';
import type { Screenplay } from '../../src/db/screenplays.ts';
import { requestSchemas } from '../contract/walkContract.ts';
import { addMediaRow, addPicture, addScreenplay } from '../operations/fixtures.ts';
import { addTake, drawEverything } from '../operations/takeFixtures.ts';
import { useApp } from './testApp.ts';

const upper = (id: string | undefined): string => (id ?? '').toUpperCase();

/** Some languages write UUIDs in capitals; to Postgres both are one, and so they are to everything behind the validator. */
describe('ids in capitals', () => {
  const app = useApp({ users: ['ada'], config: { maxTasksPerUser: 50 } });
  const ada = () => app.as('ada');
  let own: Screenplay;
  let base: string;
  before(async () => {
    own = await addScreenplay(app.db, app.sessionOf('ada').userId);
    await drawEverything(app.db, own);
    base = `/api/v1/screenplays/${upper(own.id)}`;
  });
  const sceneUuid = (index: number) => own.scenes[index]?.id;

  it('are one schema of the contract, since the validator sees to no other', () => {
    const uuids = requestSchemas(openApiDocument()).filter(([, { format }]) => format === 'uuid');
    assert.deepEqual(uuids, [['Uuid', { type: 'string', format: 'uuid', maxLength: 36 }]]);
  });

  it('are changed and shown like any other', async () => {
    const scene = await ada()
      .patch(`${base}/scenes/${upper(sceneUuid(0))}`)
      .send({ narration: 'Waves.', characterSheetIds: [upper(own.characterSheets[0]?.id)] })
      .expect(200);
    const { id, narration, characterSheetIds } = scene.body.data;
    assert.deepEqual([id, narration, characterSheetIds], [sceneUuid(0), 'Waves.', [own.characterSheets[0]?.id]]);
    const sheet = own.characterSheets[0]?.id;
    const { body } = await ada()
      .patch(`${base}/character-sheets/${upper(sheet)}`)
      .send({ description: 'a grey kitten' })
      .expect(200);
    assert.equal(body.data.id, sheet);
  });

  it('choose a take', async () => {
    const { userId } = app.sessionOf('ada');
    const given = { kind: 'image', subjectId: sceneUuid(1) ?? '', inputHash: 'of another input' } as const;
    const { takeId, mediaId } = await addTake(app.db, userId, given);
    const address = `${base}/scenes/${upper(sceneUuid(1))}/takes/${upper(takeId)}/select`;
    const { body } = await ada().post(address).expect(200);
    assert.match(body.data.imageUrl, new RegExp(mediaId));
  });

  it('put scenes into an order, each once, and delete one', async () => {
    const order = (sceneIds: (string | undefined)[]) => ada().put(`${base}/scene-order`).send({ sceneIds });
    const { body } = await order([upper(sceneUuid(1)), upper(sceneUuid(0))]).expect(200);
    assert.equal(body.data.scenes[0].id, sceneUuid(1));
    const twice = await order([upper(sceneUuid(1)), sceneUuid(1)]).expect(400);
    assert.equal(twice.body.errors[0].pointer, '/body/sceneIds/1');
    await ada()
      .delete(`${base}/scenes/${upper(sceneUuid(1))}`)
      .expect(200);
  });

  it('name the pictures of orders and messages', async () => {
    const picture = upper(await addPicture(app, 'ada'));
    const order = (params: object) => ada().post('/api/v1/tasks').send({ type: 'video', params });
    await order({ prompt: 'a cat', firstFrame: picture, references: [picture] }).expect(202);
    const film = { type: 'film', params: { prompt: 'a cat', images: [picture] } };
    await ada().post('/api/v1/tasks').send(film).expect(202);
    const clip = upper(await addMediaRow(app.db, app.sessionOf('ada').userId, 'video'));
    const { body } = await order({ prompt: 'a cat', firstFrame: clip }).expect(400);
    assert.equal(body.errors[0].pointer, '/body/params/firstFrame');
    const talk = await ada().post('/api/v1/conversations').send({ title: 'The sea' }).expect(201);
    const said = { content: 'a cat', images: [picture], screenplayId: upper(own.id) };
    const messages = `/api/v1/conversations/${upper(talk.body.data.id)}/messages`;
    const { body: answer } = await ada().post(messages).send(said).expect(202);
    assert.equal(answer.data.message.metadata.aboutScreenplayId, own.id);
  });

  it('end a conversation with all that the event log holds of it', async () => {
    const { body } = await ada().post('/api/v1/conversations').send({ title: 'The sea' }).expect(201);
    const { id } = body.data;
    const event = { user_id: app.sessionOf('ada').userId, seq: 1_000, type: 'message.created' };
    await app.db('events').insert({ ...event, data: { conversationId: id } });
    await ada()
      .delete(`/api/v1/conversations/${upper(id)}`)
      .expect(200);
    assert.deepEqual(await app.db('events').whereRaw("data ->> 'conversationId' = ?", [id]), []);
  });

  it('make the same request as in small letters to an idempotency key', async () => {
    const draw = (id: string | undefined) =>
      ada().post('/api/v1/images').set('Idempotency-Key', 'in-capitals').send({ sceneUuid: id });
    const first = await draw(upper(sceneUuid(0))).expect(202);
    const again = await draw(sceneUuid(0)).expect(202).expect('Idempotent-Replayed', 'true');
    assert.equal(again.text, first.text);
  });

  it('are told to be none where they are none', async () => {
    const wrong = { type: 'video', params: { prompt: 'a cat', firstFrame: 'NONE', references: [7, 'URN'] } };
    const { body } = await ada().post('/api/v1/tasks').send(wrong).expect(400);
    const told = body.errors.map(({ pointer, detail }: { pointer: string; detail: string }) => [pointer, detail]);
    assert.deepEqual(told, [
      ['/body/params/firstFrame', 'must be a UUID'],
      ['/body/params/references/0', 'must be text'],
      ['/body/params/references/1', 'must be a UUID'],
    ]);
  });
});
