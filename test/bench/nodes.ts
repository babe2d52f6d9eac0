import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join as path } from 'node:path';
import { freePort, startGateway } from '../deploy/gateway.ts';
import type { Bench, Figure } from './kit/figure.ts';
import { openAccount } from './kit/filming.ts';
import { hammer } from './kit/hammer.ts';
import { startPostgres } from './kit/postgres.ts';
import { launchProgram } from './kit/program.ts';
import type { Stage } from './kit/stage.ts';
import { median, quantile, round, sum } from './kit/stats.ts';
import { busySeconds, cpuSeconds, descendantsOf } from './kit/usage.ts';

const rounds = 5;
const amount = 6_000;
const connections = 64;
/** nginx is told to let one address do what in earnest many do. */
const asManyAddresses = { rate: '1000000r/s', burst: 10_000 };

export const nodes: Bench = {
  name: 'nodes',
  about: 'requests per second of one and of two API nodes behind nginx with the configuration of deploy/',
  async run(stage) {
    if (spawnSync('nginx', ['-v']).error) {
      stage.say('  nginx is not installed: nothing is measured here');
      return [];
    }
    const databaseUrl = await startPostgres(stage);
    const ports = [await freePort(), await freePort()];
    const settings = {
      DATABASE_URL: databaseUrl,
      DATA_DIR: path(stage.dir, 'data'),
      LOG_LEVEL: 'info',
      TRUST_PROXY: '1',
    };
    const launched = ports.map((port) => launchProgram(stage, { ...settings, PORT: String(port) }, ['api']));
    for (const node of launched) await node.ready();
    const [one, two] = ports.map((port) => `127.0.0.1:${port}`) as [string, string];
    const fronts = [await openFront(stage, [one, '127.0.0.1:1 down']), await openFront(stage, [one, two])];
    const pids = launched.map(({ pid }) => pid);
    const account = await openAccount(fronts[0]?.url ?? '', 'ada');
    const { id } = await account.api.call('createConversation', { json: { title: 'The sea' } });
    const asked = { path: `/api/v1/conversations/${id}`, headers: { authorization: `Bearer ${account.token}` } };
    const samples = fronts.map((): Sample[] => []);
    for (let turn = 0; turn <= rounds; turn += 1) {
      stage.say(turn === 0 ? 'a round to warm up' : `round ${turn} of ${rounds}`);
      for (const [index, front] of fronts.entries()) {
        const sample = await askThrough(front, asked, pids);
        if (turn > 0) samples[index]?.push(sample);
      }
    }
    return samples.map((ofFront, index) => nodesFigure(index + 1, ofFront));
  },
};

interface Front {
  url: string;
  pid: number;
}

async function openFront(stage: Stage, upstreams: [string, string]): Promise<Front> {
  const port = await freePort();
  const dir = path(stage.dir, `front-${port}`);
  await mkdir(dir);
  const front = await startGateway(dir, port, upstreams, asManyAddresses);
  stage.later(() => front.stop());
  return front;
}

interface Sample {
  perSecond: number;
  p50: number;
  p99: number;
  nodeMicros: number;
  nginxMicros: number;
  busy: number;
}

async function askThrough(front: Front, asked: { path: string; headers: Record<string, string> }, pids: number[]) {
  const nginx = [front.pid, ...descendantsOf(front.pid)];
  const spent = () => ({ nodes: sum(pids.map(cpuSeconds)), nginx: sum(nginx.map(cpuSeconds)), busy: busySeconds() });
  const before = spent();
  const load = { url: front.url + asked.path, headers: asked.headers };
  const { seconds, latencies } = await hammer(load, { connections, amount });
  const after = spent();
  return {
    perSecond: amount / seconds,
    p50: median(latencies),
    p99: quantile(latencies, 0.99),
    nodeMicros: ((after.nodes - before.nodes) / amount) * 1e6,
    nginxMicros: ((after.nginx - before.nginx) / amount) * 1e6,
    busy: (after.busy - before.busy) / seconds,
  };
}

function nodesFigure(count: number, samples: readonly Sample[]): Figure {
  const middle = (name: keyof Sample) => median(samples.map((sample) => sample[name]));
  return {
    name: `GET /conversations/{id} per second through nginx, ${count === 1 ? 'one API node' : 'two API nodes'}`,
    value: middle('perSecond'),
    unit: '/s',
    raw: {
      'p50 ms': round(middle('p50')),
      'p99 ms': round(middle('p99')),
      'node µs per request': Math.round(middle('nodeMicros')),
      'nginx µs': Math.round(middle('nginxMicros')),
      'cores busy, of all': `${round(middle('busy'), 1)} of ${cpus().length}`,
      requests: amount * rounds,
    },
  };
}
