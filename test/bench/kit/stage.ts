import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where one measurement plays: a folder of its own, and whatever it starts, all gone at the end. */
export interface Stage {
  dir: string;
  say(line: string): void;
  /** Has `end` called when the stage is struck, the last one asked for first. */
  later(end: () => Promise<unknown>): void;
}

const standing = new Set<() => Promise<void>>();

/** Takes down every stage that stands, for a run that is cut short. */
export async function strikeAll(): Promise<void> {
  for (const strike of standing) await strike();
}

/** Builds a stage, plays on it, and takes it down however the play ends. */
export async function onStage<Result>(
  say: (line: string) => void,
  play: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const dir = await mkdtemp(join(tmpdir(), 'directorai-bench-'));
  // The account that Postgres runs as under root has to get through.
  await chmod(dir, 0o755);
  const ends: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true, maxRetries: 5 })];
  let struck: Promise<void> | undefined;
  const strikeOnce = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) await end();
  };
  const strike = () => {
    struck ??= strikeOnce().finally(() => standing.delete(strike));
    return struck;
  };
  standing.add(strike);
  try {
    return await play({ dir, say, later: (end) => void ends.push(end) });
  } finally {
    await strike();
  }
}
