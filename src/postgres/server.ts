import { type ChildProcess, spawn } from 'node:child_process';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import type { ClusterHome } from './clusterHome.ts';
import { disarmStalePidFile, findPostmaster, readPostmaster } from './postmaster.ts';
import { bareEnvironment, run } from './run.ts';

const readyWithinMs = 180_000;

export interface Launched {
  child: ChildProcess;
  port: number;
}

export type Launch = Launched | { failure: string };

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return address && typeof address === 'object' ? address.port : 0;
}

/** Seven log files, one per weekday, each begun anew after a week; statements and their values stay out of them. */
const logSettings = (folder: string) => [
  'logging_collector=on',
  'log_destination=stderr',
  `log_directory=${folder}`,
  'log_filename=postgres-%a.log',
  'log_truncate_on_rotation=on',
  'log_rotation_age=1d',
  'log_rotation_size=0',
  'log_min_messages=warning',
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
];

/** Of a disposable server, which may have many processes at it. */
const carelessSettings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];

function settings(home: ClusterHome, port: number, durable: boolean): string[] {
  const all = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'cluster_name=directorai',
    'max_connections=100',
    'jit=off',
    ...logSettings(home.log),
    ...(durable ? [] : carelessSettings),
  ];
  return all.flatMap((setting) => ['-c', setting]);
}

/** Faults that go away by themselves: a starting or dying server of ours, or a port that somebody was quicker to take. */
export const isPassing = (failure: string) =>
  /already exists|another postmaster|still in use|could not bind|could not create any TCP/i.test(failure);

/** The last words of a server that would not start. */
async function lastWords(home: ClusterHome): Promise<string> {
  const logs = (await readdir(home.log)).map((name) => join(home.log, name));
  const files = [join(home.dir, 'startup.log'), ...logs];
  const dated = await Promise.all(files.map(async (file) => ({ file, at: (await stat(file)).mtimeMs })));
  dated.sort((a, b) => a.at - b.at);
  const texts = await Promise.all(dated.slice(-2).map(({ file }) => readFile(file, 'utf8')));
  return texts.join('\n').trim().split('\n').slice(-12).join('\n');
}

async function untilReady(home: ClusterHome, child: ChildProcess): Promise<boolean> {
  const deadline = performance.now() + readyWithinMs;
  while (
    performance.now() < deadline &&
    child.exitCode === null &&
    child.signalCode === null &&
    child.pid !== undefined
  ) {
    const postmaster = await readPostmaster(home.data);
    if (postmaster?.pid === child.pid && postmaster.ready) return true;
    await delay(10);
  }
  return false;
}

/** Starts a server in a session of its own, so that neither Ctrl-C nor our death reaches it. */
export async function launchServer({ home, binaries, durable }: Cluster, wantedPort?: number): Promise<Launch> {
  await disarmStalePidFile(home.data);
  const port = wantedPort ?? (await freePort());
  const output = await open(join(home.dir, 'startup.log'), 'w', 0o600);
  const env = bareEnvironment();
  const child = spawn(binaries.postgres, ['-D', home.data, ...settings(home, port, durable)], {
    cwd: home.dir,
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
    ...(env ? { env } : {}),
    ...home.identity,
  });
  const spawnError = new Promise<string>((resolve) => child.once('error', (error) => resolve(error.message)));
  child.unref();
  await output.close();
  if (child.pid === undefined) return { failure: await spawnError };
  if (await untilReady(home, child)) return { child, port };
  if (child.exitCode === null) child.kill('SIGQUIT');
  return { failure: await lastWords(home) };
}

/** Stops the cluster's server: connections are cut, what was committed stays. A server that is gone already is a success. */
export async function stopServer({ home, binaries }: Cluster, mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
  const stop = (how: string) =>
    run(binaries.pgCtl, ['stop', '-D', home.data, '-m', how, '-w', '-t', '30'], {
      identity: home.identity,
      cwd: home.dir,
    });
  if (!(await findPostmaster(home.data))) return;
  const { code } = await stop(mode);
  if (code !== 0 && (await findPostmaster(home.data))) await stop('immediate');
}
