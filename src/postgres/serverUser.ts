import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SetupError } from '../errors.ts';
import { run } from './run.ts';

/** The account the database server runs as. */
export interface Identity {
  uid: number;
  gid: number;
}

async function accountNamed(name: string): Promise<Identity | undefined> {
  const [uid, gid] = await Promise.all([run('/usr/bin/id', ['-u', name]), run('/usr/bin/id', ['-g', name])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}

/**
 * Postgres refuses to run as root, so root lends it another account: the present owner of the files, else `postgres`, else `nobody`.
 * Undefined where the server simply runs as the current user.
 */
export async function serverIdentity(ownerOfCluster: Identity | undefined): Promise<Identity | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (ownerOfCluster && ownerOfCluster.uid !== 0) return ownerOfCluster;
  const identity = (await accountNamed('postgres')) ?? (await accountNamed('nobody'));
  if (!identity)
    throw new SetupError(
      'PostgreSQL does not run as root and there is no user "postgres" or "nobody" to run it as; create one. / PostgreSQL 不能以 root 运行，且没有 postgres 或 nobody 用户：请创建一个。',
    );
  return identity;
}

function mayTraverse(folder: Stats, { uid, gid }: Identity): boolean {
  if (folder.uid === uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}

/** Whether that account gets through every folder on the way to this one, itself included. */
export async function canReach(folder: string, identity: Identity | undefined): Promise<boolean> {
  if (!identity) return true;
  for (let at = await realpath(folder); ; at = dirname(at)) {
    if (!mayTraverse(await stat(at), identity)) return false;
    if (dirname(at) === at) return true;
  }
}
