import { execFileSync } from 'node:child_process';
import { globSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const compiler = fileURLToPath(import.meta.resolve('typescript7/package.json')).replace('package.json', 'bin/tsc');

/** Compiles `sdk/src` to `sdk/dist`. */
export function buildSdk(): void {
  rmSync(`${root}dist`, { recursive: true, force: true });
  execFileSync(process.execPath, [compiler, '-p', root], { stdio: 'inherit' });
}

/** Compiles it where a source is newer than what was compiled. */
export function buildSdkIfOld(): void {
  const madeAt = statSync(`${root}dist/index.js`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync(['src/**/*.ts', 'tsconfig.json', 'package.json'], { cwd: root });
  if (sources.some((file) => statSync(root + file).mtimeMs > madeAt)) buildSdk();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) buildSdk();
