import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const compiler = fileURLToPath(import.meta.resolve('typescript7/package.json')).replace('package.json', 'bin/tsc');
const lock = `${root}dist.lock`;

/** Compiles `sdk/src` to `sdk/dist`. */
export function buildSdk(): void {
  rmSync(`${root}dist`, { recursive: true, force: true });
  execFileSync(process.execPath, [compiler, '-p', root], { stdio: 'inherit' });
}

/** Compiles it where a source is newer than what was compiled; of several processes one does, and the others wait for it. */
export function buildSdkIfOld(): void {
  while (isBeingBuilt() || isOld()) {
    if (!take()) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      continue;
    }
    try {
      if (isOld()) buildSdk();
    } finally {
      rmdirSync(lock);
    }
  }
}

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function isOld(): boolean {
  const sources = globSync(['src/**/*.ts', 'tsconfig.json', 'package.json'], { cwd: root });
  const newest = Math.max(...sources.map((file) => changedAt(root + file)));
  return newest > changedAt(`${root}dist/index.js`);
}

const isBeingBuilt = (): boolean => changedAt(lock) > 0;

/** A process that was killed while it compiled must not keep others waiting. */
function take(): boolean {
  if (isBeingBuilt() && Date.now() - changedAt(lock) > 30_000) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) buildSdk();
