import assert from 'node:assert/strict';
import { cp, mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../../src/errors.ts';
import { openFolder, removeFolder, start } from './support.ts';

/** One sentence that names the place and says what to do. */
async function refuses(dataDir: string, place: string, what: RegExp): Promise<void> {
  await assert.rejects(start(dataDir), (error) => {
    assert.ok(error instanceof SetupError, String(error));
    assert.ok(error.message.includes(place), error.message);
    assert.match(error.message, what);
    assert.match(error.message, /^[^\n]+\. \/ [^\n]+。$/);
    return true;
  });
}

describe('startEmbeddedPostgres on a damaged data directory', () => {
  let dataDir: string;
  let data: string;
  before(async () => {
    dataDir = await openFolder();
    data = join(dataDir, 'postgres', 'data');
    await (await start(dataDir)).stop();
  });
  after(() => removeFolder(dataDir));

  it('starts although a stranger has the process number of the dead server', async () => {
    await writeFile(
      join(data, 'postmaster.pid'),
      `${process.pid}\n${data}\n1700000000\n5432\n\n127.0.0.1\n  1 1\nready   \n`,
    );
    await (await start(dataDir)).stop();
    await writeFile(join(data, 'postmaster.pid'), 'garbage');
    await (await start(dataDir)).stop();
  });

  it('names a data directory that is a file', async () => {
    const file = join(dataDir, 'file');
    await writeFile(file, '');
    await refuses(file, file, /there is a file where a folder is needed/);
  });

  it('names files that are not its own', async () => {
    const other = join(dataDir, 'other');
    await mkdir(join(other, 'postgres'), { recursive: true });
    await writeFile(join(other, 'postgres', 'thesis.doc'), '');
    await refuses(other, join(other, 'postgres'), /thesis\.doc/);
  });

  it('names a link to a folder that is gone', async () => {
    const other = join(dataDir, 'dangling');
    await mkdir(other);
    await symlink(join(other, 'nowhere'), join(other, 'postgres'));
    await refuses(other, join(other, 'postgres'), /points at a folder that is gone/);
  });

  it('names a lock file that is garbage', async () => {
    const other = join(dataDir, 'locked');
    await mkdir(other);
    await writeFile(join(other, 'postgres.lock'), 'garbage '.repeat(1000));
    await refuses(other, join(other, 'postgres.lock'), /not a database/);
  });

  it('names a database of another PostgreSQL version', async () => {
    const kept = await readFile(join(data, 'PG_VERSION'));
    await writeFile(join(data, 'PG_VERSION'), '15\n');
    await refuses(dataDir, data, /belongs to PostgreSQL 15, this program reads 18/);
    await writeFile(join(data, 'PG_VERSION'), kept);
  });

  it('names a database whose files are cut short', async () => {
    await cp(join(data, 'global', 'pg_control'), join(dataDir, 'pg_control'));
    await truncate(join(data, 'global', 'pg_control'), 100);
    await refuses(dataDir, data, /does not start on/);
    await rm(join(data, 'PG_VERSION'));
    await refuses(dataDir, data, /is damaged/);
  });
});
