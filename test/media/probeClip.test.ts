import assert from 'node:assert/strict';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { clipsAreEqual } from '../../src/media/clips.ts';
import { MediaFailed } from '../../src/media/failures.ts';
import { probeMedia } from '../../src/media/probe.ts';
import { probeClip } from '../../src/media/probeClip.ts';
import { freshDir, makeClip, run, tools } from './support.ts';

describe('probeClip', () => {
  const file = freshDir();
  const h264 = (...more: string[]) => ['-c:v', 'libx264', '-preset', 'ultrafast', ...more];
  const withoutFfprobe = async () => ({ ...(await tools()), ffprobe: file('nothing-here') });

  it('tells of usual clips, without a process, what ffprobe tells', async () => {
    const clips = [
      await makeClip(file('silent.mp4')),
      await makeClip(file('sound.mp4'), { sound: true, rate: 30, size: '180x320' }),
      await makeClip(file('base.mp4'), { codec: h264('-profile:v', 'baseline', '-pix_fmt', 'yuv420p') }),
    ];
    const { ffmpeg } = await tools();
    const turned = ['-i', clips[0] ?? '', '-c', 'copy', '-metadata:s:v', 'rotate=90', file('turned.mp4')];
    await run(ffmpeg, ['-v', 'error', ...turned]);
    for (const clip of [...clips, file('turned.mp4')]) {
      const { signature: mine, ...facts } = await probeClip(await withoutFfprobe(), clip);
      const { signature: its, ...wanted } = await probeMedia(await tools(), clip);
      assert.deepEqual({ ...facts, audioCodec: facts.audioCodec }, { ...wanted, audioCodec: wanted.audioCodec });
      assert.notEqual(mine, its);
    }
  });

  it('says which clips may be joined as they are', async () => {
    const recipes = [{}, {}, { seconds: 2 }, { rate: 25 }, { size: '180x320' }, { sound: true }];
    const probes = await Promise.all(
      recipes.map(async (recipe, n) => probeClip(await tools(), await makeClip(file(`${n}.mp4`), recipe))),
    );
    assert.ok(clipsAreEqual(probes.slice(0, 3)));
    for (const other of probes.slice(3)) assert.ok(!clipsAreEqual([...probes.slice(0, 1), other]));
  });

  it('leaves what is not usual to ffprobe', async () => {
    const odd = [
      await makeClip(file('deep.mp4'), { codec: h264('-pix_fmt', 'yuv444p') }),
      await makeClip(file('other.mp4'), { codec: ['-c:v', 'mpeg4'] }),
      await makeClip(file('a.webm'), { codec: ['-c:v', 'libvpx', '-deadline', 'realtime'] }),
    ];
    for (const clip of odd) {
      assert.deepEqual(await probeClip(await tools(), clip), await probeMedia(await tools(), clip));
      await assert.rejects(probeClip(await withoutFfprobe(), clip), MediaFailed);
    }
  });

  it('refuses a clip whose end is missing, and one damaged in its index', async () => {
    const clip = await makeClip(file('cut.mp4'), {
      seconds: 4,
      codec: h264('-pix_fmt', 'yuv420p', '-movflags', '+faststart'),
    });
    await truncate(clip, 80_000);
    await assert.rejects(probeClip(await tools(), clip), /cut off before its end/);
    const whole = await readFile(await makeClip(file('whole.mp4')));
    await writeFile(file('noise.mp4'), whole.fill(0xa5, whole.indexOf('moov') + 8));
    assert.equal((await probeClip(await tools(), file('noise.mp4'))).hasVideo, false);
  });

  it('believes no index that speaks of more than a clip has', async () => {
    const whole = await readFile(await makeClip(file('whole.mp4')));
    whole.writeUInt32BE(0x7fffffff, whole.indexOf('stts') + 12);
    await writeFile(file('endless.mp4'), whole);
    await assert.rejects(probeClip(await withoutFfprobe(), file('endless.mp4')), MediaFailed);
  });
});
