import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { eventually } from './eventually.ts';

/** What keeps this process alive, by kind, and the processes it started that have not been reaped. */
interface Holdings {
  resources: Map<string, number>;
  children: Set<string>;
}

let allowed: Holdings = { resources: new Map(), children: new Set() };

/** Processes and threads may be gone between two looks. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function children(): Set<string> {
  if (process.platform !== 'linux') return new Set();
  const lists = readdirSync('/proc/self/task').map((task) => readIfThere(`/proc/self/task/${task}/children`));
  return new Set(lists.join(' ').split(' ').filter(Boolean));
}

function holdings(): Holdings {
  const resources = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) resources.set(kind, (resources.get(kind) ?? 0) + 1);
  return { resources, children: children() };
}

/** Whatever is open now belongs to the run, not to a test file. */
export function allowPresent(): void {
  allowed = holdings();
}

/** Runs a step of the harness itself: what it leaves open is no leak. */
export async function ofTheHarness<T>(step: () => Promise<T>): Promise<T> {
  const before = holdings();
  const answer = await step();
  const after = holdings();
  for (const [kind, count] of after.resources) {
    const more = count - (before.resources.get(kind) ?? 0);
    if (more > 0) allowed.resources.set(kind, (allowed.resources.get(kind) ?? 0) + more);
  }
  for (const pid of after.children) if (!before.children.has(pid)) allowed.children.add(pid);
  return answer;
}

/** Mocha's own timer of an asynchronous hook runs from the hook's first turn on. */
const hookTimers = 1;

function excess(): string[] {
  const now = holdings();
  const resources = [...now.resources].flatMap(([kind, count]) => {
    const more = count - (allowed.resources.get(kind) ?? 0) - (kind === 'Timeout' ? hookTimers : 0);
    return more > 0 ? [`${more} × ${kind}`] : [];
  });
  const processes = [...now.children].filter((pid) => !allowed.children.has(pid));
  return [...resources, ...processes.map((pid) => `process ${pid}: ${readIfThere(`/proc/${pid}/comm`)}`)];
}

/** Fails when a test file leaves a timer, server, socket, thread or process behind; it has a moment to let go. */
export async function refuseLeaks(): Promise<void> {
  let left: string[] = [];
  const clean = () => {
    left = excess();
    return left.length === 0;
  };
  await nextTurn();
  await eventually('nothing is left open', clean, 1500).catch(() => undefined);
  if (left.length === 0) return;
  allowPresent();
  throw new Error(`left open:\n  ${left.join('\n  ')}`);
}
