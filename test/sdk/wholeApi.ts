import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { photo } from '../operations/fixtures.ts';
import { type Client, DirectorAI, sdk } from './sdk.ts';
import { password, type Service } from './service.ts';

/** What an integrator does beside making a film. */
export function describeTheRest(service: Service, dir: () => string): void {
  let gina: Client;
  before(async () => {
    gina = await service.join('gina');
  });

  it('an API key lets a server in until it is revoked', async () => {
    const { id, key } = await gina.apiKeys.create({ name: 'build server' });
    const server = new DirectorAI({ baseUrl: service.url, apiKey: key });
    assert.equal((await server.auth.me()).username, 'gina');
    await gina.apiKeys.revoke(id);
    await assert.rejects(server.auth.me(), sdk.AuthenticationError);
    assert.ok((await gina.apiKeys.list()).items[0]?.revokedAt instanceof Date);
  });

  it('a change of password ends other sessions, and the client goes on', async () => {
    const hal = await service.join('hal');
    const other = new DirectorAI({ baseUrl: service.url, email: 'hal@example.com', password });
    const { token } = await other.auth.login({ email: 'hal@example.com', password });
    await hal.users.changePassword({ currentPassword: password, newPassword: `${password}!` });
    assert.equal((await hal.auth.me()).username, 'hal');
    await assert.rejects(new DirectorAI({ baseUrl: service.url, token }).auth.me(), sdk.AuthenticationError);
    assert.ok((await hal.users.setAvatar(await photo(), { filename: 'hal.jpg' })).avatar);
    await hal.users.delete(`${password}!`);
    await assert.rejects(hal.auth.me(), sdk.AuthenticationError);
  });

  it('an order that would cost too much is refused, and one over budget fails before anything is bought', async () => {
    const params = { prompt: 'a kitten', sceneCount: 2, sceneSeconds: 5 } as const;
    const { costMicros } = await gina.tasks.estimate({ type: 'film', params });
    const order = { ...params, maxCost: costMicros - 1 };
    await assert.rejects(gina.films.create(order), { name: 'BudgetError', code: 5001 });
    assert.equal((await gina.tasks.list({ type: 'film', createdAfter: new Date(0) })).total, 0);
    await gina.budgets.set({ dayMicros: 0 });
    await assert.rejects(gina.images.create({ prompt: 'a kitten' }).wait(), {
      name: 'TaskFailedError',
      message: /budget/i,
    });
    await gina.budgets.set({ dayMicros: null });
    assert.equal((await gina.budgets.get()).day.spentMicros, 0);
    assert.ok((await gina.models.list()).items.length > 0);
  });

  it('messages.ask gives the answer, and tells of it while it is written', async () => {
    const { id } = await gina.conversations.create({ title: 'Talk' });
    const told: string[] = [];
    const answer = await gina.messages.ask(
      id,
      { content: '你好，你能做什么？' },
      { onText: (text) => told.push(text) },
    );
    assert.equal(answer.role, 'assistant');
    assert.ok(told.every((text) => answer.content.startsWith(text)));
    assert.deepEqual(
      (await gina.messages.list(id, { pageSize: 1 }).all()).map(({ role }) => role),
      ['assistant', 'user'],
    );
  });

  it('a screenplay is written, changed scene by scene, and exported', async () => {
    const written = await gina.screenplays.create({ prompt: 'a fox', sceneCount: 2, characterCount: 1 }).wait();
    const { screenplayId } = written.result;
    const { scenes } = await gina.screenplays.get(screenplayId);
    const [first] = scenes;
    const added = await gina.scenes.add(screenplayId, {
      narration: '完。',
      imagePrompt: 'the sea',
      videoPrompt: 'waves',
    });
    await gina.scenes.reorder(screenplayId, [added.id, ...scenes.map(({ id }) => id)]);
    await gina.scenes.delete(screenplayId, added.id);
    const picture = await gina.scenes.regenerateImage(screenplayId, first?.id ?? '').wait();
    const [take] = await gina.takes.list(screenplayId, first?.id ?? '', { kind: 'image' }).all();
    assert.equal(take?.mediaId, picture.result.mediaId);
    assert.equal((await gina.takes.select(screenplayId, first?.id ?? '', take?.id ?? '')).id, first?.id);
    await gina.screenplays.saveExport(screenplayId, join(dir(), 'fox.zip'));
    assert.equal((await readFile(join(dir(), 'fox.zip'))).subarray(0, 2).toString(), 'PK');
    await gina.screenplays.delete(screenplayId);
    await assert.rejects(gina.screenplays.get(screenplayId), sdk.NotFoundError);
  });

  it('usage and analytics know what was bought', async () => {
    const { data } = await gina.analytics.overview({ from: new Date(Date.now() - 3_600_000) }).withResponse();
    assert.ok(data);
    assert.ok(await gina.analytics.timeline({ interval: 'day' }));
    assert.ok(await gina.users.usage({ groupBy: 'day' }));
  });

  it('a webhook endpoint is made, its secret is shown once, and replaced', async () => {
    const made = await gina.webhooks.create({ url: 'https://hooks.example.com/films', events: ['task.completed'] });
    assert.match(made.secret, /^whsec_/);
    assert.ok((await gina.webhooks.rotateSecret(made.id)).secret !== made.secret);
    assert.equal((await gina.webhooks.update(made.id, { enabled: false })).enabled, false);
    assert.deepEqual(await gina.webhooks.deliveries(made.id).all(), []);
    await gina.webhooks.delete(made.id);
    assert.equal((await gina.webhooks.list()).total, 0);
  });
}
