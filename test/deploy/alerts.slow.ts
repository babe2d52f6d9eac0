import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { loadConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type Program, startProgram } from '../../src/program.ts';
import { readSamples, type Sample } from '../metrics/samples.ts';
import { join as joinService } from '../program/client.ts';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { run } from './tools.ts';

const deployed = (path: string) => fileURLToPath(new URL(`../../deploy/${path}`, import.meta.url));
const minutes = 90;

interface Rule {
  alert: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

interface Trouble {
  /** A series of the real scrape that changes, or that one more like it comes to. */
  of: string;
  labels?: Record<string, string>;
  /** In promtool's notation: start, step, count. */
  values: string;
  /** What the alarm says of itself besides its severity. */
  says?: Record<string, string>;
}

const held = (value: number) => `${value}x${minutes}`;
const vendor = { vendor: 'tuzi' };
const troubles: Record<string, Trouble> = {
  DirectorAIDatabaseAway: { of: 'directorai_database_up', values: held(0) },
  DirectorAINoWorker: { of: 'directorai_workers', labels: { state: 'live' }, values: held(0) },
  // A pulse of five minutes, after the age of its beat went up to 15 s and was gone.
  DirectorAIWorkerSilent: { of: 'directorai_workers_fell_silent', values: `0x${minutes - 4} 1x3` },
  DirectorAIQueueOld: {
    of: 'directorai_queue_age_seconds',
    labels: { kind: 'shootSceneClip' },
    values: `0+60x${minutes}`,
    says: { kind: 'shootSceneClip' },
  },
  DirectorAIMoneyInDoubt: { of: 'directorai_ambiguous_calls', labels: vendor, values: held(1), says: vendor },
  DirectorAIDeadSteps: {
    of: 'directorai_steps',
    labels: { kind: 'assembleFilm', status: 'dead' },
    values: held(1),
    says: { kind: 'assembleFilm' },
  },
  DirectorAISpendingPaused: { of: 'directorai_spending_paused', labels: vendor, values: held(1), says: vendor },
  DirectorAIVendorFails: {
    of: 'directorai_vendor_call_duration_seconds_count',
    labels: { ...vendor, call: 'submit', outcome: 'busy' },
    values: `0+30x${minutes}`,
    says: vendor,
  },
  DirectorAIStorageFails: {
    of: 'directorai_storage_duration_seconds_count',
    labels: { operation: 'put', outcome: 'away' },
    values: `0+30x${minutes}`,
  },
  DirectorAIErrors: {
    of: 'directorai_http_request_duration_seconds_count',
    labels: { operation: 'createTask', method: 'POST', status: '500' },
    values: `0+30x${minutes}`,
  },
  DirectorAIEventsPolled: { of: 'directorai_event_listener_up', values: held(0), says: { instance: 'one' } },
  DirectorAIEventsLate: {
    of: 'directorai_event_lag_seconds_bucket',
    labels: { le: '+Inf' },
    values: `0+30x${minutes}`,
    says: { instance: 'one' },
  },
  DirectorAIPoolExhausted: {
    of: 'directorai_database_pool_connections',
    labels: { state: 'waited_for' },
    values: held(9),
    says: { instance: 'one' },
  },
  DirectorAIEventLoopSlow: { of: 'nodejs_eventloop_lag_p99_seconds', values: held(2), says: { instance: 'one' } },
  DirectorAIWebhooksLate: { of: 'directorai_webhook_delivery_overdue_seconds', values: `0+60x${minutes}` },
};

const seriesOf = ({ name, labels }: Pick<Sample, 'name' | 'labels'>) =>
  `${name}{${Object.entries({ ...labels, instance: 'one' })
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([key, text]) => `${key}="${text}"`)
    .join(',')}}`;

describe('the alarms, evaluated by Prometheus over what the service really shows', function () {
  this.timeout(90_000);
  const database = useDatabase();
  const rules: Rule[] = parse(readFileSync(deployed('prometheus/alerts.yaml'), 'utf8')).groups[0].rules;
  let dir: string;
  let program: Program;
  let samples: Sample[];
  /** The series of a second scrape, with things in the queue and calls in doubt. */
  let disturbed: Sample[];

  const scrape = async () => readSamples(await (await fetch(`${program.url}/metrics`)).text());

  before('makes a film and scrapes', async () => {
    dir = await makeDataDir('alerts');
    const settings = { DATABASE_URL: database.url, DATA_DIR: dir, PORT: '0', SANDBOX_LATENCY_SCALE: '0' };
    const config = loadConfig({ ...settings, VIDEO_POLL_MS: '50' });
    program = await startProgram({ config, role: 'all', log: createLog('silent'), onLost: assert.fail });
    const ada = await joinService(`${program.url}/api/v1`, 'ada');
    const params = { prompt: 'a fox in the snow', sceneCount: 1, characterCount: 1, sceneSeconds: 5 };
    assert.equal((await ada.make({ type: 'film', params })).status, 'completed');
    samples = await scrape();
    await database.db('provider_calls').where({ vendor: 'tuzi' }).update({ status: 'ambiguous' });
    await database.db.raw("update steps set status = 'dead', result = null where kind = 'assembleFilm'");
    const ahead = "status = 'ready', result = null, not_before = now() + '1 hour'";
    await database.db.raw(`update steps set ${ahead} where kind = 'shootSceneClip'`);
    disturbed = await eventually('the queue shows', async () => {
      const seen = await scrape();
      return seen.some(({ name, labels }) => name === 'directorai_steps' && labels.status === 'ready') && seen;
    });
  });
  after(async () => {
    await program.stop(1_000);
    await rm(dir, { recursive: true, force: true });
  });

  /** The real series, each standing still, and one of them in trouble. */
  function seriesWith(trouble?: Trouble) {
    const all = new Map(samples.map((sample) => [seriesOf(sample), held(sample.value)]));
    if (trouble) {
      const like = [...samples, ...disturbed].filter(({ name }) => name === trouble.of);
      const wanted = Object.keys(trouble.labels ?? {}).toSorted();
      assert.ok(
        like.some(({ labels }) => Object.keys(labels).toSorted().join() === wanted.join()),
        `${trouble.of} by ${wanted} is in the scrape`,
      );
      all.set(seriesOf({ name: trouble.of, labels: trouble.labels ?? {} }), trouble.values);
    }
    return [...all].map(([series, values]) => ({ series, values }));
  }

  const expected = ({ labels, annotations }: Rule, says: Record<string, string> = {}) => ({
    exp_labels: { ...labels, ...says },
    exp_annotations: Object.fromEntries(
      Object.entries(annotations).map(([key, text]) => [
        key,
        text.replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, name: string) => says[name] ?? ''),
      ]),
    ),
  });

