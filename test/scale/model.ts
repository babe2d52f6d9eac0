import { type Costs, type Shape, simulate } from './simulate.ts';

/** Measured by `npm run bench -- makespan` for ten films on two cores of a virtual AMD EPYC, a tenth of it each. */
const costs: Costs = {
  database: 0.32,
  worker: 0.8,
  cutting: 0.4,
  vendors: { text: 2, sheet: 2, picture: 2, clip: 6 },
};
/** Assumed. */
const machine = { slots: 60, coresPerWorker: 2, databaseCores: 16 };
const coreHourUsd = 0.04;

const one = (given: Partial<Shape>, changed: Partial<Costs> = {}) =>
  simulate({ ...costs, ...changed }, { ...machine, workers: 1, databases: 1, ...given });

function row(name: string, given: Partial<Shape>, changed?: Partial<Costs>): string {
  const { filmsPerMinute, secondsPerFilm, databaseBusy, workersBusy } = one(given, changed);
  const cells = [
    name,
    filmsPerMinute.toFixed(0),
    secondsPerFilm.toFixed(0),
    `${(databaseBusy * 100).toFixed(0)} %`,
    `${(workersBusy * 100).toFixed(0)} %`,
  ];
  return `| ${cells.join(' | ')} |`;
}

const lines = [
  '| computed, not measured | films a minute | s a film | databases busy | workers busy |',
  '|---|---|---|---|---|',
  ...[1, 2, 4, 10, 20, 50, 100, 1_000].map((workers) => row(`${workers} workers, 1 database`, { workers })),
  row('1,000 workers, half the statements batched away', { workers: 1_000 }, { database: costs.database * 0.5 }),
  row('1,000 workers, a fifth read from a replica', { workers: 1_000 }, { database: costs.database * 0.8 }),
  row('1,000 workers, 2 databases', { workers: 1_000, databases: 2 }),
  row('1,000 workers, 4 databases', { workers: 1_000, databases: 4 }),
];
/** Measured: `npm run bench -- workers` and `-- paidCalls` (of one film), `-- retention`. */
const kept = { events: 19, eventBytes: 292, calls: 17, days: 30, deletedPerSecond: 113_000 };

function growthRow(filmsPerDay: number): string {
  const events = kept.events * filmsPerDay;
  const stored = events * kept.days;
  const cells = [
    filmsPerDay.toLocaleString('en'),
    `${(events / 1e6).toFixed(3)} million`,
    `${(stored / 1e6).toFixed(1)} million, ${((stored * kept.eventBytes) / 1e9).toFixed(1)} GB`,
    `${(events / 24 / kept.deletedPerSecond).toFixed(2)} s`,
    `${((kept.calls * filmsPerDay * 365) / 1e6).toFixed(0)} million rows`,
  ];
  return `| ${cells.join(' | ')} |`;
}

const full = Math.round(one({ workers: 1_000 }).filmsPerMinute) * 60 * 24;
const growth = [
  `| films a day | events a day | kept ${kept.days} days | deleting takes, an hour | ledger a year |`,
  '|---|---|---|---|---|',
  ...[1_000, 100_000, full].map(growthRow),
];
const seconds = costs.database + costs.worker + costs.cutting;
process.stdout.write(`${lines.join('\n')}

A film costs ${seconds.toFixed(2)} s of CPU: ${((seconds / 3600) * coreHourUsd * 1e6).toFixed(0)} micro-USD at ${coreHourUsd} USD a core and hour (assumed), vendors apart.

${growth.join('\n')}
`);
