import { copyFile, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, stop } from 'esbuild';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** One change of the source for one build: how a guard is taken away without a switch in the program. */
export interface Patch {
  file: string;
  from: string;
  to: string;
}

/** Beside the tree's own modules, so that packages are found; one folder per build. */
const cache = join(root, 'node_modules', '.cache', 'faults');

function patching(patches: readonly Patch[]): Plugin {
  return {
    name: 'patch',
    setup(setup) {
      setup.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const mine = patches.filter(({ file }) => path === join(root, file));
        if (mine.length === 0) return undefined;
        let contents = await readFile(path, 'utf8');
        for (const { file, from, to } of mine) {
          if (!contents.includes(from)) throw new Error(`${file} has no such guard any more: ${from}`);
          contents = contents.replace(from, to);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}

/** Every start asks ffmpeg what it can do, in five processes; here it is the same ffmpeg a thousand times. */
const withoutTheLookAtFfmpeg: Patch[] = [
  { file: 'src/media/binaries.ts', from: "namesListed(file, '-encoders'),", to: 'new Set(neededEncoders),' },
  { file: 'src/media/binaries.ts', from: "namesListed(file, '-filters'),", to: 'new Set(neededFilters),' },
];

/** What hangs, a vendor, a media tool or the store, is given up after seconds: what depends on such time-outs does so in the time of a campaign. */
export const shortPatience: Patch[] = [
  { file: 'src/providers/glm.ts', from: 'const timeoutMs = 60_000;', to: 'const timeoutMs = 6_000;' },
  { file: 'src/providers/gemini.ts', from: 'const timeoutMs = 120_000;', to: 'const timeoutMs = 6_000;' },
  { file: 'src/workshop.ts', from: 'const vendorShowsWithinMs = 120_000;', to: 'const vendorShowsWithinMs = 20_000;' },
  { file: 'src/providers/tuzi.ts', from: 'const submitMs = 300_000;', to: 'const submitMs = 6_000;' },
  { file: 'src/media/join.ts', from: 'timeoutMs: 120_000 + expectedSeconds * 1_000,', to: 'timeoutMs: 10_000,' },
  { file: 'src/media/poster.ts', from: 'timeoutMs: 120_000 }', to: 'timeoutMs: 10_000 }' },
  { file: 'src/media/probe.ts', from: 'timeoutMs: 20_000,', to: 'timeoutMs: 10_000,' },
  { file: 'src/storage/s3.ts', from: 'const silentAtMostMs = 30_000;', to: 'const silentAtMostMs = 4_000;' },
];

/** A release that asks for screenplays in other words. */
export const otherWords: Patch[] = [
  { file: 'src/film/prompts.ts', from: 'You write screenplays for short', to: 'You write the screenplays of short' },
];

/** The program as one file: it starts three times as fast, and edits of the tree don't reach a campaign that runs. */
export async function buildProgram(name: string, patches: readonly Patch[] = []): Promise<string> {
  const dir = join(cache, name);
  await rm(dir, { recursive: true, force: true });
  const outfile = join(dir, 'src', 'program', 'main.js');
  await mkdir(dirname(outfile), { recursive: true });
  await build({
    entryPoints: [join(root, 'src', 'main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
    logLevel: 'error',
    plugins: [patching([...patches, ...withoutTheLookAtFfmpeg])],
  });
  await copyFile(join(root, 'openapi.yaml'), join(dir, 'openapi.yaml'));
  await symlink(join(root, 'migrations'), join(dirname(outfile), 'migrations'));
  return outfile;
}

export async function removeBuild(name: string): Promise<void> {
  await rm(join(cache, name), { recursive: true, force: true });
  await stop();
}
