import { createRandom, type Random } from '../random.ts';
import type { Routine } from './clock.ts';
import { stepsOf } from './database.ts';
import { addTask, cancelTask, resolveStep, retryTask } from './orders.ts';
import { die, freeze, type Process, spawn, stop } from './process.ts';
import type { Kind } from './rows.ts';
import type { World } from './world.ts';

/** Starts a routine that no fault touches: users, faults themselves, the housekeeping of an API process. */
export function runOutside(world: World, routine: Routine): void {
  const step = () => {
    const turn = routine.next();
    if (!turn.done) world.clock.after(turn.value, step);
  };
  world.clock.after(0, step);
}

const film: [Kind, number[]][] = [
  ['writeScreenplay', []],
  ['drawSceneImage', [0]],
  ['drawSceneImage', [0]],
  ['shootSceneClip', [1]],
  ['shootSceneClip', [2]],
  ['assembleFilm', [3, 4]],
];
const picture: [Kind, number[]][] = [['drawSceneImage', []]];

export function* users(world: World): Routine {
  const { db, random } = world;
  const tasks = random.integer(1, 4);
  const people = random.integer(0, 1);
  for (let n = 0; n < tasks; n += 1) {
    addTask(db, { id: `t${n}`, user: `u${random.integer(0, people)}`, plan: random.chance(0.6) ? film : picture });
    yield random.chance(0.5) ? 0 : random.between(0, 5_000);
  }
  while (world.clock.now() < world.calmAt) {
    yield random.between(500, 15_000);
    const task = random.pick(db.tasks);
    if (random.chance(0.3)) random.pick(task.steps).edition += 1;
    if (random.chance(0.15)) cancelTask(db, task);
    else if (random.chance(0.4)) retryTask(db, task);
    else decide(world);
  }
}

function decide({ db, random }: World): void {
  const doubtful = stepsOf(db).find(({ status }) => status === 'needs_review');
  if (doubtful) resolveStep(db, doubtful, random.chance(0.6) ? 'retry' : 'accept_loss');
}

/** Kills, freezes and cuts at random moments, more often while a call is on its way, and outages of the database. */
export function* faults(world: World): Routine {
  const { random } = world;
  while (world.clock.now() < world.calmAt) {
    yield random.between(20, 4_000);
    const living = world.processes.filter(({ alive }) => alive);
    if (living.length === 0) continue;
    strike(world, random.pick(living));
  }
}

/** Processes that are told to stop, in every eighth schedule and by a chance of its own: all others are what they were before there were stops. */
export function* stops(world: World, seed: number): Routine {
  const random = createRandom(seed + 1);
  while (seed % 8 === 7 && world.clock.now() < world.calmAt) {
    yield random.between(500, 5_000);
    const living = world.processes.filter(({ alive, registered }) => alive && registered);
    const process = living.length > 0 ? random.pick(living) : undefined;
    if (process) spawn(world, process, stop(world, process));
  }
}

function strike(world: World, process: Process): void {
  const { random } = world;
  const fate = random.next();
  if (fate < 0.4) {
    die(world, process, 'kill');
  } else if (fate < 0.7) {
    freeze(world, process);
  } else if (fate < 0.85) {
    world.count('cut');
    process.cut = true;
    if (process.session) process.session.locked = false;
  } else if (fate < 0.9) {
    world.count('kill all');
    for (const one of world.processes) die(world, one, 'kill');
  } else if (fate < 0.95) {
    outage(world);
  } else {
    disturbWakes(world);
  }
}

function outage(world: World): void {
  world.count('outage');
  world.outage = true;
  for (const { session } of world.processes) if (session) session.locked = false;
  for (const process of world.processes) process.cut = true;
  world.clock.after(world.random.between(100, 15_000), () => {
    world.outage = false;
    world.backAt = world.clock.now();
  });
}

/** Wake-ups may be lost and doubled: `steps` is the truth. */
function disturbWakes({ db, random }: World): void {
  for (const wake of db.wakes.values()) {
    if (wake.lockedBy === undefined && random.chance(0.5)) db.wakes.delete(wake.id);
  }
}

/** The vendor goes away for seconds, or for longer than anybody waits, now and then again at once; a process may die when it is back. */
export function* absences(world: World): Routine {
  const { random, clock, vendor } = world;
  if (random.chance(0.7)) return;
  yield random.between(200, 3_000);
  for (let again = false; again || clock.now() < world.calmAt; ) {
    const forMs = absentForMs(random, again ? 0.3 : 0.04);
    vendor.leave(forMs);
    world.count('vendor away');
    again = !again && random.chance(0.4);
    yield forMs + random.between(500, again ? 4_000 : 20_000);
    const living = world.processes.filter(({ alive }) => alive);
    if (living.length > 0 && random.chance(0.4)) die(world, random.pick(living), 'kill');
  }
}

function absentForMs(random: Random, long: number): number {
  if (random.chance(long)) return random.between(840_000, 1_200_000);
  const fate = random.next();
  if (fate < 0.6) return random.between(1_000, 30_000);
  return fate < 0.92 ? random.between(30_000, 180_000) : random.between(180_000, 840_000);
}
