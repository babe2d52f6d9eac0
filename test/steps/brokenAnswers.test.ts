import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import type { Message } from '../../src/db/messages.ts';
import { readEvents } from '../../src/realtime/eventLog.ts';
import { stopRigs } from '../engine/engineRig.ts';
import { serving } from '../providers/support.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { startAgentRig, startTalk } from './agentRig.ts';

interface Written {
  text: string;
  /** Where the vendor stopped it for its length. */
  cut?: true;
}

/** A vendor that writes these answers, one after the other; `asked` collects what it was asked last. */
const writing =
  (answers: Written[], asked: string[]): RequestListener =>
  async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    asked.push(JSON.parse(body).messages.at(-1).content);
    const { text, cut } = answers.shift() ?? { text: 'no more' };
    const reason = cut ? 'length' : 'stop';
    res.setHeader('content-type', 'application/json');
    const message = { role: 'assistant', content: text };
    if (!JSON.parse(body).stream) return res.end(JSON.stringify({ choices: [{ finish_reason: reason, message }] }));
    res.setHeader('content-type', 'text/event-stream');
    res.end(`data: ${JSON.stringify({ choices: [{ finish_reason: reason, delta: message }] })}\n\ndata: [DONE]\n\n`);
  };

describe('answerMessage, with answers that break off', () => {
  const database = useDatabase();
  after(() => stopRigs());

  /** What becomes of a message whose answer is written like this. */
  async function tell(
    content: string,
    answers: Written[],
  ): Promise<{ answer: Message | undefined; failure: unknown; screenplays: number; asked: string[] }> {
    const asked: string[] = [];
    return serving(writing(answers, asked), async (origin) => {
      const rig = await startAgentRig(database, origin);
      try {
        const userId = await addUser(database.db, content);
        const talk = await startTalk(database, userId);
        await talk.say(content);
        const end = await eventually('the turn has ended', async () =>
          (await readEvents(database.db, { userId, after: 0, limit: 500 })).find(({ type }) =>
            ['message.completed', 'message.failed'].includes(type),
          ),
        );
        const orders = database.db('tasks').where({ user_id: userId, type: 'screenplay' });
        const screenplays = (await orders.clone()).length;
        await orders.update({ status: 'cancelled' });
        const answer = (await talk.messages()).find(({ role }) => role === 'assistant');
        return { answer, failure: JSON.parse(end.message).data.error?.code, screenplays, asked };
      } finally {
        await rig.stop();
      }
    });
  }
  const begins = 'All right, I am writing the screenplay now.';

  it('never tells that a film begins where none does', async () => {
    const broken = { text: `${begins}\n<<<FILM\n{"prompt": "a fox in the r` };
    const { answer, failure, screenplays } = await tell('Make it', [broken, { text: 'Here it is, as you wished.' }]);
    assert.deepEqual([answer, failure, screenplays], [undefined, 7003, 0]);
  });

  it('asks again for an answer that broke off before its block, and starts the film of the second', async () => {
    const block = '<<<FILM\n{"prompt": "a fox in the rain"}\nFILM>>>';
    const second = { text: `I am on it.\n${block}` };
    const { answer, screenplays, asked } = await tell('Make it now', [{ text: begins, cut: true }, second]);
    assert.deepEqual([answer?.content, answer?.type, screenplays], ['I am on it.', 'screenplay', 1]);
    assert.match(asked[1] ?? '', /^Your answer broke off/);
  });

  it('takes the words of the second answer where a long talk broke off', async () => {
    const long = { text: 'A fox is a fine hero, because', cut: true } as const;
    const { answer, screenplays } = await tell('Is a fox a good hero?', [long, { text: 'Yes, a fine one.' }]);
    assert.deepEqual([answer?.content, screenplays], ['Yes, a fine one.', 0]);
  });
});
