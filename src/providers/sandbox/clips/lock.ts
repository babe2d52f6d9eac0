import { join } from 'node:path';
import { createFile, isErrno, readIfThere, removeFile } from '../files.ts';

/** No clip takes this long: a lock older than this belongs to a process id that was given away again. */
const staleMs = 120_000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isErrno(error, 'EPERM');
  }
}

async function isHeld(dir: string, name: string): Promise<boolean> {
  const text = (await readIfThere(join(dir, 'marks', name)))?.toString('utf8');
  if (text === undefined) return false;
  const [pid = 0, at = 0] = text.split(' ').map(Number);
  return pid > 0 && Date.now() - at < staleMs && isAlive(pid);
}

/** Takes a lock between processes, or one left behind by a dead process; false while a living one holds it. */
export async function takeLock(dir: string, name: string): Promise<boolean> {
  if (await createFile(dir, 'marks', name, `${process.pid} ${Date.now()}`)) return true;
  if (await isHeld(dir, name)) return false;
  await removeFile(dir, 'marks', name);
  return createFile(dir, 'marks', name, `${process.pid} ${Date.now()}`);
}

export const releaseLock = (dir: string, name: string): Promise<void> => removeFile(dir, 'marks', name);
