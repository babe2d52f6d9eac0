import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Puts a file system of its own, of so many megabytes, on a folder; false for anybody but root, who may not. */
export const mountSmall = (dir: string, megabytes: number): Promise<boolean> =>
  run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', dir]).then(
    () => true,
    () => false,
  );

export const unmount = (dir: string): Promise<unknown> => run('umount', ['-l', dir]);

const balloon = 'balloon';
export const isBalloon = (name: string): boolean => name === balloon;
export const balloonIn = (dir: string): string => join(dir, balloon);

/** Takes all the room there is, up to the last 4 KB. */
export async function fill(dir: string): Promise<void> {
  await run('dd', ['if=/dev/zero', `of=${balloonIn(dir)}`, 'bs=4k']).catch(() => undefined);
}

export const makeRoom = (dir: string): Promise<void> => rm(balloonIn(dir), { force: true });
