import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin, stop } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));

export interface SdkSize {
  /** Of one file for browsers, with everything in it, minified and compressed by gzip. */
  wholeBytes: number;
  /** The same without what the generator wrote. */
  handWrittenBytes: number;
  /** What went into it. */
  files: string[];
}

/** Bundles the compiled package as an application for browsers would; an import of Node's fails. */
export async function measureSdk(): Promise<SdkSize> {
  try {
    const whole = await bundled([]);
    return { ...whole, handWrittenBytes: (await bundled([withoutGenerated])).wholeBytes };
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

async function bundled(plugins: Plugin[]): Promise<Omit<SdkSize, 'handWrittenBytes'>> {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${root}dist/index.js`],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    plugins,
    metafile: true,
    write: false,
  });
  const wholeBytes = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
  return { wholeBytes, files: Object.keys(metafile.inputs) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { wholeBytes, handWrittenBytes } = await measureSdk();
  const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`;
  process.stdout.write(`${kib(wholeBytes)} minified and gzipped, ${kib(handWrittenBytes)} of it not generated\n`);
}
