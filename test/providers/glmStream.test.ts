import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { ChatRequest } from '../../src/providers/abilities.ts';
import { glm } from '../../src/providers/glm.ts';
import { callOf, failureOf, meaningOf, serving, settingsFor, useSandbox } from './support.ts';

const request: ChatRequest = {
  messages: [{ role: 'user', content: '一只想看海的小猫' }],
  temperature: 0.7,
  json: false,
};

/** What comes of an answer that a server writes piece by piece. */
async function streaming(write: (res: ServerResponse) => void, type = 'text/event-stream') {
  const pieces: string[] = [];
  const answer = await serving(
    (req, res) => {
      req.resume();
      res.writeHead(200, { 'content-type': type });
      write(res);
    },
    (origin) =>
      glm(settingsFor('glm', origin)).complete(request, { ...callOf('k'), onText: (piece) => pieces.push(piece) }),
  );
  return { ...answer, pieces };
}

const piece = (content: string, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;
const broken = async (write: (res: ServerResponse) => void) => meaningOf(await failureOf(streaming(write)));

describe('glm in pieces', () => {
  const sandbox = useSandbox('key');

  it('gives the pieces as they come and the whole in the end', async () => {
    const pieces: string[] = [];
    const provider = glm(settingsFor('glm', sandbox.url));
    const call = { ...callOf('pieces-1'), onText: (one: string) => pieces.push(one) };
    const { text, complete } = await provider.complete(request, call);
    assert.ok(pieces.length > 1 && complete);
    assert.equal(pieces.join(''), text);
  });

  it('reads pieces cut anywhere, comments, thoughts without words, and a usage piece without a choice', async () => {
    const bytes = Buffer.from(
      `: ping\n\n${piece('小')}data: {"choices":[{"delta":{"reasoning_content":"hm"}}]}\n\n${piece('猫')}${piece('', 'stop')}data: {"choices":[],"usage":{}}\n\ndata: [DONE]\n\n`,
    );
    const { text, pieces } = await streaming((res) => {
      for (let at = 0; at < bytes.length; at += 7) res.write(bytes.subarray(at, at + 7));
      res.end();
    });
    assert.deepEqual([text, pieces], ['小猫', ['小', '猫']]);
  });

  it('says where the model ran out of length', async () => {
    const { complete } = await streaming((res) => res.end(`${piece('a', 'length')}data: [DONE]\n\n`));
    assert.equal(complete, false);
  });

  it('takes a whole answer from a gateway that does not stream', async () => {
    const whole = JSON.stringify({ choices: [{ finish_reason: 'stop', message: { content: 'whole' } }] });
    const { text, pieces } = await streaming((res) => res.end(whole), 'application/json');
    assert.deepEqual([text, pieces], ['whole', ['whole']]);
  });

  it('takes an answer that broke off for one that may have been charged', async () => {
    assert.equal(await broken((res) => res.end(piece('a'))), '7003 provider_bad_output unknown retry');
    assert.equal(await broken((res) => res.end()), '7003 provider_bad_output unknown retry');
    assert.equal(await broken((res) => res.end('data: {"choices": [{\n\n')), '7003 provider_bad_output unknown retry');
    const cut = await broken((res) => res.write(piece('a'), () => res.destroy()));
    assert.equal(cut, '7002 provider_unavailable unknown retry');
  });

  it('knows a refusal and a failure within the stream', async () => {
    const refused = await broken((res) => res.end(`${piece('', 'sensitive')}data: [DONE]\n\n`));
    assert.equal(refused, '7001 provider_refused yes final');
    const failed = await broken((res) => res.end('data: {"error":{"code":"500","message":"overloaded"}}\n\n'));
    assert.equal(failed, '7003 provider_bad_output unknown retry');
  });

  it('ends with the caller’s own reason', async () => {
    const leaving = new AbortController();
    const work = serving(
      (req, res) => {
        req.resume();
        res.writeHead(200, { 'content-type': 'text/event-stream' }).write(piece('a'));
      },
      (origin) =>
        glm(settingsFor('glm', origin)).complete(request, {
          ...callOf('k', leaving.signal),
          onText: () => leaving.abort(new Error('enough')),
        }),
    );
    await assert.rejects(work, /enough/);
  });
});
