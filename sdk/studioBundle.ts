import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';
import { buildSdkIfOld } from './build.ts';

const entry = fileURLToPath(new URL('dist/index.js', import.meta.url));
const bundlePath = fileURLToPath(new URL('../src/studio/vendor/sdk.js', import.meta.url));

/** The SDK as the one file that the studio's pages load. */
async function studioBundle(): Promise<string> {
  buildSdkIfOld();
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  await stop();
  return outputFiles[0]?.text ?? '';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const bundle = await studioBundle();
  if (!process.argv.includes('--check')) writeFileSync(bundlePath, bundle);
  else if (readFileSync(bundlePath, 'utf8') !== bundle)
    throw new Error('src/studio/vendor/sdk.js is not of this SDK: run npm run studio:sdk');
}
