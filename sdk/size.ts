import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin, stop } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));

export interface SdkSize {
  /** Of one file for browsers, with everything in it, minified and compressed by gzip. */
  wholeBytes: number;
  /** The same without what the generator wrote. */
  handWrittenBytes: number;
}

/** Bundles the compiled package as an application would. */
export async function measureSdk(): Promise<SdkSize> {
  try {
    return { wholeBytes: await bundled([]), handWrittenBytes: await bundled([withoutGenerated]) };
  } finally {
    await stop();
  }
}

const withoutGenerated: Plugin = {
  name: 'without what is generated',
  setup({ onResolve }) {
    onResolve({ filter: /\/generated\// }, ({ path }) => ({ path, external: true }));
  },
};

async function bundled(plugins: Plugin[]): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [`${root}dist/index.js`],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    plugins,
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { wholeBytes, handWrittenBytes } = await measureSdk();
  const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`;
  process.stdout.write(`${kib(wholeBytes)} minified and gzipped, ${kib(handWrittenBytes)} of it not generated\n`);
}
