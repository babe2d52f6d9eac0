import type { Knex } from 'knex';
import { connect } from '../../src/db/connect.ts';
import type { PlannedStep } from '../../src/film/plan.ts';
import { allSteps, plan, startRig } from '../engine/engineRig.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import type { Bench, Figure } from './kit/figure.ts';
import { runPlainJobs } from './kit/plainJobs.ts';
import { startPostgres } from './kit/postgres.ts';
import type { Stage } from './kit/stage.ts';
import { median, quantile, round } from './kit/stats.ts';
import { type EngineTimes, rateOf, watchEngine } from './kit/watchEngine.ts';

const rounds = 3;
const filmCount = 100;
const userCount = 10;
const jobs = 5_000;
const concurrency = 60;
/** Of the engine: 20 for its own statements and 10 for its wake-ups. */
const connections = { steps: 20, wakeUps: 10 };

export const engine: Bench = {
  name: 'engine',
  about: 'steps per second without vendors, and the delay from one step to the next',
  async run(stage) {
    const ground = await openGround(stage);
    const rates = { films: [] as number[], backlog: [] as number[], plain: [] as number[] };
    for (let turn = 0; turn < rounds; turn += 1) {
      stage.say(`round ${turn + 1} of ${rounds}`);
      rates.films.push(await saturate(ground, filmShape, filmCount));
      rates.plain.push(
        await runPlainJobs(ground.url, { jobs, concurrency, connections: connections.steps + connections.wakeUps }),
      );
      rates.backlog.push(await saturate(ground, flat(30), filmCount));
    }
    const plain = median(rates.plain);
    return [
      rateFigure('steps of films per second', median(rates.films), plain, { films: filmCount, users: userCount }),
      rateFigure('steps per second out of 3,000 ready at once', median(rates.backlog), plain, { users: userCount }),
      { name: "graphile-worker's own jobs per second", value: plain, unit: '/s', raw: { jobs, concurrency } },
      await delayFigure(ground, 1, 'one film alone'),
      await delayFigure(ground, 20, '20 at once'),
      await wakingFigure(ground),
    ];
  },
};

const rateFigure = (name: string, value: number, plain: number, raw: Figure['raw']): Figure => ({
  name,
  value,
  unit: '/s',
  raw: { ...raw, concurrency, "÷ graphile-worker's own": round(value / plain) },
});

interface Ground {
  url: string;
  db: Knex;
  users: string[];
}

async function openGround(stage: Stage): Promise<Ground> {
  const url = await startPostgres(stage);
  const db = connect(url, { max: connections.steps, applicationName: 'bench' });
  stage.later(() => db.destroy());
  const users = await Promise.all(Array.from({ length: userCount }, (_, index) => addUser(db, `user${index}`)));
  return { url, db, users };
}

type Shape = Partial<PlannedStep>[];

/** The graph of a usual film, without the words: 1 screenplay, 2 sheets, 7 pictures, 7 clips, 1 film. */
const filmShape: Shape = [
  { key: 'write' },
  ...layer('sheet', 2, ['write']),
  ...layer('image', 7, ['sheet0', 'sheet1']),
  ...layer('clip', 7).map((clip, index) => ({ ...clip, after: [`image${index}`] })),
  { key: 'cut', after: Array.from({ length: 7 }, (_, index) => `clip${index}`) },
];

function layer(name: string, count: number, after: string[] = []): Shape {
  return Array.from({ length: count }, (_, index) => ({ key: `${name}${index}`, after }));
}

const flat = (count: number): Shape => layer('step', count);
const chain = (count: number): Shape =>
  Array.from({ length: count }, (_, index) => ({ key: `${index}`, after: index === 0 ? [] : [`${index - 1}`] }));

const done = allSteps(async () => ({ end: 'done', result: {} }));

/** Adds all tasks first, then lets a worker loose on them; answers its steps per second. */
async function saturate(ground: Ground, shape: Shape, count: number): Promise<number> {
  for (let index = 0; index < count; index += 1) await plan(ground.db, userAt(ground, index), shape);
  return rateOf(await play(ground, shape.length * count));
}

const userAt = ({ users }: Ground, index: number): string => users[index % users.length] ?? '';

/** What the engine does while a worker runs on this ground. */
async function withWorker({ db, url }: Ground, work: (times: EngineTimes) => Promise<void>): Promise<EngineTimes> {
  const times = watchEngine(db);
  const rig = await startRig({ db, url }, { steps: done, concurrency });
  try {
    await work(times);
  } finally {
    await rig.stop();
    db.removeAllListeners('query-response');
  }
  return times;
}

/** Runs so many steps, all of them planned before, to the last one's end. */
async function play(ground: Ground, steps: number): Promise<EngineTimes> {
  await ground.db.raw('analyze steps, step_edges, tasks');
  return withWorker(ground, async ({ finished }) => {
    await eventually(`${steps} steps are done`, () => finished.size === steps, 120_000);
  });
}

const chainLength = 50;

/** How long a successor waits: from the answer to its predecessor's commit to the answer to its own claim. */
async function delayFigure(ground: Ground, chains: number, name: string): Promise<Figure> {
  const tasks = await Promise.all(
    Array.from({ length: chains }, (_, index) => plan(ground.db, userAt(ground, index), chain(chainLength))),
  );
  const { claimed, finished } = await play(ground, chains * chainLength);
  const edges = await ground
    .db('step_edges as e')
    .join('steps as s', 's.id', 'e.successor_id')
    .whereIn('s.task_id', tasks)
    .select<{ before: string; after: string }[]>('e.predecessor_id as before', 'e.successor_id as after');
  return waitFigure(
    `commit of a step to its successor's claim, ${name}, p50`,
    edges.map(({ before, after }) => (claimed.get(after) ?? Number.NaN) - (finished.get(before) ?? 0)),
  );
}

/** How long a task waits for an idle worker, which has to be woken through Postgres. */
async function wakingFigure(ground: Ground): Promise<Figure> {
  const waits: number[] = [];
  await withWorker(ground, async ({ claimed, finished }) => {
    for (let turn = 0; turn < 100; turn += 1) {
      await plan(ground.db, userAt(ground, turn), flat(1));
      const committed = performance.now();
      await eventually('the step is done', () => finished.size > turn, 30_000);
      waits.push(([...claimed.values()].at(-1) ?? Number.NaN) - committed);
    }
  });
  return waitFigure("commit of a new task to its first step's claim by an idle worker, p50", waits);
}

const waitFigure = (name: string, waits: readonly number[]): Figure => ({
  name,
  value: quantile(waits, 0.5),
  unit: 'ms',
  raw: { 'p99 ms': round(quantile(waits, 0.99)), samples: waits.length },
});
