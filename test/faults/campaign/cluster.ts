import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import { connect } from '../../../src/db/connect.ts';
import { migrate } from '../../../src/db/migrate.ts';
import { startEmbeddedPostgres } from '../../../src/postgres/embedded.ts';
import { eventually } from '../../support/eventually.ts';
import { startProxy, type TcpProxy } from '../../support/proxy.ts';
import { watchSteps } from './audit.ts';
import { type Bucket, openBucket } from './bucket.ts';
import { type History, openHistory } from './history.ts';
import { type MediaSite, openMediaSite } from './mediaTools.ts';
import { freePort, keepRunning, type Member } from './member.ts';

export type Mode = 'key' | 'lookup' | 'none';
export type VendorName = 'glm' | 'gemini' | 'tuzi';
export interface VendorSite {
  name: VendorName;
  mode: Mode;
  onDoubt: 'hold' | 'resend';
  dir: string;
  url: string;
  member: Member;
}

export interface ClusterOptions {
  program: string;
  /** Another release: every second worker runs it. */
  release?: string;
  modes: Record<VendorName, Mode>;
  /** What is done where a vendor cannot tell. */
  onDoubt?: 'hold' | 'resend';
  /** Where media are kept: on the local disk unless given. */
  store?: 'local' | 's3';
  workers?: number;
  armed?: number;
  /** Two of three workers have a clock that is an hour wrong. */
  wrongClocks?: boolean;
  settings?: Record<string, string>;
  /** How slow the vendors are; 1 is as slow as real ones. */
  latencyScale?: number;
  /** SQL run on the campaign's own database before anything starts. */
  sql?: string;
}

/** The whole system as processes: PostgreSQL behind a proxy, vendors, workers, APIs; all that happens goes into the history. */
export interface Cluster {
  dir: string;
  history: History;
  /** Straight to the database, for looking on. */
  db: Knex;
  /** Straight to the server. */
  serverUrl: string;
  /** Where the program's own connections go through. */
  proxy: TcpProxy;
  serverPid(): Promise<number>;
  vendors: VendorSite[];
  /** The program's ffmpeg and ffprobe. */
  media: MediaSite;
  /** Undefined where media are kept on the local disk. */
  bucket: Bucket | undefined;
  /** The folder that holds the stored objects. */
  mediaDir: string;
  workers: Member[];
  /** Workers that wait to be killed at a named point, beside the others. */
  armed: Member[];
  apis: { member: Member; url: string }[];
  /** Ends all processes of the program, politely, and says how long each took. */
  stopProgram(): Promise<number[]>;
  close(keep: boolean): Promise<void>;
}

const hourMs = 3_600_000;

interface Started {
  env: Record<string, string>;
  program: string;
  clockAheadMs: number;
}

const vendorMain = fileURLToPath(new URL('./vendorMain.ts', import.meta.url));
const quiet = { info: () => undefined, error: () => undefined };

interface Site {
  name: VendorName;
  mode: Mode;
  onDoubt: 'hold' | 'resend';
  dir: string;
  latencyScale: number;
}

async function startVendor({ name, mode, onDoubt, dir, latencyScale }: Site, history: History): Promise<VendorSite> {
  const port = await freePort();
  const site = join(dir, name);
  await mkdir(site, { recursive: true });
  const args = [vendorMain, site, String(port), mode, String(latencyScale)];
  const logFile = join(dir, `${name}.log`);
  const member = keepRunning({ name, role: 'vendor', args, env: {}, logFile }, history);
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    `${name} listens`,
    () =>
      fetch(`${url}/_sandbox/requests`).then(
        () => true,
        () => false,
      ),
    20_000,
  );
  return { name, mode, onDoubt, dir: site, url, member };
}

const settingsOf = (vendors: VendorSite[]): Record<string, string> =>
  Object.fromEntries(
    vendors.flatMap(({ name, url, mode, onDoubt }) => {
      const prefix = name.toUpperCase();
      const base = name === 'glm' ? `${url}/api/paas/v4` : url;
      const known = mode === 'none' ? { [`${prefix}_ON_DOUBT`]: onDoubt } : {};
      return Object.entries({
        [`${prefix}_BASE_URL`]: base,
        [`${prefix}_API_KEY`]: 'a-key-of-the-campaign',
        [`${prefix}_IDEMPOTENCY`]: mode,
        [`${prefix}_MAX_IN_FLIGHT`]: '20',
        ...known,
      });
    }),
  );

