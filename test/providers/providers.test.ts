import assert from 'node:assert/strict';
import { loadConfig } from '../../src/config.ts';
import { createProviders } from '../../src/providers/providers.ts';
import { callOf, never, serving, useSandbox } from './support.ts';

const keys = { GLM_API_KEY: 'g'.repeat(20), GEMINI_API_KEY: 'i'.repeat(20), TUZI_API_KEY: 't'.repeat(20) };

describe('createProviders', () => {
  const sandbox = useSandbox();

  it('lets the sandbox stand in for every vendor without a key', async () => {
    const { text, image, video } = createProviders(loadConfig({}), sandbox.url);
    const call = callOf('providers-1');
    const said = await text.complete(
      { messages: [{ role: 'user', content: '你好' }], temperature: 0.7, json: false },
      call,
    );
    assert.match(said.text, /你好/);
    const picture = await image.generate({ prompt: 'a cat', size: '128x72', references: [] }, callOf('providers-2'));
    assert.ok('url' in picture && picture.url.startsWith(sandbox.url));
    const { vendorId } = await video.submit({ prompt: 'a cat', seconds: 5, references: [] }, callOf('providers-3'));
    assert.equal(await video.cancel(vendorId, never), true);
    assert.deepEqual(
      [text, image, video].map(({ capabilities }) => capabilities.idempotency),
      ['key', 'key', 'key'],
    );
  });

  it('polls the sandbox often and a vendor seldom, unless told', () => {
    const pollMs = (env: Record<string, string>) =>
      createProviders(loadConfig(env), sandbox.url).video.capabilities.pollMs;
    assert.equal(pollMs({}), 500);
    assert.equal(pollMs(keys), 5000);
    assert.equal(pollMs({ ...keys, VIDEO_POLL_MS: '250' }), 250);
  });

  it('asks a vendor with a key at its configured address, with its model', async () => {
    const asked: unknown[] = [];
    await serving(
      async (req, res) => {
        let body = '';
        for await (const chunk of req) body += chunk;
        asked.push([req.url, req.headers.authorization, JSON.parse(body).model]);
        res.end('{"choices":[{"message":{"content":"ok"}}]}');
      },
      (origin) => {
        const config = loadConfig({ ...keys, GLM_BASE_URL: `${origin}/api/v9/`, GLM_MODEL: 'glm-5.2' });
        const { text } = createProviders(config);
        return text.complete(
          { messages: [{ role: 'user', content: 'hi' }], temperature: 0.7, json: false },
          callOf('k'),
        );
      },
    );
    assert.deepEqual(asked, [['/api/v9/chat/completions', `Bearer ${keys.GLM_API_KEY}`, 'glm-5.2']]);
  });

  it('refuses to stand in without a sandbox', () => {
    assert.throws(() => createProviders(loadConfig({})), /sandbox stands in for \w+ but is not running/);
  });
});
