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
const seconds = costs.database + costs.worker + costs.cutting;
process.stdout.write(`${lines.join('\n')}

A film costs ${seconds.toFixed(2)} s of CPU: ${((seconds / 3600) * coreHourUsd * 1e6).toFixed(0)} micro-USD at ${coreHourUsd} USD a core and hour (assumed), vendors apart.
`);
