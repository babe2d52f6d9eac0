import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { sum } from './stats.ts';

/** Processes may be gone between two looks. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The fields of /proc/<pid>/stat after the name, which may itself hold spaces. */
const statOf = (pid: number): string[] =>
  readIfThere(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');

/** User and system time of a process with all its threads, to the nanosecond; its children apart. */
export function cpuSeconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) =>
    Number(readIfThere(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]),
  );
  return sum(nanoseconds) / 1e9;
}

/** Ticks of the kernel's clock for user space: 100 a second on every Linux. */
const ticksPerSecond = 100;

/** User and system time of a process, and of the children it has reaped, in seconds. */
export function cpuWithChildren(pid: number): { own: number; children: number } {
  const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = statOf(pid).slice(11, 15).map(Number);
  return { own: (user + system) / ticksPerSecond, children: (childrenUser + childrenSystem) / ticksPerSecond };
}

/** Seconds of CPU that the whole machine has spent. */
export const busySeconds = (): number =>
  sum(cpus().map(({ times }) => times.user + times.nice + times.sys + times.irq)) / 1000;

function kibibytes(file: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(file)?.[1] ?? 0);
}

/** The most memory a process ever held resident, in MiB. */
export const peakMiB = (pid: number): number => kibibytes(readIfThere(`/proc/${pid}/status`), 'VmHWM') / 1024;

/** What a process holds resident now, in KiB. */
export const residentKiB = (pid: number): number => kibibytes(readIfThere(`/proc/${pid}/status`), 'VmRSS');

/** A process's own memory and its share of what it has in common with others, in MiB. */
const shareMiB = (pid: number): number => kibibytes(readIfThere(`/proc/${pid}/smaps_rollup`), 'Pss') / 1024;

const parentOf = (pid: number): number => Number(statOf(pid)[1] ?? 0);
const nameOf = (pid: number): string => readIfThere(`/proc/${pid}/comm`).trim();

export function descendantsOf(root: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .map(Number)
      .filter(Boolean)
      .map((pid) => [pid, parentOf(pid)]),
  );
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent === root || (parent !== undefined && parent > 1 && isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

export interface ChildPeaks {
  /** The most that all Postgres processes held together, in MiB. */
  postgresMiB: number;
  /** The most that ffmpeg and ffprobe processes held together, in MiB. */
  toolsMiB: number;
  /** The largest of those. */
  largestToolMiB: number;
  toolsAtOnce: number;
}

const everyMs = 200;

/** Looks at the processes below this one again and again, until asked for the peaks. */
export function watchChildren(pid: number): () => ChildPeaks {
  const peaks: ChildPeaks = { postgresMiB: 0, toolsMiB: 0, largestToolMiB: 0, toolsAtOnce: 0 };
  const raise = (name: keyof ChildPeaks, value: number) => {
    peaks[name] = Math.max(peaks[name], value);
  };
  const total = (pids: number[]) => sum(pids.map(shareMiB));
  const look = () => {
    const children = descendantsOf(pid).map((child) => ({ child, name: nameOf(child) }));
    const named = (wanted: RegExp) => children.filter(({ name }) => wanted.test(name)).map(({ child }) => child);
    const tools = named(/^ff(mpeg|probe)/);
    raise('postgresMiB', total(named(/^postgres/)));
    raise('toolsMiB', total(tools));
    raise('toolsAtOnce', tools.length);
    for (const tool of tools) raise('largestToolMiB', peakMiB(tool));
  };
  const timer = setInterval(look, everyMs);
  return () => {
    clearInterval(timer);
    return peaks;
  };
}
