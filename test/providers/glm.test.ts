import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { screenplayMessages } from '../../src/film/prompts.ts';
import { readScreenplay } from '../../src/film/screenplay.ts';
import type { ChatRequest } from '../../src/providers/abilities.ts';
import { glm } from '../../src/providers/glm.ts';
import { callOf, failureOf, meaningOf, never, serving, settingsFor, useSandbox } from './support.ts';

const brief = { sceneCount: 4, characterCount: 2, language: 'zh', taskId: 'task-1', imageCount: 0 } as const;
const { system, user } = screenplayMessages({ ...brief, idea: '一只想看海的小猫' });
const request: ChatRequest = {
  messages: [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ],
  temperature: 0.7,
  json: true,
};

/** Sends one request with a model and gives the body as the vendor got it. */
async function sentWith(model: string, asked: ChatRequest): Promise<Record<string, unknown>> {
  let body = '';
  const handler: RequestListener = (req, res) => {
    req.on('data', (chunk) => {
      body += chunk;
    });
    req.on('end', () => res.end('{"choices":[{"message":{"content":"ok"}}]}'));
  };
  await serving(handler, (origin) => glm({ ...settingsFor('glm', origin), model }).complete(asked, callOf('k')));
  return JSON.parse(body);
}

const answering = (answer: object) =>
  serving(
    (_req, res) => res.end(JSON.stringify(answer)),
    (origin) => glm(settingsFor('glm', origin)).complete(request, callOf('k')),
  );
const choice = (content: unknown, finish_reason: string | null) => ({
  choices: [{ finish_reason, message: { content } }],
});

describe('glm', () => {
  const sandbox = useSandbox();
  const provider = () => glm(settingsFor('glm', sandbox.url, 'key'));

  it('gets a screenplay that can be used', async () => {
    const answer = await provider().complete(request, callOf('story-1'));
    const read = readScreenplay(answer.text, { ...brief, complete: answer.complete });
    assert.ok('draft' in read, JSON.stringify(read));
    assert.equal(read.draft.scenes.length, 4);
    assert.equal(read.draft.characters.length, 2);
  });

  it('knows how long an answer can be, and a screenplay that is longer arrives cut off', async () => {
    assert.equal(provider().capabilities.maxOutputTokens, 4095);
    assert.equal(glm({ ...settingsFor('glm', sandbox.url), model: 'glm-4.6' }).capabilities.maxOutputTokens, undefined);
    const long = screenplayMessages({ ...brief, sceneCount: 30, characterCount: 8, idea: '一只想看海的小猫' });
    const messages = [
      { role: 'system' as const, content: long.system },
      { role: 'user' as const, content: long.user },
    ];
    const answer = await provider().complete({ ...request, messages }, callOf('story-long'));
    assert.equal(answer.complete, false);
  });

  it('is charged once for the same key, whoever asks', async () => {
    const before = await sandbox.accepted();
    const answers = await Promise.all([1, 2].map(() => provider().complete(request, callOf('story-2'))));
    assert.deepEqual(answers[0], answers[1]);
    assert.equal(await sandbox.accepted(), before + 1);
  });

  for (const screenplay of ['fenced', 'prose', 'trailingComma'] as const) {
    it(`can use a screenplay that came ${screenplay}`, async () => {
      await sandbox.misbehave({ path: 'chat', fault: { screenplay } });
      const { text, complete } = await provider().complete(request, callOf(`story-${screenplay}`));
      assert.ok('draft' in readScreenplay(text, { ...brief, complete }));
    });
  }
  for (const screenplay of ['truncated', 'wrongCount', 'wrongTypes'] as const) {
    it(`names the faults of a screenplay that came ${screenplay}`, async () => {
      await sandbox.misbehave({ path: 'chat', fault: { screenplay } });
      const { text, complete } = await provider().complete(request, callOf(`story-${screenplay}`));
      assert.ok('faults' in readScreenplay(text, { ...brief, complete }));
    });
  }

  it('says that content was refused, before and after it was taken', async () => {
    for (const [refuse, taken] of [
      [true, 'no'],
      ['finish', 'yes'],
    ] as const) {
      await sandbox.misbehave({ path: 'chat', count: 1, fault: { refuse } });
      const failure = await failureOf(provider().complete(request, callOf(`refused-${refuse}`)));
      assert.equal(meaningOf(failure), `7001 provider_refused ${taken} final`);
      assert.equal(failure.failure.params.input, 'prompt');
    }
  });

  it('names the setting of a retired model', async () => {
    await sandbox.misbehave({ path: 'chat', fault: { retired: true } });
    assert.match((await failureOf(provider().complete(request, callOf('r')))).message, /"glm-4".*GLM_MODEL/);
  });

  it('is in doubt about a lost, cut or garbled answer', async () => {
    for (const fault of [{ lost: true }, { truncate: true }, { garbage: true }]) {
      await sandbox.misbehave({ path: 'chat', count: 1, fault });
      const failure = await failureOf(provider().complete(request, callOf(`lost-${JSON.stringify(fault)}`)));
      assert.match(meaningOf(failure), / unknown retry$/);
    }
  });
});

