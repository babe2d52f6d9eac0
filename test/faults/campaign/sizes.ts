import { readdir, readFile } from 'node:fs/promises';
import type { Cluster } from './cluster.ts';
import { type Evidence, factsOf } from './evidence.ts';

const lookEveryMs = 5_000;

/** Writes down, again and again, how much memory and how many file descriptors each process of the program has. */
export function watchSizes({ workers, apis, history }: Cluster): () => void {
  const members = [...workers, ...apis.map(({ member }) => member)];
  const look = async () => {
    for (const { name, pid } of members) {
      const size = pid === undefined ? undefined : await sizeOf(pid).catch(() => undefined);
      if (size && pid !== undefined) history.record({ type: 'size', name, pid, ...size });
    }
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  return () => clearInterval(timer);
}

async function sizeOf(pid: number): Promise<{ files: number; memoryMb: number }> {
  const files = (await readdir(`/proc/${pid}/fd`)).length;
  const kb = Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  return { files, memoryMb: kb / 1_024 };
}

/** A process starts with growing, and a film that is cut needs files for a moment. */
const settledMs = 20_000;
const lookedAtMost = 4;
const filesMore = 60;
const memoryMoreMb = 200;

type Looks = { at: number; pid: number; files: number; memoryMb: number }[];

/** Those from when a process has run for a while: one that is frozen while it starts does its growing after it. */
function settledLooks(evidence: Pick<Evidence, 'facts'>, looks: Looks): Looks {
  const { at: begunAt = 0, pid } = looks[0] ?? {};
  const frozen = factsOf(evidence, 'fault')
    .filter((fault) => fault.kind === 'SIGSTOP' && fault.pid === pid)
    .map(({ at, note = '' }) => ({ from: at, to: at + Number.parseInt(note, 10) }));
  const ranMs = (at: number) =>
    at -
    begunAt -
    frozen.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, at) - Math.max(from, begunAt)), 0);
  return looks.filter(({ at }) => ranMs(at) >= settledMs);
}

/** No process that ran for a while has ever more files open or memory in use: its last looks against its first ones. */
export function checkSizes(evidence: Pick<Evidence, 'facts'>): string[] {
  const runs = Map.groupBy(factsOf(evidence, 'size'), ({ name, pid }) => `${name} (${pid})`);
  return [...runs].flatMap(([process, looks]) => {
    const settled = settledLooks(evidence, looks);
    if (settled.length < 2 * lookedAtMost) return [];
    const least = (of: 'files' | 'memoryMb', some: typeof settled) => Math.min(...some.map((look) => look[of]));
    const grown = (of: 'files' | 'memoryMb') =>
      least(of, settled.slice(-lookedAtMost)) - least(of, settled.slice(0, lookedAtMost));
    return [
      ...(grown('files') > filesMore ? [`${process} has ${grown('files')} more files open than it began with`] : []),
      ...(grown('memoryMb') > memoryMoreMb ? [`${process} has grown by ${Math.round(grown('memoryMb'))} MB`] : []),
    ];
  });
}

/** Read once everything has stopped: nobody of the program holds a connection. */
export async function checkConnections({ db }: Evidence): Promise<string[]> {
  const left: string[] = await db('pg_stat_activity')
    .whereLike('application_name', 'directorai%')
    .pluck('application_name');
  return left.length > 0 ? [`${left.length} connections are left: ${[...new Set(left)].join(', ')}`] : [];
}
