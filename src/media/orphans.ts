import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Tells the processes of this machine from those of others that use the same folder. */
export const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** The variable by which a media tool, and all that it forks, can be told to be this process's. */
export const ownerName = 'DIRECTORAI_TOOL_OF';
export const owner = `${host}-${process.pid}`;

const ownerIn = new RegExp(`${ownerName}=${host}-(\\d+)`);

/**
 * Ends the media tools that a program which was killed has left at work, and what they forked: one that hangs uses no CPU time, so no limit of
 * its own ever ends it. Where there is no `/proc` they are left alone, as are those of other users.
 */
export async function endOrphanedTools(): Promise<void> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  for (const pid of pids) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    const [, ownerPid] = ownerIn.exec(environment) ?? [];
    if (ownerPid !== undefined && !isAlive(Number(ownerPid))) end(pid);
  }
}

/** Whether there is a process of this number on this machine. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** One that has ended meanwhile, or is somebody else's, is none of ours. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'))) throw error;
  }
}
