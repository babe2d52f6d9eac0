import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import type { ClusterHome } from './clusterHome.ts';
import { run } from './run.ts';
import type { Identity } from './serverUser.ts';
import { adviceFor } from './setupFailure.ts';

/** The account of the embedded server and the name of its database. */
export const superuser = 'directorai';

/** A cluster that exists, and all that is needed to run it. */
export interface Cluster {
  home: ClusterHome;
  binaries: Binaries;
  password: string;
  /** False where a crash of the machine may lose it: nothing is synced to disk. */
  durable: boolean;
}

async function giveTo(path: string, identity: Identity | undefined): Promise<void> {
  if (identity) await chown(path, identity.uid, identity.gid);
}

async function ownFolder(path: string, identity: Identity | undefined): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await giveTo(path, identity);
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

async function newPassword(home: ClusterHome): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  const file = await open(join(home.dir, 'password'), 'w', 0o600);
  try {
    await file.writeFile(password);
    await file.sync();
  } finally {
    await file.close();
  }
  return password;
}

async function initialise(home: ClusterHome, binaries: Binaries, data: string, passwordFile: string): Promise<void> {
  const { identity } = home;
  const options = ['--no-sync', '--no-instructions', '--locale=C', '--encoding=UTF8', '--auth=scram-sha-256'];
  const args = ['-D', data, '-U', superuser, `--pwfile=${passwordFile}`, ...options];
  const { code, output } = await run(binaries.initdb, args, { identity, cwd: home.dir });
  if (code === 0) return;
  const lastLine = output.trim().split('\n').at(-1) ?? '';
  throw new SetupError(
    `PostgreSQL could not create its database in ${home.dir}: ${adviceFor(output, lastLine)}. / PostgreSQL 无法创建数据库。`,
  );
}

/** What interrupted creations left; one whose orphaned program still writes there is left for the next time. */
async function sweepUnfinished(home: ClusterHome): Promise<void> {
  for (const left of await readdir(home.dir)) {
    if (!left.startsWith('data.new-')) continue;
    await rm(join(home.dir, left), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** An interrupted creation leaves only a folder that is never looked at again: the finished cluster appears by one rename. */
async function createCluster(home: ClusterHome, binaries: Binaries, durable: boolean): Promise<string> {
  const data = join(home.dir, `data.new-${randomBytes(6).toString('hex')}`);
  await ownFolder(data, home.identity);
  const password = await newPassword(home);
  const passwordFile = `${data}.password`;
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await giveTo(passwordFile, home.identity);
    await initialise(home, binaries, data, passwordFile);
  } catch (error) {
    await rm(data, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(passwordFile, { force: true });
  }
  if (durable) await run(binaries.initdb, ['--sync-only', '-D', data], { identity: home.identity, cwd: home.dir });
  await rename(data, home.data);
  await syncFolder(home.dir);
  return password;
}

function keptPassword(home: ClusterHome): Promise<string> {
  return readFile(join(home.dir, 'password'), 'utf8').catch((cause) => {
    throw new SetupError(
      `The database's password file ${join(home.dir, 'password')} can't be read: start as the user that made it. / 无法读取数据库密码文件：请以创建它的用户启动。`,
      { cause },
    );
  });
}

/** Opens the cluster of this home, making it on the first start. */
export async function openCluster(home: ClusterHome, binaries: Binaries, durable: boolean): Promise<Cluster> {
  await ownFolder(home.log, home.identity);
  await sweepUnfinished(home);
  const exists = await stat(home.data).then(
    () => true,
    () => false,
  );
  const password = exists ? await keptPassword(home) : await createCluster(home, binaries, durable);
  return { home, binaries, password, durable };
}
