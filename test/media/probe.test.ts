import assert from 'node:assert/strict';
import { truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { checkClip, clipsAreEqual, normaliseClip } from '../../src/media/clips.ts';
import { MediaFailed, UnreadableMedia } from '../../src/media/failures.ts';
import { takePoster } from '../../src/media/poster.ts';
import { probeMedia } from '../../src/media/probe.ts';
import { freshDir, makeClip, run, tools } from './support.ts';

describe('probeMedia', () => {
  const file = freshDir();

  it('tells the facts of a clip with sound', async () => {
    const probe = await probeMedia(await tools(), await makeClip(file('a.mp4'), { sound: true, rate: 30 }));
    const { container, width, height, frameRate, videoCodec, pixelFormat, audioCodec, hasVideo, hasAudio } = probe;
    assert.deepEqual([container, width, height, frameRate, videoCodec], ['mp4', 320, 180, 30, 'h264']);
    assert.deepEqual([pixelFormat, audioCodec, hasVideo, hasAudio], ['yuv420p', 'aac', true, true]);
    assert.ok(Math.abs(probe.durationSeconds - 1) < 0.1 && probe.sizeBytes > 1_000);
  });

  it('tells a silent clip, a WebM and a clip turned on its side', async () => {
    const webm = await makeClip(file('a.webm'), { codec: ['-c:v', 'libvpx', '-deadline', 'realtime'] });
    const { container, videoCodec, hasAudio } = await probeMedia(await tools(), webm);
    assert.deepEqual([container, videoCodec, hasAudio], ['webm', 'vp8', false]);
    const { ffmpeg } = await tools();
    await makeClip(file('flat.mp4'));
    await run(ffmpeg, [
      '-v',
      'error',
      '-i',
      file('flat.mp4'),
      '-c',
      'copy',
      '-metadata:s:v',
      'rotate=90',
      file('turned.mp4'),
    ]);
    const turned = await probeMedia(await tools(), file('turned.mp4'));
    assert.deepEqual([turned.width, turned.height], [180, 320]);
  });

  it('says which clips may be joined as they are', async () => {
    const recipes = [{}, {}, { seconds: 2 }, { rate: 25 }, { size: '180x320' }, { sound: true }];
    const probes = await Promise.all(
      recipes.map(async (recipe, n) => probeMedia(await tools(), await makeClip(file(`${n}.mp4`), recipe))),
    );
    assert.ok(clipsAreEqual(probes.slice(0, 3)));
    for (const other of probes.slice(3)) assert.ok(!clipsAreEqual([...probes.slice(0, 1), other]));
  });

  it('refuses empty, foreign and damaged files', async () => {
    await writeFile(file('empty.mp4'), '');
    await writeFile(file('page.mp4'), '<html>not found</html>');
    await writeFile(file('hollow.mp4'), Buffer.concat([Buffer.from('\0\0\0\x18ftypisom'), Buffer.alloc(2_000, 7)]));
    for (const name of ['empty.mp4', 'page.mp4', 'hollow.mp4'])
      await assert.rejects(probeMedia(await tools(), file(name)), UnreadableMedia);
  });

  it('never opens what a playlist in disguise points at', async () => {
    let connections = 0;
    const canary = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    const address = canary.address();
    const url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/x.mp4`;
    const hls = (target: string) => `#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\n${target}\n#EXT-X-ENDLIST\n`;
    const contents = [
      hls(url),
      hls('file:///etc/passwd'),
      `ffconcat version 1.0\nfile '${url}'\n`,
      `concat:${url}|/etc/passwd`,
    ];
    const behindMagic = contents.map((content) => `\0\0\0\x10ftypisom\0\0\0\0${content}`);
    for (const [index, content] of [...contents, ...behindMagic].entries()) {
      const disguised = file(`${index}.mp4`);
      await writeFile(disguised, content);
      for (const attempt of [probeMedia, checkClip])
        await assert.rejects(attempt(await tools(), disguised), UnreadableMedia);
      const target = { width: 64, height: 64, fps: 24, audio: false };
      await assert.rejects(normaliseClip(await tools(), disguised, file('out.mp4'), target), UnreadableMedia);
    }
    await new Promise((resolve) => canary.close(resolve));
    assert.equal(connections, 0);
  });

  it('tells a broken tool from a broken file', async () => {
    const broken = { ...(await tools()), ffprobe: file('nothing-here') };
    await makeClip(file('a.mp4'));
    await assert.rejects(probeMedia(broken, file('a.mp4')), MediaFailed);
  });
});

describe('checkClip', () => {
  const file = freshDir();
  const refused = async (name: string, why: RegExp) =>
    assert.rejects(
      checkClip(await tools(), file(name)),
      (error: Error) => error instanceof UnreadableMedia && why.test(error.reason),
    );

  it('accepts a real clip, a dim one too', async () => {
    const probe = await checkClip(await tools(), await makeClip(file('a.mp4'), { sound: true }));
    assert.equal(probe.videoCodec, 'h264');
    await checkClip(await tools(), await makeClip(file('dim.mp4'), { source: 'color=c=0x303038' }));
  });

  it('refuses black, cut off and soundtrack-only clips', async () => {
    await makeClip(file('black.mp4'), { source: 'color=c=black' });
    await refused('black.mp4', /black/);
    const codec = [
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-g',
      '12',
      '-pix_fmt',
      'yuv420p',
      '-movflags',
      '+faststart',
    ];
    await makeClip(file('cut.mp4'), { seconds: 4, codec });
    await truncate(file('cut.mp4'), 80_000);
    await refused('cut.mp4', /cut off|damaged/);
    const { ffmpeg } = await tools();
    await run(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'aac', file('sound.mp4')]);
    await refused('sound.mp4', /no moving picture/);
  });
});

describe('takePoster', () => {
  const file = freshDir();

  it('takes a frame that shows something', async () => {
    const { ffmpeg } = await tools();
    const fade = [
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=320x180:d=2',
      '-vf',
      'fade=t=in:st=0.5:d=0.2',
      '-pix_fmt',
      'yuv420p',
    ];
    await run(ffmpeg, ['-v', 'error', ...fade, file('fade.mp4')]);
    await takePoster(await tools(), file('fade.mp4'), file('poster.jpg'), { workDir: file('jobs') });
    const { default: sharp } = await import('sharp');
    const { channels } = await sharp(file('poster.jpg')).stats();
    assert.ok((channels[0]?.mean ?? 0) > 60);
  });
});
