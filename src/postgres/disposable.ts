import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterHome } from './clusterHome.ts';

/** Waits for the end of its input, which comes with our death of whatever cause, then ends the server and removes its files. */
const afterUs = [
  'cat >/dev/null',
  'kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")"',
  'for i in $(seq 100); do [ -e "$1/data/postmaster.pid" ] || break; sleep 0.1; done',
  'rm -rf -- "$1" "$2"',
].join('; ');

/** Deletes the cluster and the data directory's link to it. */
export async function removeHome(home: ClusterHome): Promise<void> {
  await rm(home.dir, { recursive: true, force: true, maxRetries: 3 });
  await rm(join(home.dataDir, 'postgres'), { recursive: true, force: true });
}

/** Sets a process beside the server that ends it when this process is gone; the returned function calls it off. */
export function guardDisposable(home: ClusterHome): () => void {
  if (process.platform === 'win32') return () => undefined;
  const files = [home.dir, join(home.dataDir, 'postgres')];
  const guard = spawn('/bin/sh', ['-c', afterUs, 'guard', ...files], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  guard.stdin.on('error', () => undefined);
  if ('unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref();
  return () => {
    guard.kill('SIGKILL');
  };
}
