import { execFileSync } from 'node:child_process';
import autocannon from 'autocannon';
import type { Bench, Figure } from './kit/figure.ts';
import { hammer } from './kit/hammer.ts';
import { openRoutes, type Route, type Routes } from './kit/requestRoutes.ts';
import { median, quantile, round } from './kit/stats.ts';
import { cpuSeconds } from './kit/usage.ts';

const rounds = 7;
const connections = 10;
const manyConnections = 32;

export const requests: Bench = {
  name: 'requests',
  about: 'CPU time per request, beside a bare Express route with one select; throughput',
  async run(stage) {
    const routes = await openRoutes(stage);
    const all = [routes.bare, ...routes.ours, routes.written[1], ...routes.validated.map(([, without]) => without)];
    const samples = new Map<Route, Sample[]>(all.map((route) => [route, []]));
    for (let turn = 0; turn <= rounds; turn += 1) {
      stage.say(turn === 0 ? 'a round to warm up' : `round ${turn} of ${rounds}`);
      for (const route of all) {
        const sample = await askAgain(route);
        if (turn > 0) samples.get(route)?.push(sample);
      }
    }
    const of = (route: Route): Sample => middleOf(samples.get(route) ?? []);
    const bare = of(routes.bare);
    return [
      ...routes.ours.map((route) => costFigure(route, of(route), bare)),
      writtenFigure(of(routes.written[0]), of(routes.written[1])),
      ...routes.validated.map(([checked, unchecked]) => validationFigure(checked, of(checked), of(unchecked))),
      ...(await throughputFigures(routes)),
    ];
  },
};

/** Of one round. */
interface Sample {
  /** CPU per request of the process that answers. */
  micros: number;
  p99Ms: number;
}

const middleOf = (samples: readonly Sample[]): Sample => ({
  micros: median(samples.map(({ micros }) => micros)),
  p99Ms: median(samples.map(({ p99Ms }) => p99Ms)),
});

function costFigure({ name, amount, atMost }: Route, { micros, p99Ms }: Sample, bare: Sample): Figure {
  return {
    name: `CPU of ${name} ÷ bare Express route`,
    value: micros / bare.micros,
    unit: '×',
    ...(atMost !== undefined && { target: { atMost } }),
    raw: {
      'µs per request': Math.round(micros),
      'bare µs': Math.round(bare.micros),
      'p99 ms': p99Ms,
      requests: amount * rounds,
    },
  };
}

const writtenFigure = (ours: Sample, theirs: Sample): Figure => ({
  name: 'CPU of POST /tasks ÷ bare Express route that writes the same rows',
  value: ours.micros / theirs.micros,
  unit: '×',
  raw: { 'µs per request': Math.round(ours.micros), 'bare µs': Math.round(theirs.micros), 'bare p99 ms': theirs.p99Ms },
});

const validationFigure = ({ name }: Route, checked: Sample, unchecked: Sample): Figure => ({
  name: `CPU of ${name}, validated ÷ not validated`,
  value: checked.micros / unchecked.micros,
  unit: '×',
  raw: { 'µs with': Math.round(checked.micros), 'µs without': Math.round(unchecked.micros) },
});

/** User and system time of the answering process, divided by its requests. Any answer but a success is an error. */
async function askAgain({ name, pid, load, amount }: Route): Promise<Sample> {
  const before = cpuSeconds(pid);
  const outcome = await autocannon({ ...load, connections, amount });
  const seconds = cpuSeconds(pid) - before;
  if (outcome['2xx'] !== amount) throw new Error(`${name}: ${outcome.non2xx} refused, ${outcome.errors} broken`);
  return { micros: (seconds / amount) * 1e6, p99Ms: outcome.latency.p99 };
}

/** All threads of the answering processes on one core; whoever asks and Postgres may have the others, and this one too. */
async function throughputFigures({ bare, ours }: Routes): Promise<Figure[]> {
  const compared = [bare, ...ours.slice(0, 3)];
  for (const pid of new Set(compared.map((route) => route.pid))) execFileSync('taskset', ['-acp', '0', String(pid)]);
  const figures: Figure[] = [];
  for (const { name, load, amount } of compared) {
    const { seconds, latencies } = await hammer(load, { connections: manyConnections, amount: amount * 2 });
    figures.push({
      name: `${name} per second, ${manyConnections} connections, one core`,
      value: (amount * 2) / seconds,
      unit: '/s',
      raw: {
        'p50 ms': round(median(latencies)),
        'p99 ms': round(quantile(latencies, 0.99)),
        requests: amount * 2,
      },
    });
  }
  return figures;
}
