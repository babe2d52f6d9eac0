import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rmdir, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from '../errors.ts';
import { canReach, type Identity, serverIdentity } from './serverUser.ts';

/** The folder of one cluster: `data` (the cluster), `log`, `password`, and `binaries-…` where they had to be copied. */
export interface ClusterHome {
  /** The folder the user knows; `dir` lies in it, or in a place its symbolic link `postgres` names. */
  dataDir: string;
  /** Absolute, without symbolic links. */
  dir: string;
  data: string;
  log: string;
  identity: Identity | undefined;
}

/** The PostgreSQL version whose files the installed programs read. */
const postgresMajor = '18';

const known = /^(data|log|password|startup\.log|data\.new-.*|binaries-.*)$/;
const systemFolder = '/var/lib/directorai';

/** A folder other accounts get through but can't list, and that nobody but root changes. */
async function systemBase(): Promise<string> {
  try {
    if (await mkdir(systemFolder, { recursive: true })) await chmod(systemFolder, 0o711);
    const found = await lstat(systemFolder);
    if (found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0) return systemFolder;
  } catch {
    return tmpdir();
  }
  return tmpdir();
}

async function relocated(identity: Identity): Promise<string> {
  for (const base of new Set([await systemBase(), tmpdir()])) {
    const dir = base === systemFolder ? join(base, randomUUID()) : await mkdtemp(join(base, 'directorai-'));
    await mkdir(dir, { recursive: true });
    await chmod(dir, 0o711);
    if (await canReach(dir, identity)) return dir;
    await rmdir(dir);
  }
  throw new SetupError(
    `No folder for PostgreSQL can be reached by the user with id ${identity.uid}: set DATA_DIR to a folder outside root's own ones. / 数据库用户无法访问任何目录：请将 DATA_DIR 设为 root 目录之外的位置。`,
  );
}

async function newHome(dataDir: string): Promise<void> {
  const place = join(dataDir, 'postgres');
  const identity = await serverIdentity(undefined);
  await mkdir(place);
  await chmod(place, identity ? 0o711 : 0o700);
  if (!identity || (await canReach(place, identity))) return;
  await rmdir(place);
  await symlink(await relocated(identity), place);
}

async function checkContents(dir: string): Promise<void> {
  const stranger = (await readdir(dir)).find((name) => !known.test(name));
  if (stranger !== undefined)
    throw new SetupError(
      `${dir} holds files that are not DirectorAI's (${stranger}): move them, or set DATA_DIR to another folder. / 其中有不属于 DirectorAI 的文件：请移走，或将 DATA_DIR 设为其他目录。`,
    );
}

async function checkVersion(data: string): Promise<void> {
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  const remedy = 'move it away to start with an empty database, or set DATA_DIR to another folder';
  const remedyZh = '请将其移走以新建空数据库，或将 DATA_DIR 设为其他目录';
  if (version === undefined)
    throw new SetupError(
      `${data} is damaged, it is not a PostgreSQL database: ${remedy}. / 数据已损坏，不是 PostgreSQL 数据库：${remedyZh}。`,
    );
  if (version.trim() !== postgresMajor)
    throw new SetupError(
      `${data} belongs to PostgreSQL ${version.trim()}, this program reads ${postgresMajor}: ${remedy}. / 数据库版本不符：${remedyZh}。`,
    );
}

/** Finds, checks or makes the folder of the cluster; call it with the data directory locked. */
export async function clusterHome(dataDir: string): Promise<ClusterHome> {
  const place = join(dataDir, 'postgres');
  if (!(await lstat(place).catch(() => undefined))) await newHome(dataDir);
  const dir = await realpath(place).catch((cause) => {
    throw new SetupError(
      `${place} points at a folder that is gone: bring it back, or delete the link to start anew. / 链接所指的目录已不存在：请恢复它，或删除链接重新开始。`,
      { cause },
    );
  });
  await checkContents(dir);
  const data = join(dir, 'data');
  const owner = await stat(data).catch(() => undefined);
  if (owner) await checkVersion(data);
  const identity = await serverIdentity(owner);
  if (!(await canReach(dir, identity)))
    throw new SetupError(
      `${dir} can't be reached by the user with id ${identity?.uid} that owns the database in it: move it. / 数据库所属用户无法访问该目录：请移动它。`,
    );
  return { dataDir, dir, data, log: join(dir, 'log'), identity };
}
