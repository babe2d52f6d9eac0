import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBinaries } from '../../../src/media/binaries.ts';

/** What may become of a media tool; `child` is a process that it leaves behind. Nothing of it outlives the campaign's folder. */
export const mediaStrikes = {
  fails: 'exit 1',
  killed: 'kill -KILL $$',
  hangs: `trap '' TERM; for n in $(seq 600); do [ -d "$data" ] && sleep 1; done`,
  silent: 'exit 0',
  /** The last argument is where ffmpeg writes, and what ffprobe reads. */
  empty: 'for last; do :; done; [ "$tool" = ffmpeg ] && : > "$(echo "$last" | sed s/^file://)"; exit 0',
  chatters: 'head -c 5000000 /dev/zero | tr "\\0" x >&2; exit 1',
  forks: `sh -c 'for n in $(seq 600); do [ -d "$1" ] && sleep 1; done' child "$data" & exit 1`,
} as const;
export type MediaStrike = keyof typeof mediaStrikes;

/** ffmpeg and ffprobe as the program's processes have them: the real ones, unless a strike lies ready, which one of their runs then takes. */
export interface MediaSite {
  ffmpeg: string;
  ffprobe: string;
  /** Lays a strike ready; false where the last still lies there. */
  lay(strike: MediaStrike): Promise<boolean>;
  /** How many were taken so far. */
  taken(): Promise<number>;
  /** Takes away what still lies ready. */
  calm(): Promise<void>;
}

/** Moving a file is what no two of them can do: it leaves the trace by which a strike counts. Being asked for the version is no work. */
const scriptOf = (tool: string, real: string, { dir, dataDir }: { dir: string; dataDir: string }): string => `#!/bin/sh
tool=${tool} data='${dataDir}'
if [ "$1" != -version ]; then
  for strike in '${dir}'/ready/*; do
    [ -e "$strike" ] && mv "$strike" '${dir}/taken/' 2> /dev/null || continue
    case $strike in
${Object.entries(mediaStrikes)
  .map(([name, does]) => `    *-${name}) ${does} ;;`)
  .join('\n')}
    esac
  done
fi
exec '${real}' "$@"
`;

export async function openMediaSite(dir: string, dataDir: string): Promise<MediaSite> {
  const real = await findBinaries({});
  const [ready, taken] = [join(dir, 'ready'), join(dir, 'taken')];
  for (const folder of [ready, taken]) await mkdir(folder, { recursive: true });
  const tools = { ffmpeg: join(dir, 'ffmpeg'), ffprobe: join(dir, 'ffprobe') };
  for (const tool of ['ffmpeg', 'ffprobe'] as const)
    await writeFile(tools[tool], scriptOf(tool, real[tool], { dir, dataDir }), { mode: 0o755 });
  let laid = 0;
  return {
    ...tools,
    async lay(strike) {
      if ((await readdir(ready)).length > 0) return false;
      laid += 1;
      await writeFile(join(ready, `${laid}-${strike}`), '');
      return true;
    },
    taken: async () => (await readdir(taken)).length,
    async calm() {
      for (const name of await readdir(ready)) await rename(join(ready, name), join(dir, name)).catch(() => undefined);
    },
  };
}
