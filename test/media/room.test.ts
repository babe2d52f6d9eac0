import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { access, chmod, constants, mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ffmpegPackage from '@ffmpeg-installer/ffmpeg';
import ffprobePackage from '@ffprobe-installer/ffprobe';
import { SetupError } from '../../src/errors.ts';
import { findBinaries } from '../../src/media/binaries.ts';
import { sweepJobDirs, withJobDir } from '../../src/media/jobDir.ts';
import { createMediaRoom } from '../../src/media/room.ts';
import { createSemaphore } from '../../src/semaphore.ts';
import { eventually } from '../support/eventually.ts';
import { binaries, freshDir, makeClip, run, subtitlesIn } from './support.ts';

const packaged = { ffmpegPath: ffmpegPackage.path, ffprobePath: ffprobePackage.path };

describe('findBinaries', () => {
  const file = freshDir();

  it('finds a working pair without any setting', async () => {
    const { ffmpeg, ffprobe, version, source } = await findBinaries();
    assert.ok((await stat(ffmpeg)).isFile() && (await stat(ffprobe)).isFile() && version.length > 0);
    assert.ok(source === 'system' || source === 'package');
  });

  it('takes a setting before anything else', async () => {
    const { ffmpeg, source, version } = await findBinaries(packaged);
    assert.deepEqual([ffmpeg, source], [packaged.ffmpegPath, 'setting']);
    assert.match(version, /^[\w.-]+$/);
  });

  it('says in one sentence what is wrong with a setting, and does not pass it over', async () => {
    await writeFile(file('ffmpeg'), '#!/bin/sh\necho ffmpeg version 9\n', { mode: 0o755 });
    for (const ffmpegPath of [file('missing'), fileURLToPath(import.meta.url), file('ffmpeg')])
      await assert.rejects(findBinaries({ ffmpegPath }), (error: Error) => {
        assert.doesNotMatch(error.message, /\n/);
        return error instanceof SetupError && error.message.startsWith('FFMPEG_PATH does not lead to a working ffmpeg');
      });
    await assert.rejects(findBinaries({ ffprobePath: file('missing') }), /^SetupError: FFPROBE_PATH does not/);
  });

  it('lets a user run the packaged programs who may only read what another one installed', async function () {
    const nobody = 65_534;
    if (process.getuid?.() !== 0) return this.skip();
    const copiesDir = file('binaries');
    await chmod(file('.'), 0o777);
    const script = `import('${new URL('../../src/media/binaries.ts', import.meta.url)}')
      .then(({ findBinaries }) => findBinaries({ copiesDir: ${JSON.stringify(copiesDir)} }))
      .then(({ ffprobe }) => process.stdout.write(ffprobe))`;
    const asNobody = async () =>
      (await run(process.execPath, ['-e', script], { uid: nobody, gid: nobody, env: { PATH: '/nowhere' } })).stdout;
    const mode = (await stat(ffprobePackage.path)).mode;
    const found = await asNobody();
    if (!(mode & 0o001)) assert.ok(found.startsWith(copiesDir), found);
    await access(found, constants.X_OK);
    assert.equal(await asNobody(), found, 'the second start copies nothing');
  });
});

describe('createMediaRoom', () => {
  const file = freshDir();

  const outputs = () => ({
    width: 320,
    height: 180,
    out: file('film.mp4'),
    poster: file('poster.jpg'),
    srt: file('film.srt'),
    vtt: file('film.vtt'),
  });

  const finders = [
    ['ffmpeg found here', binaries],
    ['old ffmpeg of the npm package', () => findBinaries(packaged)],
  ] as const;
  for (const [name, find] of finders) {
    it(`makes a film of unequal clips with the ${name}`, async () => {
      const room = await createMediaRoom({ binaries: await find(), cores: 2, jobsDir: file('jobs') });
      const odd = { rate: 30, size: '300x300' };
      const clips = [await makeClip(file('a.mp4'), { sound: true }), await makeClip(file('b.mp4'), odd)];
      for (const clip of clips) await room.checkClip(clip);
      const subtitles = [{ text: '大海在远方' }, { text: '它走过城市' }];
      const facts = await room.assembleFilm({ clips, subtitles, ...outputs() });
      assert.deepEqual([facts.joined, facts.hasAudio, facts.width], ['encoded', true, 320]);
      assert.match(await subtitlesIn(file('film.mp4')), /大海在远方[\s\S]+它走过城市/);
      assert.equal((await room.inspectPicture(file('poster.jpg'))).format, 'jpeg');
      assert.deepEqual(await readdir(file('jobs')), []);
    });

    it(`lets thirty short clips with sound add up with the ${name}`, async () => {
      const room = await createMediaRoom({ binaries: await find(), cores: 2, jobsDir: file('jobs') });
      const clip = await makeClip(file('a.mp4'), { sound: true });
      const clips = Array.from({ length: 30 }, () => clip);
      const { joined, durationSeconds } = await room.assembleFilm({ clips, subtitles: [], ...outputs() });
      assert.equal(joined, 'copy');
      assert.ok(
        Math.abs(durationSeconds - 30 * (await room.probe(clip)).durationSeconds) < 0.1,
        String(durationSeconds),
      );
    });
  }
});

describe('withJobDir', () => {
  const file = freshDir();

  it('removes the directory after success and after failure', async () => {
    const work = async (dir: string) => {
      await writeFile(`${dir}/x`, 'x');
      throw new Error('broken');
    };
    await assert.rejects(withJobDir(file('jobs'), work), /broken/);
    assert.equal(await withJobDir(file('jobs'), async (dir) => (await readdir(dir)).length), 0);
    assert.deepEqual(await readdir(file('jobs')), []);
  });

  it('sweeps what dead processes left and what is old, but nothing in use or foreign', async () => {
    await withJobDir(file('jobs'), async (dir) => {
      const mine = dir.slice(dir.lastIndexOf('job-'));
      const [, host] = mine.split('-');
      await mkdir(file('jobs', `job-${host}-999999999-dead`));
      await mkdir(file('jobs', 'job-00000000-1-elsewhere'));
      await mkdir(file('jobs', 'job-00000000-1-old'));
      await mkdir(file('jobs', 'keepsake'));
      await utimes(file('jobs', 'job-00000000-1-old'), new Date(0), new Date(0));
      assert.equal(await sweepJobDirs(file('jobs'), 60_000), 2);
      assert.deepEqual(new Set(await readdir(file('jobs'))), new Set([mine, 'job-00000000-1-elsewhere', 'keepsake']));
    });
    assert.equal(await sweepJobDirs(file('never-made'), 0), 0);
  });

  /** Has a tool run in a folder of a process that is then killed. */
  async function orphan(jobs: string, tool: string): Promise<void> {
    const script = `import { withJobDir } from '${new URL('../../src/media/jobDir.ts', import.meta.url)}';
      import { runProcess } from '${new URL('../../src/media/runProcess.ts', import.meta.url)}';
      const onStart = () => process.stdout.write('started');
      await withJobDir(process.argv[1], (dir) => runProcess('/bin/sh', ['-c', process.argv[2]], { timeoutMs: 60_000, onStart }));`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script, jobs, tool]);
    await once(owner.stdout, 'data');
    await eventually('the tool is at work', () => existsSync(file('pid')) && readFileSync(file('pid'), 'utf8'));
    owner.kill('SIGKILL');
    await once(owner, 'exit');
  }
  const isLeft = () => existsSync(`/proc/${Number(readFileSync(file('pid'), 'utf8'))}/cwd`);
  const hangs = "trap '' TERM; while :; do sleep 1; done";

  it('ends what a dead process left running, were it to hang for ever and its folder gone', async function () {
    if (process.platform !== 'linux') return this.skip();
    await orphan(file('left'), `echo $$ > ${file('pid')}; ${hangs}`);
    await rm(file('left'), { recursive: true });
    assert.ok(isLeft());
    assert.equal(await sweepJobDirs(file('left'), 3_600_000), 0);
    await eventually('it is gone', () => !isLeft(), 5_000);
  });

  it('ends what a tool forked that has ended, as its owner has', async function () {
    if (process.platform !== 'linux') return this.skip();
    const waits = `while [ ! -e ${file('go')} ]; do sleep 0.05; done`;
    await rm(file('pid'), { force: true });
    await orphan(file('forked'), `(${hangs}) & echo $! > ${file('pid')}; ${waits}`);
    await writeFile(file('go'), '');
    assert.ok(isLeft());
    assert.equal(await sweepJobDirs(file('forked'), 3_600_000), 1);
    await eventually('it is gone', () => !isLeft(), 5_000);
  });

  it('leaves to the next sweep what an orphan still writes to', async () => {
    const dir = file('orphaned', 'job-00000000-1-old');
    await mkdir(dir, { recursive: true });
    await utimes(dir, new Date(0), new Date(0));
    const writes = `const fs = require('node:fs');
      for (let n = 0; ; n += 1) { fs.mkdirSync(dir, { recursive: true }); fs.writeFileSync(dir + '/' + n, ''); if (n === 9) console.log('writing'); }`;
    const orphan = spawn(process.execPath, ['-e', `const dir = ${JSON.stringify(dir)}; ${writes}`]);
    await once(orphan.stdout, 'data');
    await sweepJobDirs(file('orphaned'), -1);
    orphan.kill('SIGKILL');
    await once(orphan, 'exit');
    await sweepJobDirs(file('orphaned'), -1);
    assert.deepEqual(await readdir(file('orphaned')), []);
  });
});

describe('createSemaphore', () => {
  it('runs no more at once than it has permits, in order, and lets an aborted one leave the queue', async () => {
    const semaphore = createSemaphore(2);
    const stop = new AbortController();
    const done: number[] = [];
    let running = 0;
    let most = 0;
    const work = (n: number) => async () => {
      most = Math.max(most, ++running);
      await new Promise((next) => setTimeout(next, 5));
      running -= 1;
      done.push(n);
    };
    const first = [0, 1, 2].map((n) => semaphore.run(work(n)));
    const left = semaphore.run(work(3), stop.signal);
    const last = semaphore.run(() => Promise.reject(new Error('failed')));
    stop.abort(new Error('gone'));
    await assert.rejects(left, /gone/);
    await assert.rejects(last, /failed/);
    await Promise.all([...first, semaphore.run(work(4))]);
    assert.deepEqual([most, done], [2, [0, 1, 2, 4]]);
  });
});