describe('glm messages', () => {
  const pictures: ChatRequest = {
    messages: [{ role: 'user', content: 'look', images: ['data:image/jpeg;base64,AA=='] }],
    temperature: 0.7,
    json: false,
  };

  it('carry pictures beside the text', async () => {
    const { messages, stream, temperature, response_format } = await sentWith('glm-4', pictures);
    const image = { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,AA==' } };
    assert.deepEqual(messages, [{ role: 'user', content: [{ type: 'text', text: 'look' }, image] }]);
    assert.deepEqual([stream, temperature, response_format], [false, 0.7, undefined]);
  });

  it('ask for JSON only where the model is known to keep it', async () => {
    const formatOf = async (model: string) => (await sentWith(model, request)).response_format;
    for (const model of ['glm-4', 'glm-4-plus', 'glm-4.6', 'glm-5.2']) {
      assert.deepEqual(await formatOf(model), { type: 'json_object' }, model);
    }
    for (const model of ['glm-4v', 'glm-4v-plus', 'glm-4.5v', 'glm-3-turbo', 'gpt-x']) {
      assert.equal(await formatOf(model), undefined, model);
    }
  });

  it('ask the first GLM-4 models for their whole length', async () => {
    assert.equal((await sentWith('glm-4', request)).max_tokens, 4095);
    assert.equal((await sentWith('glm-4.6', request)).max_tokens, undefined);
  });

  it('know which models see', () => {
    const sees = (model: string) => glm({ ...settingsFor('glm', 'http://x'), model }).capabilities.vision;
    assert.deepEqual(['glm-4', 'glm-4v', 'glm-4.5v', 'other'].map(sees), [true, true, true, true]);
    assert.deepEqual(['glm-4-plus', 'glm-4.6', 'glm-5.2', 'glm-z1-air'].map(sees), [false, false, false, false]);
  });
});

describe('glm answers', () => {
  it('are marked where the model ran out of length', async () => {
    assert.deepEqual(await answering(choice('{"a', 'length')), { text: '{"a', complete: false });
  });

  it('come in parts from some gateways', async () => {
    assert.deepEqual(await answering(choice([{ type: 'text', text: 'a' }, { text: 'b' }], 'stop')), {
      text: 'ab',
      complete: true,
    });
  });

  it('that are empty or have no choice are bad output', async () => {
    for (const answer of [choice('', 'stop'), choice(null, null), { choices: [] }, {}]) {
      assert.equal(meaningOf(await failureOf(answering(answer))), '7003 provider_bad_output unknown retry');
    }
  });
});

describe('glm with look-up', () => {
  const sandbox = useSandbox('lookup');
  const provider = () => glm(settingsFor('glm', sandbox.url, 'lookup'));

  it('finds the answer that was lost, and nothing of a call that never arrived', async () => {
    await sandbox.misbehave({ path: 'chat', fault: { lost: true } });
    await failureOf(provider().complete(request, callOf('lost-1')));
    const found = await provider().lookup('lost-1', never);
    assert.ok(found?.complete && found.text.includes('scenes'));
    assert.equal(await provider().lookup('never-1', never), undefined);
  });

  it('does not take an outage or a web page for "never arrived"', async () => {
    await sandbox.misbehave({ path: 'lookup', fault: { status: 500 } });
    assert.match(meaningOf(await failureOf(provider().lookup('k', never))), / no retry$/);
    const page = serving(
      (_req, res) => res.writeHead(404).end('<html>'),
      (origin) => failureOf(glm(settingsFor('glm', origin, 'lookup')).lookup('k', never)),
    );
    assert.match(meaningOf(await page), / no retry$/);
  });

  it('refuses to ask a vendor that keeps no record', async () => {
    await assert.rejects(glm(settingsFor('glm', sandbox.url, 'none')).lookup('k', never), /cannot look up/);
  });
});
