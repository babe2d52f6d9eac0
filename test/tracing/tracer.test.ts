import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config.ts';
import { VendorError } from '../../src/errors.ts';
import { openTracer } from '../../src/tracing/openTracer.ts';
import { origin, traced, withOrigin } from '../../src/tracing/origin.ts';
import { readTraceparent, type Tracer } from '../../src/tracing/tracer.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = (flags: string) => `00-${traceId}-00f067aa0ba902b7-${flags}`;

describe('the tracer', () => {
  const warned: string[] = [];
  let receiver: Receiver;

  before(async () => {
    receiver = await startReceiver();
  });
  after(() => receiver.close());
  beforeEach(() => {
    receiver.spans.length = 0;
    warned.length = 0;
  });

  const open = async (ratio: string, endpoint = receiver.url): Promise<Tracer> => {
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio };
    const tracer = await openTracer(loadConfig(settings).tracing, 'all', (trouble) => void warned.push(trouble));
    assert.ok(tracer);
    return tracer;
  };

  it('is not there, and its packages are not loaded, without a receiver', async () => {
    assert.equal(await openTracer(loadConfig({}).tracing, 'all', assert.fail), undefined);
    const users = globSync('**/*.ts', { cwd: src }).filter((path) =>
      /from '@opentelemetry|from '[./]*openTelemetry\.ts'/.test(readFileSync(`${src}${path}`, 'utf8')),
    );
    assert.deepEqual(users, ['tracing/openTelemetry.ts'], 'others would load it with the program');
    assert.equal(await traced({ name: 'nothing' }, async () => origin().span), undefined);
  });

  it('takes a traceparent as W3C has it, and nothing else for one', () => {
    assert.deepEqual(readTraceparent(parent('01')), { traceId, spanId: '00f067aa0ba902b7', traceFlags: 1 });
    assert.equal(readTraceparent(parent('00'))?.traceFlags, 0);
    assert.ok(readTraceparent(`01-${traceId}-00f067aa0ba902b7-01-more`), 'later versions may say more');
    const wrong = [
      ...['', 'x', `${parent('01')}-more`, parent('01').toUpperCase(), parent('01').replace(/^00/, 'ff')],
      ...[`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `00-${traceId}-${'0'.repeat(16)}-01`],
    ];
    for (const text of wrong) assert.equal(readTraceparent(text), undefined, text);
  });

  it('lets its own share decide what is recorded, whatever a client asks for', async () => {
    const none = await open('0');
    const unseen = none.start({ name: 'order', foreign: true }, parent('01'));
    assert.match(unseen.traceparent, new RegExp(`^00-${traceId}-.*-00$`), 'and the steps below are told');
    none.start({ name: 'step' }, unseen.traceparent).end();
    unseen.end();
    const all = await open('1');
    const seen = all.start({ name: 'order', foreign: true }, parent('00'));
    all.start({ name: 'step' }, seen.traceparent).end();
    seen.end();
    await Promise.all([none.close(), all.close()]);
    assert.deepEqual(receiver.spans.map(({ name }) => name).toSorted(), ['order', 'step']);
  });

  it('tells of a failure its kind, and nothing of what it says', async () => {
    const tracer = await open('1');
    const failure = { code: 7001, key: 'provider_refused', params: { reason: 'a private prompt' } } as const;
    const refused = new VendorError(failure, { accepted: 'no', retryable: false });
    const calls = [refused, new TypeError('a private prompt'), Object.assign(new Error('x'), { code: 'ECONNRESET' })];
    for (const error of calls)
      await assert.rejects(
        withOrigin({ tracer }, () => traced({ name: 'call' }, () => Promise.reject(error))),
        error,
      );
    await tracer.close();
    const types = receiver.spans.map(({ attributes }) => attributes['error.type']);
    assert.deepEqual(types, ['provider_refused', 'TypeError', 'ECONNRESET']);
    assert.ok(receiver.spans.every(({ status }) => status?.code === 2));
    assert.ok(!JSON.stringify(receiver.spans).includes('private'));
  });

  it('loses the spans and nothing else where the receiver is away', async () => {
    const tracer = await open('1', 'http://127.0.0.1:1');
    assert.equal(await withOrigin({ tracer }, () => traced({ name: 'work' }, async () => 'done')), 'done');
    await tracer.close();
    assert.ok(warned.length > 0, 'the log says so');
  });

  it('reads headers as OpenTelemetry writes them', () => {
    const headers = (text: string) =>
      loadConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_EXPORTER_OTLP_HEADERS: text }).tracing
        ?.headers;
    assert.deepEqual(headers('authorization=Bearer%20abc, x-team = films'), {
      authorization: 'Bearer abc',
      'x-team': 'films',
    });
    assert.deepEqual(headers(' a=1,, b = 2 ,'), { a: '1', b: '2' }, 'nothing between two commas is no header');
    for (const wrong of ['a=%zz', 'api key', 'api key=1', 'a', '=1', 'a:b=1', 'a=1,b', 'a=%0Ab', 'a=%E6%BC%AB'])
      assert.throws(() => headers(wrong), /^SetupError: OTEL_EXPORTER_OTLP_HEADERS: [^\n]*$/, wrong);
  });
});
