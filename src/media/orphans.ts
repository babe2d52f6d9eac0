import { readdir, readFile } from 'node:fs/promises';

/**
 * Ends the media tools that a program which was killed has left at work in these folders: one that hangs uses no CPU time, so no limit of
 * its own ever ends it. Where there is no `/proc` they are left alone.
 */
export async function endToolsIn(dirs: readonly string[]): Promise<void> {
  if (dirs.length === 0) return;
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  for (const pid of pids) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (pid !== process.pid && dirs.some((dir) => command.includes(`${dir}/`))) endGroup(pid);
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
