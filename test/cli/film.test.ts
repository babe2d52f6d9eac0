import assert from 'node:assert/strict';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { lockDataDir } from '../../src/postgres/dataLock.ts';
import { spawnProgram } from '../program/programProcess.ts';
import { openSandbox } from '../providers/sandbox/client.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { quietPort, runCommand } from './commandLine.ts';

describe('the command line', function () {
  this.timeout(120_000);
  let dir = '';
  let dataDir = '';
  let port = '';
  before(async () => {
    dir = await makeDataDir('cli');
    dataDir = join(dir, 'data');
    port = await quietPort();
  });
  after(() => rm(dir, { recursive: true, force: true }));
  const run = (args: string[], more: { input?: string; settings?: Record<string, string> } = {}) =>
    runCommand('film', args, {
      cwd: dir,
      ...(more.input !== undefined && { input: more.input }),
      settings: { DATA_DIR: dataDir, PORT: port, ...more.settings },
    });

  it('makes a film with a service it starts itself, tells its facts, and leaves nothing running', async () => {
    const picture = join(dir, 'cat.png');
    await sharp({ create: { width: 64, height: 48, channels: 4, background: '#f80a' } })
      .png()
      .toFile(picture);
    const size = '--scenes 2 --characters 1 --seconds 5 --language en --aspect 1:1 --out cat'.split(' ');
    const film = run(['-', '--image', picture, ...size], { input: 'A cat\r\nwants to see the sea\n' });
    const { code, stdout, stderr } = await film.ended;
    assert.equal(code, 0, stderr + stdout);
    assert.equal(stderr, '');
    assert.match(stdout, /No service answers at http:\/\/localhost:\d+: starting one/);
    assert.match(stdout, /Uploading .*cat\.png/);
    assert.match(stdout, /\d\d:\d\d:\d\d {2}100 % {2}Cut 1\/1/);
    assert.ok(stdout.includes(`The film is ready: ${join(dir, 'cat.mp4')}`));
    assert.match(stdout, /10 s, 960×960, .* B\)\n.*Scenes +2\n/);
    assert.match(
      stdout,
      /1 screenplay, 3 pictures, 2 clips\n.*Cost +\$1\.42, at list prices; the sandbox charges nothing/,
    );
    assert.match(await readFile(join(dir, 'cat.srt'), 'utf8'), /^00:00:05,000 --> 00:00:09/m);
    assert.match(await readFile(join(dir, 'cat.vtt'), 'utf8'), /^WEBVTT/);
    assert.equal((await stat(join(dataDir, 'film-account.json'))).mode & 0o777, 0o600);
    assert.deepEqual((await readdir(dir)).sort(), ['cat.mp4', 'cat.png', 'cat.srt', 'cat.vtt', 'data']);
  });

  it('cancels the film on Ctrl-C and can go on with it', async () => {
    const slow = run(['a cat', '--scenes', '1', '--characters', '0', '--seconds', '5', '--language', 'en'], {
      settings: { SANDBOX_LATENCY_SCALE: '20' },
    });
    await eventually('the task', () => /^Task /m.test(slow.printed()));
    slow.child.kill('SIGINT');
    const cancelled = await slow.ended;
    assert.equal(cancelled.code, 130, cancelled.stderr);
    assert.match(cancelled.stdout, /Cancelled\./);
    const taskId = /--resume ([0-9a-f-]{36})/.exec(cancelled.stdout)?.[1] ?? '';
    const resumed = await run(['--resume', taskId, '--out', 'resumed.mp4']).ended;
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.match(resumed.stdout, /1 screenplay, 1 picture, 1 clip\n/);
  });

  it('names what to decide and the operation for it where an answer to a paid call was lost', async () => {
    const sandbox = await openSandbox();
    const names = ['GLM', 'GEMINI', 'TUZI'];
    const settings = {
      ...{ SANDBOX: 'off', VIDEO_POLL_MS: '100', GLM_BASE_URL: `${sandbox.url}/api/paas/v4` },
      ...{ GEMINI_BASE_URL: sandbox.url, TUZI_BASE_URL: sandbox.url },
      ...Object.fromEntries(names.map((name) => [`${name}_API_KEY`, 'a-key'])),
    };
    await sandbox.script([{ path: 'videos', nth: 1, fault: { lost: true } }]);
    const size = '--scenes 1 --characters 0 --seconds 5 --language en'.split(' ');
    const held = await run(['a cat', ...size], { settings }).ended;
    assert.equal(held.code, 1, held.stdout);
    assert.match(
      held.stderr,
      /The film waits for your decision:\n {2}A paid call to tuzi .* It may have cost \$0\.50\.\n/,
    );
    assert.match(
      held.stderr,
      /--decide retry .*\n.*--decide accept_loss .*\nOr call the operation resolveTaskStep yourself:\n/,
    );
    const [, taskId = ''] =
      /POST \/api\/v1\/tasks\/([0-9a-f-]{36})\/steps\/[0-9a-f-]{36}\/resolve {2}/.exec(held.stderr) ?? [];
    const decided = await run(['--resume', taskId, '--decide', 'retry', '--out', 'decided.mp4'], { settings }).ended;
    await sandbox.close();
    assert.equal(decided.code, 0, decided.stderr);
    assert.match(decided.stdout, /The film is ready: /);
  });

  it('says in one sentence that another process uses the data, and how to use that one', async () => {
    const release = lockDataDir(dataDir);
    const { code, stderr } = await run(['a cat']).ended;
    release();
    assert.equal(code, 78);
    assert.match(
      stderr,
      /^Another DirectorAI \(process \d+\) is using the data directory .* \/ 另一个 .*\n.*--url.*\n$/,
    );
  });

  it('says where it found a service what the sandbox stands in for, and refuses what cannot be gone on with', async () => {
    const service = spawnProgram({ DATA_DIR: join(dir, 'found') });
    const url = (await service.url()).slice(0, -'/api/v1'.length);
    const at = (...args: string[]) => run([...args, '--url', url]).ended;
    const size = '--scenes 1 --characters 0 --seconds 5 --language en'.split(' ');
    const { code, stdout, stderr } = await at('a cat', ...size);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /Cost +\$0\.\d+, at list prices; the sandbox charges nothing\n.*glm, gemini, tuzi/);
    const [, taskId = ''] = /^Task ([0-9a-f-]{36})$/m.exec(stdout) ?? [];
    const decided = await at('--resume', taskId, '--decide', 'retry');
    assert.equal(decided.code, 2, decided.stdout);
    assert.match(decided.stderr, /^Nothing of film .* waits for a decision/);
    const unknown = await at('--resume', '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e03');
    assert.equal(unknown.code, 1);
    assert.doesNotMatch(unknown.stderr, /To go on/);
    service.child.kill('SIGINT');
    assert.equal(await service.end(), 0);
  });

  it('says that no service is where it was told to look', async () => {
    const { code, stderr } = await run(['a cat', '--url', `http://127.0.0.1:${port}`]).ended;
    assert.equal(code, 1);
    assert.match(stderr, /^No DirectorAI service answers at http:\/\/127\.0\.0\.1:\d+: connect ECONNREFUSED .*\n$/);
  });

  it('tells wrong arguments in one sentence and how to call it, in the language of the system', async () => {
    const [english, chinese] = await Promise.all([
      run(['a cat', '--scenes', '0']).ended,
      run(['a cat', '--image', 'none.png'], { settings: { LANG: 'zh_CN.UTF-8' } }).ended,
    ]);
    assert.deepEqual([english.code, chinese.code], [2, 2]);
    assert.match(english.stderr, /^--scenes is a whole number .*\n\nUsage: npm run film/);
    assert.match(chinese.stderr, /^文件不存在：.*none\.png。\n\n用法/);
  });

  it('tells a wrong option of every command in one sentence', async () => {
    for (const entry of ['seed', 'doctor', 'storageCheck', 'docs'] as const) {
      const { code, stderr } = await runCommand(entry, ['--unknown'], { cwd: dir, settings: { DATA_DIR: dataDir } })
        .ended;
      assert.equal(code, 2, `${entry}: ${stderr}`);
      assert.match(stderr, /^Unknown option '--unknown'/);
      assert.doesNotMatch(stderr, /\n +at /);
    }
  });

  it('explains itself', async () => {
    const { code, stdout } = await run(['--help']).ended;
    assert.equal(code, 0);
    for (const option of ['--scenes', '--image', '--out', '--resume', 'Exit codes']) assert.ok(stdout.includes(option));
  });

  it('seeds a demo user with a film once, and says the same when it is run again', async () => {
    const seed = async () => {
      const settings = { DATA_DIR: dataDir, PORT: await quietPort() };
      const { code, stdout, stderr } = await runCommand('seed', [], { cwd: dir, settings }).ended;
      assert.equal(code, 0, stderr);
      return stdout.split('\n').filter((line) => /^(Demo|Conversation|Film)/.test(line));
    };
    const first = await seed();
    assert.equal(first.length, 3);
    assert.match(first[0] ?? '', /demo@example\.com {3}\S{32}$/);
    assert.match(first[2] ?? '', /, 3 × 5 s \(task /);
    assert.deepEqual(await seed(), first);
  });
});
