import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ffprobe from '@ffprobe-installer/ffprobe';
import sharp from 'sharp';
import { chooseCamera, moves } from '../../../src/providers/sandbox/clips/camera.ts';
import type { TestSandbox } from './client.ts';
import { openSandbox, statusOf, Video } from './client.ts';

chmodSync(ffprobe.path, 0o755);
const run = promisify(execFile);

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#3f8fd0' } })
    .jpeg()
    .toBuffer();

describe('a clip of the sandbox', () => {
  let sandbox: TestSandbox;
  let dir: string;
  before(async () => {
    sandbox = await openSandbox();
    dir = await mkdtemp(join(tmpdir(), 'clips-'));
  });
  after(async () => {
    await sandbox.close();
    await rm(dir, { recursive: true, force: true });
  });

  async function clipOf(fields: Record<string, string>): Promise<Record<string, string>> {
    const { id } = Video.parse(await (await sandbox.submit(fields)).json());
    const { video_url, status } = await sandbox.finished(id);
    assert.equal(status, 'completed');
    const file = join(dir, `${id}.mp4`);
    await writeFile(file, Buffer.from(await (await fetch(video_url ?? '')).arrayBuffer()));
    const entries = 'stream=codec_name,width,height,pix_fmt,avg_frame_rate,nb_frames:format=nb_streams,duration';
    const { stdout } = await run(ffprobe.path, [
      '-v',
      'error',
      '-show_entries',
      entries,
      '-of',
      'default=noprint_wrappers=1',
      file,
    ]);
    return Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((row) => row.split('=')),
    );
  }

  it('is H.264 of exactly the asked length, without sound', async () => {
    const facts = await clipOf({ seconds: '2', prompt: 'snow falling, tilt up' });
    assert.deepEqual(facts, {
      codec_name: 'h264',
      width: '1280',
      height: '720',
      pix_fmt: 'yuv420p',
      avg_frame_rate: '24/1',
      nb_frames: '48',
      nb_streams: '1',
      duration: '2.000000',
    });
  });

  it('follows the shape of its first frame', async () => {
    const frame = `data:image/jpeg;base64,${(await picture(300, 500)).toString('base64')}`;
    const tall = await clipOf({ input_reference: frame, prompt: 'pan left', input_reference_0: frame });
    assert.deepEqual([tall.width, tall.height], ['720', '1280']);
    const square = await clipOf({
      input_reference: `data:image/jpeg;base64,${(await picture(400, 400)).toString('base64')}`,
      prompt: 'rain',
    });
    assert.deepEqual([square.width, square.height], ['960', '960']);
  });

  it('fetches a first frame from this machine', async () => {
    const bytes = await picture(640, 360);
    const server = createServer((_, res) => res.end(bytes));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const facts = await clipOf({ input_reference: `http://127.0.0.1:${port}/frame.jpg` });
    assert.equal(facts.width, '1280');
    server.close();
    server.closeAllConnections();
  });

  it('moves the camera as the prompt says', () => {
    assert.equal(chooseCamera('leaves drift, camera pans left, smooth'), 'left');
    assert.equal(chooseCamera('slow zoom out over the sea'), 'out');
    assert.ok(moves.includes(chooseCamera('nothing in particular')));
  });

  it('is made once for all calls where media are prerendered', async () => {
    const fast = await openSandbox({ prerendered: true });
    const ids = [];
    for (const prompt of ['one', 'two', 'three'])
      ids.push(Video.parse(await (await fast.submit({ prompt })).json()).id);
    const urls = await Promise.all(ids.map(async (id) => (await fast.finished(id)).video_url));
    assert.equal(new Set(urls).size, 1);
    await fast.close();
  });

  it('leaves no process behind when it is closed in the middle of a clip', async () => {
    const busy = await openSandbox();
    await statusOf(busy.submit({ seconds: '20' }));
    const started = Date.now();
    await busy.close();
    assert.ok(Date.now() - started < 5000);
  });
});