/** A disposable server may lose its last commits in a crash; this one must not, or its books would be wrong. */
async function keepCommits(url: string): Promise<void> {
  const db = connect(url, { max: 1, applicationName: 'campaign' });
  await db.raw('alter role current_user set synchronous_commit = on');
  await db.destroy();
}

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const dir = await mkdtemp(join(tmpdir(), 'directorai-faults-'));
  const history = openHistory(join(dir, 'history.jsonl'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(dir, 'pg'), log: quiet, disposable: true });
  await migrate(postgres.url);
  await keepCommits(postgres.url);
  const db = connect(postgres.url, { max: 4, applicationName: 'campaign' });
  await watchSteps(db);
  if (options.sql) await db.raw(options.sql);
  const proxy = await startProxy(postgres.url);
  const names: VendorName[] = ['glm', 'gemini', 'tuzi'];
  const latencyScale = options.latencyScale ?? 0.03;
  const siteOf = (name: VendorName): Site => ({
    ...{ name, mode: options.modes[name], onDoubt: options.onDoubt ?? 'hold', dir, latencyScale },
  });
  const vendors = await Promise.all(names.map((name) => startVendor(siteOf(name), history)));
  const dataDir = join(dir, 'data');
  const media = await openMediaSite(join(dir, 'tools'), dataDir);
  const bucket = options.store === 's3' ? await openBucket(join(dir, 'bucket')) : undefined;
  const settings = {
    DATABASE_URL: proxy.url,
    DATA_DIR: dataDir,
    FFMPEG_PATH: media.ffmpeg,
    FFPROBE_PATH: media.ffprobe,
    JWT_SECRET: 'the campaign signs its tokens with this one',
    LOG_LEVEL: 'warn',
    SANDBOX: 'off',
    NODE_COMPILE_CACHE: join(tmpdir(), 'directorai-compile-cache'),
    VIDEO_POLL_MS: '150',
    WORKER_CONCURRENCY: '12',
    RATE_LIMIT_PER_MINUTE: '1000000',
    MAX_TASKS_PER_USER: '1000',
    ...settingsOf(vendors),
    ...bucket?.settings,
    ...options.settings,
  };
  const run = (name: string, role: string, { env = {}, program = options.program, ...more }: Partial<Started> = {}) =>
    keepRunning(
      { name, role, args: [program, role], env: { ...settings, ...env }, logFile: join(dir, `${name}.log`), ...more },
      history,
    );
  const runWorkers = (name: string, count: number, clocksAheadMs: number[] = [0]) =>
    Array.from({ length: count }, (_, n) =>
      run(`${name}${n + 1}`, 'worker', {
        program: (n % 2 === 1 && options.release) || options.program,
        clockAheadMs: clocksAheadMs[n % clocksAheadMs.length] ?? 0,
      }),
    );
  const workers = runWorkers('worker', options.workers ?? 3, options.wrongClocks ? [0, hourMs, -hourMs] : [0]);
  const armed = runWorkers('armed', options.armed ?? 0);
  const ports = await Promise.all([freePort(), freePort()]);
  const apis = ports.map((port, n) => ({
    member: run(`api${n + 1}`, 'api', { env: { PORT: String(port) } }),
    url: `http://127.0.0.1:${port}/api/v1`,
  }));
  const stopProgram = () =>
    Promise.all([...workers, ...armed, ...apis.map(({ member }) => member)].map((member) => member.stop('SIGTERM')));
  return {
    dir,
    history,
    db,
    serverUrl: postgres.url,
    proxy,
    vendors,
    media,
    bucket,
    mediaDir: bucket?.root ?? join(dataDir, 'media'),
    workers,
    armed,
    apis,
    serverPid: async () =>
      Number((await readFile(join(dir, 'pg', 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]),
    stopProgram,
    async close(keep) {
      await stopProgram();
      await Promise.all(vendors.map(({ member }) => member.stop('SIGTERM')));
      await bucket?.close();
      await db.destroy();
      await proxy.close();
      await postgres.stop();
      if (!keep) await rm(dir, { recursive: true, force: true });
    },
  };
}
