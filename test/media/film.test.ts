import assert from 'node:assert/strict';
import { access, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { MediaFailed, UnreadableMedia } from '../../src/media/failures.ts';
import { assembleFilm, type FilmOptions } from '../../src/media/film.ts';
import { probeMedia } from '../../src/media/probe.ts';
import { freshDir, makeClip, run, subtitlesIn, tools } from './support.ts';

const lines = [
  '一只想看海的小猫，踏上了穿越城市的旅程。',
  '夜色渐深，它独自走过安静的街道，抬头望见远方闪烁的灯火，心里仍然想着那片蓝色的大海。',
  '大海！',
];

describe('assembleFilm', () => {
  const file = freshDir();

  const film = async (clips: string[], more: Partial<FilmOptions> = {}) =>
    assembleFilm(await tools(), {
      clips,
      subtitles: lines.map((text) => ({ text })),
      width: 320,
      height: 180,
      out: file('film.mp4'),
      poster: file('poster.jpg'),
      srt: file('film.srt'),
      vtt: file('film.vtt'),
      workDir: file('jobs'),
      ...more,
    });
  const missing = async (name: string) => assert.rejects(access(file(name)), { code: 'ENOENT' });
  const nothingLeft = async () => {
    for (const name of ['film.mp4', 'poster.jpg', 'film.srt', 'film.vtt']) await missing(name);
    assert.deepEqual(await readdir(file('jobs')), []);
  };

  it('joins equal clips without re-encoding a single frame', async () => {
    const clips = await Promise.all([1, 2, 3].map((n) => makeClip(file(`c${n}.mp4`), { sound: true })));
    const seen: number[] = [];
    const facts = await film(clips, { onProgress: (fraction) => seen.push(fraction) });
    assert.equal(facts.joined, 'copy');
    assert.deepEqual([facts.width, facts.height, facts.hasAudio], [320, 180, true]);
    assert.ok(Math.abs(facts.durationSeconds - 3) < 0.2, String(facts.durationSeconds));
    assert.ok(facts.joinMs > 0 && facts.otherMs > 0);
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => a - b),
    );
    assert.equal(seen.at(-1), 1);
    const { ffmpeg } = await tools();
    const hash = async (name: string) =>
      (await run(ffmpeg, ['-v', 'error', '-i', name, '-map', '0:v', '-f', 'framemd5', '-'])).stdout;
    const pictures = (text: string) =>
      text
        .split('\n')
        .filter((line) => line && !line.startsWith('#'))
        .map((line) => line.split(',').at(-1));
    const one = pictures(await hash(file('c1.mp4')));
    assert.deepEqual(pictures(await hash(file('film.mp4'))), [...one, ...one, ...one]);
    assert.deepEqual(await readdir(file('jobs')), []);
  });

  it('carries Chinese subtitles as a soft track that reads back as text, timed by clip', async () => {
    await film(await Promise.all([1, 2, 3].map((n) => makeClip(file(`c${n}.mp4`)))));
    const track = await subtitlesIn(file('film.mp4'));
    const words = track.replace(/[^\p{Script=Han}，。！]/gu, '');
    for (const text of ['踏上了穿越城市的旅程', '抬头望见远方闪烁的灯火', '大海！'])
      assert.ok(words.includes(text), track);
    assert.match(track, /00:02\.0\d\d --> 00:0[23]\.\d{3}\n(?:<[^>]*>)*大海！/);
    assert.deepEqual((await probeMedia(await tools(), file('film.mp4'))).subtitleLanguages, ['zho']);
    const beside = await readFile(file('film.vtt'), 'utf8');
    assert.ok(beside.startsWith('WEBVTT\n'));
    assert.ok((await readFile(file('film.srt'), 'utf8')).includes('一只想看海的小猫'));
  });

  it('puts the index in front and makes a poster of the film', async () => {
    await film([await makeClip(file('c1.mp4'))]);
    const bytes = await readFile(file('film.mp4'));
    assert.ok(bytes.indexOf('moov') < bytes.indexOf('mdat'));
    const poster = await sharp(file('poster.jpg')).metadata();
    assert.deepEqual([poster.format, poster.width, poster.height], ['jpeg', 320, 180]);
  });

  it('brings clips of different size, rate, codec and sound to one format', async () => {
    const clips = [
      await makeClip(file('a.mp4'), { sound: true }),
      await makeClip(file('b.mp4'), { size: '180x320', rate: 30 }),
      await makeClip(file('c.mp4'), { codec: ['-c:v', 'mpeg4'], sound: true }),
      await makeClip(file('d.webm'), { codec: ['-c:v', 'libvpx', '-deadline', 'realtime'] }),
    ];
    const facts = await film(clips);
    assert.equal(facts.joined, 'encoded');
    assert.deepEqual([facts.width, facts.height, facts.hasAudio], [320, 180, true]);
    assert.ok(Math.abs(facts.durationSeconds - 4) < 0.5, String(facts.durationSeconds));
    const { ffmpeg } = await tools();
    const { stderr } = await run(ffmpeg, ['-v', 'error', '-i', file('film.mp4'), '-f', 'null', '-']);
    assert.equal(stderr, '');
  });

  it('re-encodes equal clips whose shape is not the one asked for', async () => {
    const facts = await film([await makeClip(file('a.mp4')), await makeClip(file('b.mp4'))], {
      width: 180,
      height: 320,
    });
    assert.deepEqual([facts.joined, facts.width, facts.height, facts.hasAudio], ['encoded', 180, 320, false]);
  });

  it('keeps text that looks like markup, timing or options out of harm', async () => {
    const text = '-i <b>Tom</b> & {\\an8}Jerry --> http://127.0.0.1/\n\n2\n00:00:00,000 --> 00:00:09,000\nforged';
    await film([await makeClip(file('a.mp4'))], { subtitles: [{ text }] });
    assert.equal((await readFile(file('film.srt'), 'utf8')).match(/-->/g)?.length, 2);
    assert.ok((await readFile(file('film.vtt'), 'utf8')).includes('&lt;b&gt;Tom&lt;/b&gt; &amp; {'));
    assert.match(await subtitlesIn(file('film.mp4')), /Tom/);
  });

  it('makes a film without any narration, over an earlier one', async () => {
    const clip = await makeClip(file('a.mp4'));
    await film([clip]);
    await film([clip], { subtitles: [] });
    assert.deepEqual((await probeMedia(await tools(), file('film.mp4'))).subtitleLanguages, []);
    assert.equal(await readFile(file('film.vtt'), 'utf8'), 'WEBVTT\n');
  });

  it('refuses a black film and leaves nothing behind', async () => {
    const clips = await Promise.all([1, 2].map((n) => makeClip(file(`c${n}.mp4`), { source: 'color=c=black' })));
    await assert.rejects(film(clips), (error: Error) => error instanceof MediaFailed && /black/.test(error.message));
    await nothingLeft();
  });

  it('refuses a clip that is a playlist and leaves nothing behind', async () => {
    await writeFile(file('bad.mp4'), 'ffconcat version 1.0\nfile /etc/passwd\n');
    await assert.rejects(film([await makeClip(file('a.mp4')), file('bad.mp4')]), UnreadableMedia);
    await nothingLeft();
  });

  it('stops at once when aborted and leaves nothing behind', async () => {
    const clips = await Promise.all([1, 2, 3].map((n) => makeClip(file(`c${n}.mp4`), { rate: 22 + n, seconds: 2 })));
    const stop = new AbortController();
    const onProgress = (fraction: number) => fraction >= 0.05 && stop.abort(new Error('not wanted any more'));
    await assert.rejects(film(clips, { signal: stop.signal, onProgress }), /not wanted any more/);
    await nothingLeft();
  });

  it('takes clips whose names would mean something to ffmpeg', async () => {
    await makeClip(file('plain.mp4'));
    const odd = file("-i 'x' %d [a];movie=:\\#.mp4");
    await symlink(file('plain.mp4'), odd);
    assert.equal((await film([odd, odd])).joined, 'copy');
  });
});
