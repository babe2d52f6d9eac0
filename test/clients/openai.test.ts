import assert from 'node:assert/strict';
import OpenAI from 'openai';
import sharp from 'sharp';
import { openSandbox, type TestSandbox } from '../providers/sandbox/client.ts';
import { eventually } from '../support/eventually.ts';

/** A client nobody here wrote keeps the sandbox honest about the formats that it claims to speak. */
describe('the openai client against the sandbox', () => {
  let sandbox: TestSandbox;
  let text: OpenAI;
  let pictures: OpenAI;
  before(async () => {
    sandbox = await openSandbox();
    const access = { apiKey: 'any', maxRetries: 0 };
    text = new OpenAI({ ...access, baseURL: `${sandbox.url}/api/paas/v4` });
    pictures = new OpenAI({ ...access, baseURL: `${sandbox.url}/v1` });
  });
  after(() => sandbox.close());

  const messages = [{ role: 'user' as const, content: 'a story about a lighthouse' }];

  it('completes a chat', async () => {
    const answer = await text.chat.completions.create({ model: 'glm-4', messages, temperature: 0.7 });
    assert.match(answer.choices[0]?.message.content ?? '', /lighthouse/);
    assert.ok((answer.usage?.total_tokens ?? 0) > 0);
  });

  it('streams a chat whose pieces are the whole', async () => {
    const whole = await text.chat.completions.create({ model: 'glm-4', messages });
    const stream = await text.chat.completions.create({ model: 'glm-4', messages, stream: true });
    let pieces = '';
    let count = 0;
    for await (const chunk of stream) {
      pieces += chunk.choices[0]?.delta.content ?? '';
      count += 1;
    }
    assert.equal(pieces, whole.choices[0]?.message.content);
    assert.ok(count > 2);
  });

  it('draws a picture', async () => {
    const drawn = await pictures.images.generate({
      model: 'gemini-3-pro-image-preview-hd',
      prompt: 'anime style, a kitten by the sea',
      size: '1024x1024',
      n: 1,
      response_format: 'url',
    });
    const file = await fetch(drawn.data?.[0]?.url ?? '');
    const { width, height } = await sharp(Buffer.from(await file.arrayBuffer())).metadata();
    assert.deepEqual([width, height], [1024, 1024]);
  });

  it('makes a video, asks after it and downloads it', async () => {
    const submitted = await pictures.videos.create({ model: 'sora-2', prompt: 'slow push in', seconds: '4' });
    assert.equal(submitted.status, 'queued');
    const video = await eventually(
      'the video is there',
      async () => {
        const now = await pictures.videos.retrieve(submitted.id);
        return now.status === 'completed' && now;
      },
      15_000,
    );
    assert.equal(video.progress, 100);
    const bytes = Buffer.from(await (await pictures.videos.downloadContent(video.id)).arrayBuffer());
    assert.equal(bytes.subarray(4, 8).toString(), 'ftyp');
  });

  it('is told what is wrong in the words that it knows', async () => {
    const refused = pictures.images.generate({ model: 'gemini', prompt: 'x', size: 'huge' as '1024x1024' });
    await assert.rejects(refused, OpenAI.BadRequestError);
    await assert.rejects(pictures.videos.retrieve('video_0123'), OpenAI.NotFoundError);
  });
});
