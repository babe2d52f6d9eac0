import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join, type Person } from '../program/client.ts';
import { type ProgramProcess, spawnProgram } from '../program/programProcess.ts';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { type Received, type Receiver, startReceiver } from './receiver.ts';

const server = 2;
const client = 3;
const consumer = 5;
const prompt = 'a fox that nobody may read about in a trace';
const theirs = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };

describe('a trace', function () {
  this.timeout(90_000);
  const database = useDatabase();
  const programs: ProgramProcess[] = [];
  let dataDir: string;
  let receiver: Receiver;
  let settings: Record<string, string>;
  let ada: Person;
  let url: string;
  let taskId: string;
  let trace: Received[];

  const start = (role: string): ProgramProcess => {
    const program = spawnProgram(settings, [role]);
    programs.push(program);
    return program;
  };
  const stop = async (program: ProgramProcess) => {
    program.child.kill('SIGTERM');
    assert.equal(await program.end(), 0, program.printed());
  };
  const named = (name: string) => trace.filter((span) => span.name === name);

  before('makes a film, with one worker and then another', async () => {
    dataDir = await makeDataDir('tracing');
    receiver = await startReceiver();
    settings = {
      ...{ DATABASE_URL: database.url, DATA_DIR: dataDir, JWT_SECRET: 'trace '.repeat(8), LOG_LEVEL: 'info' },
      ...{ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_HEADERS: 'x-team=films%20only' },
      ...{ VIDEO_POLL_MS: '100', SANDBOX_LATENCY_SCALE: '0.1' },
    };
    const [api, first] = [start('api'), start('worker')];
    url = await api.url();
    ada = await join(url, 'ada');
    const params = { prompt, sceneCount: 2, characterCount: 1, sceneSeconds: 5 };
    const answer = await fetch(`${url}/tasks`, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${ada.token}`, 'content-type': 'application/json', 'x-request-id': 'order-1' },
        traceparent: `00-${theirs.traceId}-${theirs.spanId}-01`,
      },
      body: JSON.stringify({ type: 'film', params }),
    });
    assert.equal(answer.status, 202);
    taskId = ((await answer.json()) as { data: { id: string } }).data.id;
    const done = (kind: string) => () => database.db('steps').where({ task_id: taskId, kind, status: 'done' }).first();
    await eventually('the screenplay is written', done('writeScreenplay'), 40_000);
    await stop(first);
    assert.equal(await done('assembleFilm')(), undefined, 'the second worker has something to do');
    const second = start('worker');
    assert.equal((await ada.ended(taskId)).status, 'completed');
    await Promise.all([stop(api), stop(second)]);
    trace = receiver.spans.filter(({ traceId }) => traceId === theirs.traceId);
  });
  after(async () => {
    for (const { child } of programs) child.kill('SIGKILL');
    await Promise.all(programs.map((program) => program.end()));
    await receiver.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('begins where the client says, with the request that ordered the film', () => {
    const [request, ...others] = named('POST /api/v1/tasks');
    assert.deepEqual(others, []);
    assert.equal(request?.parentSpanId, theirs.spanId);
    assert.equal(request?.kind, server);
    const { attributes } = request ?? {};
    assert.equal(attributes?.['http.route'], '/api/v1/tasks');
    assert.equal(attributes?.['http.response.status_code'], 202);
    assert.equal(attributes?.['directorai.operation'], 'createTask');
    assert.equal(attributes?.['directorai.request.id'], 'order-1');
  });

  it('has every step of the film under it, from whichever worker', async () => {
    const [request] = named('POST /api/v1/tasks');
    const runs = trace.filter(({ kind }) => kind === consumer);
    assert.ok(runs.every(({ parentSpanId }) => parentSpanId === request?.spanId));
    const steps = await database.db('steps').where({ task_id: taskId }).select('id', 'kind');
    for (const { id, kind } of steps) {
      const ends = runs.filter(({ attributes }) => attributes['messaging.message.id'] === id);
      assert.ok(
        ends.some((span) => span.name === kind && span.attributes['directorai.step.outcome'] === 'done'),
        kind,
      );
    }
    assert.equal(new Set(runs.map(({ resource }) => resource['service.instance.id'])).size, 2);
  });

  it('has every call to a vendor under the step that made it, and ffmpeg under the film', () => {
    const byId = new Map(trace.map((span) => [span.spanId, span]));
    const parentOf = ({ parentSpanId = '' }: Received) => byId.get(parentSpanId)?.name;
    const paid = { 'chat glm-4': 1, 'generate_content gemini-3-pro-image-preview-hd': 3, 'generate_content sora-1': 2 };
    const makers = ['writeScreenplay', 'drawCharacterSheet', 'drawSceneImage', 'shootSceneClip'];
    for (const [name, calls] of Object.entries(paid)) {
      assert.equal(named(name).length, calls, name);
      for (const span of named(name)) {
        assert.equal(span.kind, client);
        assert.ok(makers.includes(parentOf(span) ?? ''), `${name} under ${parentOf(span)}`);
        assert.equal(span.attributes['server.address'], '127.0.0.1');
        assert.equal(span.attributes['http.response.status_code'], 200);
      }
    }
    assert.ok(named('poll sora-1').length >= 2);
    assert.ok(named('poll sora-1').every((span) => parentOf(span) === 'POST /api/v1/tasks'));
    assert.deepEqual(named('assemble_film').map(parentOf), ['assembleFilm']);
  });

  it('is whole: every span has its parent in it', () => {
    const known = new Set([theirs.spanId, ...trace.map(({ spanId }) => spanId)]);
    assert.deepEqual(
      trace.filter(({ parentSpanId = '' }) => !known.has(parentSpanId)).map(({ name }) => name),
      [],
    );
  });

  it('tells no prompt, no token and no address, and shows the receiver what it asks for', () => {
    const told = JSON.stringify(receiver.spans);
    for (const secret of [prompt, ada.token, settings.JWT_SECRET ?? '', 'correct horse', 'signature='])
      assert.ok(!told.includes(secret), secret);
    assert.ok(receiver.shown.every((headers) => headers['x-team'] === 'films only'));
    assert.ok(receiver.spans.every(({ resource }) => resource['service.name'] === 'directorai'));
  });

  it('is named in the lines of the log, beside the request and the step', () => {
    const lines = programs.flatMap((program) => program.printed().split('\n')).filter((line) => line.startsWith('{'));
    const parsed: Record<string, unknown>[] = lines.map((line) => JSON.parse(line));
    const ordered = parsed.find(({ operation }) => operation === 'createTask');
    assert.equal(ordered?.requestId, 'order-1');
    assert.equal(ordered?.traceId, theirs.traceId);
    const ended = parsed.filter(({ msg, requestId }) => msg === 'step' && requestId === 'order-1');
    assert.ok(ended.some(({ kind, taskId: of, traceId }) => kind === 'assembleFilm' && of === taskId && traceId));
  });
});