  async function judge(tests: object[]): Promise<void> {
    const file = join(dir, 'alerts.test.yaml');
    await writeFile(file, stringify({ rule_files: [deployed('prometheus/alerts.yaml')], tests }));
    const { code, printed } = await run('promtool', ['test', 'rules', file]);
    assert.equal(code, 0, printed);
  }

  it('are silent while all is well', async () => {
    const alert_rule_test = rules.map(({ alert }) => ({ alertname: alert, eval_time: `${minutes}m`, exp_alerts: [] }));
    await judge([{ interval: '1m', input_series: seriesWith(), alert_rule_test }]);
  });

  it('go off when that happens which they are for, and no other does', async () => {
    assert.deepEqual(Object.keys(troubles).toSorted(), rules.map(({ alert }) => alert).toSorted());
    await judge(
      Object.entries(troubles).map(([alarm, trouble]) => ({
        interval: '1m',
        input_series: seriesWith(trouble),
        alert_rule_test: rules.map((rule) => ({
          alertname: rule.alert,
          eval_time: `${minutes}m`,
          exp_alerts: rule.alert === alarm ? [expected(rule, trouble.says)] : [],
        })),
      })),
    );
  });

  it('and every panel of the dashboard are PromQL', async () => {
    const board: { panels: { targets: { expr: string }[] }[] } = JSON.parse(
      readFileSync(deployed('grafana/directorai.json'), 'utf8'),
    );
    const asked = board.panels.flatMap(({ targets }) =>
      targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '5m')),
    );
    const file = join(dir, 'panels.yaml');
    const recorded = asked.map((expr, index) => ({ record: `panel_${index}`, expr }));
    await writeFile(file, stringify({ groups: [{ name: 'panels', rules: recorded }] }));
    const { code, printed } = await run('promtool', ['check', 'rules', file]);
    assert.equal(code, 0, printed);
    assert.match(printed, new RegExp(`${asked.length} rules found`));
    const config = await run('promtool', ['check', 'config', '--syntax-only', deployed('prometheus/prometheus.yaml')]);
    assert.equal(config.code, 0, config.printed);
  });
});
