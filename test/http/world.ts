import assert from 'node:assert/strict';
import { newId } from '../../src/db/ids.ts';
import { uploadKey } from '../../src/storage/keys.ts';
import { addPicture, addScreenplay } from '../operations/fixtures.ts';
import { addTake } from '../operations/takeFixtures.ts';
import type { TestApp } from './testApp.ts';

/** One of everything of a user's that has an id, by the name of its path parameter. */
export async function worldOf(app: TestApp, name: string): Promise<Record<string, string>> {
  const make = async (path: string, body: object) => {
    const answer = await app.as(name).post(`/api/v1${path}`).send(body);
    assert.ok(answer.status < 300, `${path}: ${answer.text}`);
    return answer.body.data;
  };
  const { id: conversationId } = await make('/conversations', { title: 'The sea' });
  const { turn } = await make(`/conversations/${conversationId}/messages`, { content: 'hello' });
  const { id: taskId } = await make('/tasks', { type: 'image', params: { prompt: 'a cat' } });
  const { id: apiKeyId } = await make('/users/me/api-keys', { name: 'a key' });
  const events = ['task.completed'];
  const { id: webhookId } = await make('/webhooks', { url: 'https://hooks.example.com/films', events });
  const mediaId = await addPicture(app, name);
  const uploadId = await addUpload(app, name);
  const made = { conversationId, turnId: turn.id, taskId, apiKeyId, webhookId, mediaId, uploadId };
  const { userId } = app.sessionOf(name);
  return { ...made, userId, pauseScope: 'tuzi', ...(await addRows(app, userId, made)) };
}

/** As a bucket's client starts it; the tests' own store takes no uploads. */
async function addUpload({ db, sessionOf }: TestApp, name: string): Promise<string> {
  const [id, userId] = [newId(), sessionOf(name).userId];
  const storage_path = uploadKey({ userId, uploadId: id, extension: 'png' });
  const facts = { name: 'sea.png', mime_type: 'image/png', byte_size: 9, expires_at: new Date() };
  await db('media_uploads').insert({ id, user_id: userId, storage_path, ...facts });
  return id;
}

async function addRows({ db }: TestApp, userId: string, { taskId, webhookId }: { taskId: string; webhookId: string }) {
  const screenplay = await addScreenplay(db, userId);
  const sceneUuid = screenplay.scenes[0]?.id ?? '';
  const characterSheetId = screenplay.characterSheets[0]?.id ?? '';
  const { takeId } = await addTake(db, userId, { kind: 'image', subjectId: sceneUuid, inputHash: 'of another input' });
  const step = await db('steps').where({ task_id: taskId }).first<{ id: string }>('id');
  const deliveryId = newId();
  const delivery = { id: deliveryId, endpoint_id: webhookId, user_id: userId, event_type: 'task.completed' };
  await db('webhook_deliveries').insert({ ...delivery, payload: '{}', status: 'failed' });
  return { screenplayId: screenplay.id, sceneUuid, characterSheetId, takeId, stepId: step.id, deliveryId };
}
