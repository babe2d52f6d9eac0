import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deleteConversation } from '../../src/db/conversations.ts';
import { newId } from '../../src/db/ids.ts';
import { insertMedia } from '../../src/db/media.ts';
import { cancelTurn } from '../../src/engine/turns.ts';
import { type LoggedEvent, readEvents } from '../../src/realtime/eventLog.ts';
import { schemaFinder } from '../contract/walkContract.ts';
import { stopRigs } from '../engine/engineRig.ts';
import { photo } from '../operations/fixtures.ts';
import { useSandbox } from '../providers/support.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { type AgentRig, startAgentRig, startTalk } from './agentRig.ts';

describe('answerMessage', () => {
  const database = useDatabase();
  const sandbox = useSandbox('key');
  const isEvent = schemaFinder()('#/components/schemas/UserEvent');
  let rig: AgentRig;
  const users = new Set<string>();
  const newUser = async () => {
    const id = await addUser(database.db, `user${users.size}`);
    users.add(id);
    return id;
  };

  before(async () => {
    rig = await startAgentRig(database, sandbox.url, { maxTasksPerUser: 2 });
  });
  afterEach(async () => {
    await database.db('tasks').whereIn('status', ['pending', 'processing']).update({ status: 'cancelled' });
  });
  after(async () => {
    await rig.stop();
    await stopRigs();
  });

  /** All events of a user so far, each checked against the contract. */
  const eventsOf = async (userId: string): Promise<(LoggedEvent & { data: Record<string, never> })[]> => {
    const events = await readEvents(database.db, { userId, after: 0, limit: 500 });
    return events.map((event) => {
      const valid = isEvent(JSON.parse(event.message));
      assert.ok(valid, `${event.message} ${JSON.stringify(isEvent.errors)}`);
      return { ...event, data: JSON.parse(event.message).data };
    });
  };
  const until = (userId: string, type: string) =>
    eventually(`${type} is told`, async () => (await eventsOf(userId)).find((event) => event.type === type));
  const paidFor = (taskId: string) => database.db('provider_calls').where({ task_id: taskId });

  it('answers in the language of the message, tells it in pieces and then whole, and books one call', async () => {
    const userId = await newUser();
    const talk = await startTalk(database, userId);
    for (const [content, script] of [
      ['一只想看海的小猫', /[\u4e00-\u9fff]/],
      ['What about a fox in the rain?', /^[^\u4e00-\u9fff]+$/],
    ] as const) {
      const turn = await talk.say(content);
      await eventually('the answer is there', async () => (await talk.messages()).at(-1)?.role === 'assistant');
      const answer = (await talk.messages()).at(-1);
      assert.deepEqual(
        [answer?.id, answer?.type, answer?.metadata],
        [turn.params.answerId, 'text', { turnId: turn.id }],
      );
      assert.match(answer?.content ?? '', script);
      const events = (await eventsOf(userId)).filter(({ data }) => data.turnId === turn.id);
      const deltas = events.filter(({ type }) => type === 'message.delta');
      assert.deepEqual(events.at(-1)?.type, 'message.completed');
      assert.equal(events.length, deltas.length + 1);
      assert.equal(deltas.map(({ data }) => data.text).join(''), answer?.content);
      const calls = await paidFor(turn.id);
      assert.deepEqual(
        calls.map(({ purpose, status, cost_micros }) => [purpose, status, Number(cost_micros)]),
        [['message', 'succeeded', 1000]],
      );
    }
    assert.equal(await talk.count(), 4);
  });

  it('starts a screenplay when the person asks for the film, with the pictures of all messages', async () => {
    const userId = await newUser();
    const talk = await startTalk(database, userId);
    const pictures = [await addPhoto(userId), await addPhoto(userId)];
    await talk.say('一只想看海的小猫，像这张图', pictures.slice(0, 1));
    await until(userId, 'message.completed');
    const turn = await talk.say('很好，把它拍成短片吧，3个场景，1个角色', pictures.slice(1));
    const updated = await until(userId, 'message.updated');
    const answer = (await talk.messages()).at(-1);
    const task = await database.db('tasks').where({ id: answer?.metadata.taskId }).first();
    assert.deepEqual([answer?.id, answer?.type], [turn.params.answerId, 'screenplay']);
    assert.deepEqual([task.type, task.conversation_id], ['screenplay', talk.id]);
    assert.deepEqual([task.params.images, task.params.sceneCount], [pictures.toReversed(), 3]);
    assert.match(task.params.prompt, /小猫/);
    assert.doesNotMatch(answer?.content ?? '', /FILM/);
    const screenplay = await database.db('screenplays').where({ task_id: task.id }).first();
    assert.equal(answer?.metadata.screenplayId, screenplay.id);
    assert.deepEqual(Object(updated.data.message).metadata.screenplayId, screenplay.id);
    const told = (await eventsOf(userId)).filter(({ type }) => type === 'message.delta');
    assert.ok(told.every(({ data }) => !String(data.text).includes('<')));
  });

  it('asks again for a decision that cannot be read, and starts one screenplay', async () => {
    const userId = await newUser();
    const talk = await startTalk(database, userId);
    await sandbox.misbehave({ path: 'chat', nth: 1, fault: { screenplay: 'truncated' } });
    const turn = await talk.say('Please make a film about a fox in the rain');
    await until(userId, 'message.completed');
    const answer = (await talk.messages()).at(-1);
    assert.deepEqual([answer?.type, (await paidFor(turn.id)).length], ['screenplay', 2]);
    assert.match(answer?.content ?? '', /^With pleasure/);
    const started = await database.db('tasks').where({ user_id: userId, type: 'screenplay' });
    assert.equal(started.length, 1);
  });

  it('starts nothing beyond the limit of tasks, and says so', async () => {
    const userId = await newUser();
    const talk = await startTalk(database, userId);
    const busy = { user_id: userId, type: 'film', status: 'processing' };
    await database.db('tasks').insert([newId(), newId()].map((id) => ({ id, ...busy })));
    await talk.say('拍一部小猫看海的短片');
    await until(userId, 'message.completed');
    const answer = (await talk.messages()).at(-1);
    assert.deepEqual([answer?.type, answer?.content], ['text', '已达到进行中任务上限 2。']);
  });

  it('tells a failure with its reason, and the next message gets an answer', async () => {
    const userId = await newUser();
    const talk = await startTalk(database, userId);
    await sandbox.misbehave({ path: 'chat', nth: 1, fault: { refuse: true } });
    const turn = await talk.say('something refused');
    const { data } = await until(userId, 'message.failed');
    assert.deepEqual([data.turnId, Object(data.error).code], [turn.id, 7001]);
    await talk.say('一只想看海的小猫');
    await until(userId, 'message.completed');
    assert.deepEqual(
      (await talk.messages()).map(({ role }) => role),
      ['user', 'user', 'assistant'],
    );
  });

  it('says nothing more of a turn that was cancelled, and keeps nothing of it', async () => {
    const userId = await newUser();
    const talk = await startTalk(database, userId);
    await sandbox.misbehave({ path: 'chat', fault: { hang: 'accepted' } });
    const turn = await talk.say('一只想看海的小猫');
    await eventually('the call is out', async () => (await paidFor(turn.id)).length === 1);
    await cancelTurn(database.db, { turnId: turn.id, conversationId: talk.id, ownerId: userId });
    await eventually(
      'the step has stopped',
      async () => (await database.db('steps').where({ task_id: turn.id }).first()).status === 'cancelled',
    );
    assert.deepEqual(
      (await eventsOf(userId)).map(({ type }) => type),
      ['message.cancelled'],
    );
    assert.equal((await talk.messages()).length, 1);
  });

  it('keeps nothing of an answer that comes right after its cancel', async () => {
    const userId = await newUser();
    const talk = await startTalk(database, userId);
    await database.db.raw(`
      create function cancel_turn() returns trigger language plpgsql as $$
      begin update tasks set status = 'cancelled' where id = new.task_id; return null; end $$;
      create trigger cancel_turn after update on provider_calls for each row when (new.status = 'succeeded') execute function cancel_turn()`);
    const turn = await talk.say('Please make a film about a fox');
    const step = () => database.db('steps').where({ task_id: turn.id }).first();
    await eventually('the step has ended', async () => ['done', 'cancelled'].includes((await step()).status));
    await database.db.raw('drop function cancel_turn cascade');
    assert.equal((await step()).status, 'cancelled');
    assert.equal((await paidFor(turn.id))[0]?.status, 'succeeded');
    assert.equal((await talk.messages()).length, 1);
    assert.equal((await database.db('tasks').where({ user_id: userId, type: 'screenplay' })).length, 0);
  });

  it('writes nothing of a conversation that was deleted meanwhile; the paid call stays on the books', async () => {
    const userId = await newUser();
    const talk = await startTalk(database, userId);
    await sandbox.misbehave({ path: 'chat', fault: { slow: 400 } });
    const turn = await talk.say('Please make a film about a fox');
    await eventually('the call is out', async () => (await paidFor(turn.id)).length === 1);
    assert.ok(await deleteConversation(database.db, talk.id, userId));
    await eventually('the answer is booked', async () => (await paidFor(turn.id))[0]?.status === 'succeeded');
    const { request, answer } = await database.db('provider_calls').where({ task_id: turn.id }).first();
    assert.deepEqual([request, answer], [{}, null]);
    assert.deepEqual(await eventsOf(userId), []);
    assert.deepEqual(await database.db('tasks').where({ user_id: userId }), []);
  });

  async function addPhoto(userId: string): Promise<string> {
    const id = newId();
    const file = join(rig.dir, id);
    await writeFile(file, await photo());
    const storagePath = `media/${userId}/${id}.jpg`;
    await rig.tools.store.put(storagePath, file, 'image/jpeg');
    const facts = { type: 'image', mimeType: 'image/jpeg', size: 1, width: 300, height: 200, duration: null } as const;
    await insertMedia(database.db, {
      ...{ id, userId, taskId: null, originalFilename: null, storagePath, sha256: Buffer.alloc(32) },
      ...facts,
    });
    return id;
  }
});
