import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Ends the media tools that a program which was killed has left at work in its folders under `base`, named by `isOrphan`: one that hangs uses no
 * CPU time, so no limit of its own ever ends it. Looks at the tools and not at the folders, since a tool may have been on its way when its
 * folder was removed. Where there is no `/proc` they are left alone.
 */
export async function endToolsUnder(base: string, isOrphan: (folder: string) => boolean): Promise<void> {
  const inside = `${path.resolve(base)}${path.sep}`;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  for (const pid of pids) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const folders = command
      .split(inside)
      .slice(1)
      .map((rest) => rest.split(path.sep, 1)[0] ?? '');
    if (pid !== process.pid && folders.some(isOrphan)) endGroup(pid);
  }
}

/** Each tool leads a process group of its own. One that has ended meanwhile, or is somebody else's, is none of ours. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'))) throw error;
  }
}
