import { beatEveryMs, isSilent } from '../../../src/engine/leaseRules.ts';
import type { Routine } from './clock.ts';
import { adoptOrphans, sweepWorkers, topUpWakeUps } from './database.ts';
import { pollLoop } from './poller.ts';
import type { Held, SessionRow } from './rows.ts';
import { watchStrays } from './strays.ts';
import { wakeLoop } from './worker.ts';
import { ConnectionError, query, type World } from './world.ts';

/** One run of a worker process; a new run is a new process with a new pool. */
export interface Process {
  pool: string;
  alive: boolean;
  diedAt: number;
  frozenUntil: number;
  /** The connection that holds its lock was cut: it will end as soon as it runs. */
  cut: boolean;
  registered: boolean;
  lastBeat: number;
  running: Map<string, { held: Held; stop: 'cancelled' | undefined }>;
  session: SessionRow | undefined;
}

/** Runs a routine inside a process: it stands still while that is frozen, and is never heard of again when it dies. */
export function spawn(world: World, process: Process, routine: Routine): void {
  const step = () => {
    if (!process.alive) return;
    const thawIn = process.frozenUntil - world.clock.now();
    if (thawIn > 0) return world.clock.after(thawIn + world.random.between(0, 5), step);
    world.current = process;
    const turn = routine.next();
    world.current = undefined;
    if (!turn.done) world.clock.after(turn.value, step);
  };
  world.clock.after(0, step);
}

/** Between any two effects a process may die or fall asleep: called by every transaction on its way there and back. */
export function strikeHere(world: World): void {
  const { random, clock, current } = world;
  if (!current || clock.now() > world.calmAt) return;
  const fate = random.next();
  if (fate < 0.003) clock.after(0, () => die(world, current, 'kill in a transaction'));
  else if (fate < 0.006) freeze(world, current);
}

export function freeze(world: World, process: Process): void {
  world.count('freeze');
  const forMs = world.random.pick([300, 3_000, 9_000, 20_000, 40_000]) * world.random.between(0.5, 1.5);
  process.frozenUntil = world.clock.now() + forMs;
}

export function die(world: World, process: Process, why: string): void {
  if (!process.alive) return;
  process.alive = false;
  process.diedAt = world.clock.now();
  if (process.session) process.session.locked = false;
  world.count(why);
  world.clock.after(world.random.between(200, 2_000), () => startProcess(world));
}

const stopsWithinMs = 25_000;

/** As on SIGTERM: it takes no more, lets what runs end, and fences itself. What it could not write down stays behind. */
export function* stop(world: World, process: Process): Routine {
  const { session } = process;
  if (!session || session.draining) return;
  try {
    yield* query(world, () => {
      session.draining = true;
    });
    for (let waited = 0; process.running.size > 0 && waited < stopsWithinMs; waited += 100) yield 100;
    yield* query(world, () => {
      session.fencedAt ??= world.db.now();
      die(world, process, 'stop');
    });
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    die(world, process, 'lost lease');
  }
}

/** Throws, and ends the process, once it may be taken for dead: the engine's own rule. */
export function assertAlive(world: World, process: Process): void {
  if (!process.cut && !isSilent(process.lastBeat, world.clock.now())) return;
  die(world, process, 'lost lease');
  throw new ConnectionError('the lease is lost');
}

export function startProcess(world: World): void {
  const process: Process = {
    pool: `pool-${world.processes.length + 1}`,
    alive: true,
    diedAt: 0,
    frozenUntil: 0,
    cut: false,
    registered: false,
    lastBeat: world.clock.now(),
    running: new Map(),
    session: undefined,
  };
  world.processes.push(process);
  spawn(world, process, live(world, process));
  for (let n = 0; n < 3; n += 1) spawn(world, process, wakeLoop(world, process));
}

function* live(world: World, process: Process): Routine {
  yield world.random.between(5, 100);
  while (!process.registered) yield* register(world, process);
  spawn(world, process, pollLoop(world, process));
  spawn(world, process, watchStrays(world, process));
  spawn(world, process, housekeeping(world));
  yield* beatLoop(world, process);
}

/** The time of the first beat is that before registering: who falls asleep meanwhile has to find itself late. */
function* register(world: World, process: Process): Routine {
  const startedAt = world.clock.now();
  try {
    yield* query(world, () => {
      process.session = {
        pool: process.pool,
        locked: true,
        beatAt: world.clock.now(),
        fencedAt: undefined,
        draining: false,
      };
      world.db.sessions.set(process.pool, process.session);
    });
    process.registered = true;
    process.lastBeat = startedAt;
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    if (process.session) die(world, process, 'lost lease');
    yield 200;
  }
}

function* beatLoop(world: World, process: Process): Routine {
  while (process.alive) {
    yield beatEveryMs;
    const sentAt = world.clock.now();
    const silent = isSilent(process.lastBeat, sentAt);
    if (silent || process.cut || world.outage) return die(world, process, 'lost lease');
    try {
      const fenced = yield* query(world, () => {
        const { session } = process;
        if (!session || session.fencedAt !== undefined) return true;
        session.beatAt = world.clock.now();
        return false;
      });
      if (fenced) return die(world, process, 'was fenced');
      process.lastBeat = sentAt;
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      return die(world, process, 'lost lease');
    }
  }
}

/** In every process; the worlds of `api` processes have nothing else. */
export function* housekeeping(world: World): Routine {
  let turns = 0;
  for (;;) {
    yield world.random.between(900, 1_100);
    turns += 1;
    try {
      yield* query(world, () => sweepWorkers(world.db));
      if (turns % 5 === 0) yield* query(world, () => topUpWakeUps(world.db));
      if (turns % 5 === 0) yield* query(world, () => adoptOrphans(world.db));
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
    }
  }
}
