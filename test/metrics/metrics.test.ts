import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import { loadConfig } from '../../src/config.ts';
import { workKinds } from '../../src/film/glossary.ts';
import { createLog } from '../../src/log.ts';
import { type Program, startProgram } from '../../src/program.ts';
import { join, type Person } from '../program/client.ts';
import { openStream } from '../realtime/streamClient.ts';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { readSamples, type Sample } from './samples.ts';

const deployed = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../deploy/${path}`, import.meta.url)), 'utf8');

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[];
}

interface Adapter {
  rules: { external: { seriesQuery: string; name: { as: string }; metricsQuery: string }[] };
}

function expressions(): { of: string; expr: string }[] {
  const board: { panels: { title: string; targets: { expr: string }[] }[] } = JSON.parse(
    deployed('grafana/directorai.json'),
  );
  const rules: Rules = parse(deployed('prometheus/alerts.yaml'));
  return [
    ...board.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ of: title, expr }))),
    ...rules.groups.flatMap((group) => group.rules.map(({ alert, expr }) => ({ of: alert, expr }))),
  ];
}

describe('/metrics', () => {
  const database = useDatabase();
  let dataDir: string;
  let program: Program;
  let ada: Person;
  let samples: Sample[];

  const scrape = async (): Promise<Sample[]> => {
    const answer = await fetch(program.metricsUrl ?? '');
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    return readSamples(await answer.text());
  };
  const figure = (name: string, labels: Record<string, string> = {}): number | undefined =>
    samples.find(
      (sample) => sample.name === name && Object.entries(labels).every(([key, text]) => sample.labels[key] === text),
    )?.value;

  before('makes a film', async () => {
    dataDir = await makeDataDir('metrics');
    const config = loadConfig({
      ...{ DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: '0', METRICS_PORT: '0', SANDBOX_LATENCY_SCALE: '0' },
      VIDEO_POLL_MS: '50',
    });
    program = await startProgram({
      config,
      role: 'all',
      log: createLog('silent'),
      onLost: (reason) => assert.fail(reason),
    });
    ada = await join(`${program.url}/api/v1`, 'ada');
    const params = { prompt: 'a fox in the snow', sceneCount: 1, characterCount: 1, sceneSeconds: 5 };
    const film = await ada.make({ type: 'film', params });
    assert.equal(film.status, 'completed');
    samples = await scrape();
  });
  after(async () => {
    await program.stop(1_000);
    await rm(dataDir, { recursive: true, force: true });
  });

  it('counts the runs of every kind of step by how they ended', () => {
    for (const kind of ['writeScreenplay', 'drawCharacterSheet', 'drawSceneImage', 'assembleFilm'])
      assert.equal(figure('directorai_step_duration_seconds_count', { kind, outcome: 'done' }), 1, kind);
    const clip = { kind: 'shootSceneClip' };
    assert.equal(figure('directorai_step_duration_seconds_count', { ...clip, outcome: 'waiting' }), 1);
    assert.equal(figure('directorai_step_duration_seconds_count', { ...clip, outcome: 'done' }), 1);
  });

  it('measures what the vendors and ffmpeg took', () => {
    const calls = { glm: 'complete', gemini: 'generate', tuzi: 'submit' };
    for (const [vendor, call] of Object.entries(calls))
      assert.ok(
        (figure('directorai_vendor_call_duration_seconds_sum', { vendor, call, outcome: 'ok' }) ?? 0) > 0,
        vendor,
      );
    assert.ok((figure('directorai_media_job_duration_seconds_sum', { task: 'assemble_film', outcome: 'ok' }) ?? 0) > 0);
    assert.equal(figure('directorai_media_jobs_in_progress', { task: 'assemble_film' }), 0);
  });

  it('measures the object store by operation and by how it ended', async () => {
    const name = 'directorai_storage_duration_seconds_count';
    assert.ok((figure(name, { operation: 'put', outcome: 'ok' }) ?? 0) >= 4, 'a sheet, a picture, a clip, a film');
    const [media] = await database.db('media_files').where({ type: 'image' }).limit(1).select('id', 'storage_path');
    const gone = String(media.storage_path).replace(media.id, crypto.randomUUID());
    await database.db('media_files').where({ id: media.id }).update({ storage_path: gone });
    const lost = await ada.call('GET', `/media/${media.id}/content`);
    assert.ok(lost.status >= 400);
    samples = await scrape();
    const missing = samples.filter((sample) => sample.name === name && sample.labels.outcome === 'missing');
    assert.ok(missing.length > 0);
    assert.equal(figure('directorai_storage_operations_in_progress', { operation: 'put' }), 0);
    await database.db('media_files').where({ id: media.id }).update({ storage_path: media.storage_path });
  });

  it('measures how late events are told to those who follow them', async () => {
    const { data } = await ada.call('POST', '/auth/stream-tickets');
    const stream = await openStream(`${program.url}/api/v1/events?ticket=${data.ticket}`);
    const { id } = await database.db('users').first('id');
    const tell = () => database.db.raw("select append_event(?, null, 'message.delta', '{}')", [id]);
    await tell();
    await eventually('one event came: from here on they are live', () => stream.events.length >= 1);
    samples = await scrape();
    const told = figure('directorai_event_lag_seconds_count') ?? 0;
    for (let made = 0; made < 3; made += 1) await tell();
    await eventually('three more came', () => stream.events.length >= 4);
    samples = await scrape();
    assert.equal(figure('directorai_streams_open', { transport: 'sse' }), 1);
    stream.close();
    assert.equal(figure('directorai_event_lag_seconds_count'), told + 3);
    const seconds = figure('directorai_event_lag_seconds_sum') ?? Number.NaN;
    assert.ok(seconds > 0 && seconds < 5, `${seconds} s`);
  });

  it('names requests by operation, and never by path', async () => {
    await fetch(`${program.url}/api/v1/nowhere/${crypto.randomUUID()}`);
    const refused = await ada.call('GET', `/tasks/${crypto.randomUUID()}`);
    assert.equal(refused.status, 404);
    const seen = async () => {
      samples = await scrape();
      return figure('directorai_http_request_duration_seconds_count', { operation: 'getTask', status: '404' });
    };
    assert.equal(await eventually('the refusal is counted', seen), 1);
    const name = 'directorai_http_request_duration_seconds_count';
    assert.equal(figure(name, { operation: 'createTask', method: 'POST', status: '202' }), 1);
    assert.equal(figure(name, { operation: 'none', status: '404' }), 1);
    assert.ok(samples.every(({ labels }) => !/\//.test(labels.operation ?? '')));
  });

  it('has an age of the queue for every kind of step also while nothing waits', () => {
    for (const kind of workKinds) assert.equal(figure('directorai_queue_age_seconds', { kind }), 0, kind);
  });

  it('is what the autoscaler is given: the oldest of all kinds, under the name that it asks for', () => {
    const adapter: Adapter = parse(deployed('prometheus/adapter.yaml'));
    const [rule] = adapter.rules.external;
    const asked = parseAllDocuments(deployed('kubernetes/worker.yaml')).flatMap((document) => {
      const { spec }: { spec: { metrics?: { external: { metric: { name: string } } }[] } } = document.toJS();
      return (spec.metrics ?? []).map(({ external }) => external.metric.name);
    });
    assert.deepEqual(asked, [rule?.name.as]);
    assert.ok(samples.some(({ name }) => name === rule?.seriesQuery));
    assert.match(rule?.metricsQuery ?? '', /^max\(<<\.Series>>\{<<\.LabelMatchers>>\}\)$/);
  });

  it('shows the queue, the doubts and the cool-down of the whole service', async () => {
    assert.equal(figure('directorai_database_up'), 1);
    assert.equal(figure('directorai_workers', { state: 'live' }), 1);
    await database
      .db('provider_calls')
      .where({ vendor: 'tuzi' })
      .update({ status: 'ambiguous', max_cost_micros: 500_000 });
    await database
      .db('vendor_limits')
      .where({ vendor: 'tuzi' })
      .update({ cool_until: database.db.raw("now() + '1 hour'") });
    await database
      .db('spending_pauses')
      .insert({ scope: 'glm', reason: 'test', paused_by: (await database.db('users').first('id')).id });
    await database.db.raw(
      `update steps set status = 'ready', result = null, not_before = now() + '1 hour' where kind = 'writeScreenplay'`,
    );
    const doubted = async () => {
      samples = await scrape();
      return figure('directorai_ambiguous_calls', { vendor: 'tuzi' });
    };
    assert.equal(await eventually('the doubt shows', doubted), 1);
    assert.equal(figure('directorai_ambiguous_cost_usd', { vendor: 'tuzi' }), 0.5);
    assert.ok((figure('directorai_vendor_cool_down_seconds', { vendor: 'tuzi' }) ?? 0) > 3_000);
    assert.equal(figure('directorai_spending_paused', { vendor: 'glm' }), 1);
    assert.equal(figure('directorai_spending_paused', { vendor: 'tuzi' }), 0);
    assert.equal(figure('directorai_steps', { kind: 'writeScreenplay', status: 'ready' }), 1);
    assert.equal(figure('directorai_queue_age_seconds', { kind: 'writeScreenplay' }), 0, 'it may not run yet');
  });

  it('shows itself on the own port of a loopback API, and not in production', async () => {
    assert.equal((await fetch(`${program.url}/metrics`)).status, 200);
    const production = {
      NODE_ENV: 'production',
      DATABASE_URL: database.url,
      JWT_SECRET: 'x'.repeat(32),
      SANDBOX: 'on',
    };
    assert.equal(loadConfig({}).metrics.beside, true);
    assert.equal(loadConfig(production).metrics.beside, false);
    assert.equal(loadConfig({ HOST: '0.0.0.0' }).metrics.beside, false);
    assert.equal(loadConfig({ TRUST_PROXY: '1' }).metrics.beside, false);
    assert.equal(loadConfig({ ...production, METRICS: 'on' }).metrics.beside, true);
  });

  it('has every metric and label that the dashboard and the alerts ask for', () => {
    const ignored = new Set(['instance', 'le']);
    for (const { of, expr } of expressions()) {
      const names = [...expr.matchAll(/\b(?:directorai|nodejs|process)_\w+/g)].map(([name]) => name);
      assert.ok(names.length > 0, of);
      for (const name of names)
        assert.ok(
          samples.some((sample) => sample.name === name),
          `${of} asks for ${name}`,
        );
      const grouped = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/));
      const matched = [...expr.matchAll(/\{([^}]*)\}/g)].flatMap(
        ([, list = '']) => list.match(/\w+(?=[!=]~?")/g) ?? [],
      );
      for (const label of [...grouped, ...matched].filter((label) => !ignored.has(label)))
        assert.ok(
          samples.some((sample) => names.includes(sample.name) && label in sample.labels),
          `${of}: ${label}`,
        );
    }
  });
});
