import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config.ts';
import { checkDatabase } from '../../src/doctor/database.ts';
import { type Finding, tableOf } from '../../src/doctor/finding.ts';
import { checkDataDir, checkFfmpeg } from '../../src/doctor/machine.ts';
import { checkMetricsPort, checkPort, checkReceiver } from '../../src/doctor/network.ts';
import { checkStorage } from '../../src/doctor/storage.ts';
import { checkVendors } from '../../src/doctor/vendors.ts';
import { openTinyBucket } from '../storage/tinyBucket.ts';
import { compileCache } from '../support/compileCache.ts';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';

const launcher = fileURLToPath(new URL('../../src/launch.js', import.meta.url));
const doctor = fileURLToPath(new URL('../../src/cli/doctor.ts', import.meta.url));
const states = (findings: readonly Finding[]) => findings.map(({ name, state }) => `${name.trim()} ${state}`);

/** A vendor that lists one model to whoever shows the good key, and counts what it is asked. */
function vendor(asked: string[]): Server {
  return createServer((req, res) => {
    asked.push(`${req.method} ${req.url}`);
    if (req.headers.authorization !== 'Bearer good') return void res.writeHead(401).end('{}');
    if (req.url === '/none/v1/models') return void res.writeHead(404).end('{}');
    res.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[{"id":"glm-4"}]}');
  });
}

describe('npm run doctor', () => {
  const database = useDatabase();
  const asked: string[] = [];
  const server = vendor(asked);
  let dataDir: string;
  let origin: string;

  before(async () => {
    dataDir = await makeDataDir('doctor');
    await once(server.listen(0, '127.0.0.1'), 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await rm(dataDir, { recursive: true, force: true });
  });

  it('tells a vendor that takes the key from one that refuses it, and buys nothing', async () => {
    const config = loadConfig({
      ...{ GLM_API_KEY: 'good', GLM_BASE_URL: origin, GEMINI_API_KEY: 'stale', GEMINI_BASE_URL: origin },
      ...{ TUZI_API_KEY: 'good', TUZI_BASE_URL: `${origin}/none` },
    });
    assert.deepEqual(states(await checkVendors(config)), ['glm ok', 'gemini bad', 'tuzi warn']);
    assert.deepEqual(asked.toSorted(), ['GET /models', 'GET /none/v1/models', 'GET /v1/models']);
    const gone = loadConfig({ GLM_API_KEY: 'good', GLM_BASE_URL: 'http://127.0.0.1:1' });
    const [glm, gemini] = await checkVendors(gone);
    assert.equal(glm?.state, 'bad');
    assert.match(gemini?.found.en ?? '', /sandbox/);
    assert.ok(!JSON.stringify(await checkVendors(config)).includes('stale'), 'no key is shown');
  });

  it('sees migrations that are missing, those of a newer program, and the clock', async () => {
    const asked = { databaseUrl: database.url };
    assert.deepEqual(states(await checkDatabase(asked)), ['database ok', 'migrations ok', 'clock ok']);
    const [last] = await database.db('schema_migrations').orderBy('id', 'desc').limit(1);
    await database.db('schema_migrations').where({ id: last.id }).update({ name: '29990101000000_of_tomorrow.ts' });
    assert.equal((await checkDatabase(asked))[1]?.state, 'warn');
    await database.db('schema_migrations').where({ id: last.id }).delete();
    const [, pending] = await checkDatabase(asked);
    assert.equal(pending?.state, 'bad');
    assert.match(pending?.advice?.en ?? '', /npm run migrate/);
    await database.db('schema_migrations').insert(last);
  });

  it('names a database that is not there, without its password', async () => {
    const [only] = await checkDatabase({ databaseUrl: 'postgres://ada:secret@127.0.0.1:1/films' });
    assert.equal(only?.state, 'bad');
    assert.ok(!JSON.stringify(only).includes('secret'));
  });

  it('uses the store in every way once, and leaves nothing there', async () => {
    const config = loadConfig({ DATA_DIR: dataDir });
    const good = await checkStorage(config);
    assert.deepEqual(states(good), ['storage ok', 'put ok', 'once ok', 'get ok', 'sign ok', 'remove ok']);
    const nowhere = { STORAGE: 's3', S3_BUCKET: 'films', S3_ENDPOINT: 'http://127.0.0.1:1' };
    const away = loadConfig({ ...nowhere, S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' });
    const refused = (await checkStorage(away)).find(({ state }) => state === 'bad');
    assert.match(refused?.advice?.en ?? '', /check the address \(S3_ENDPOINT/);
    assert.doesNotMatch(refused?.advice?.en ?? '', /Allow/);
  });

  it('sees a port in use, a folder that is a file, and an ffmpeg that is none', async () => {
    const { port } = server.address() as AddressInfo;
    assert.equal((await checkPort(loadConfig({ PORT: String(port) }))).state, 'warn');
    assert.equal((await checkPort(loadConfig({ PORT: '0' }))).state, 'ok');
    const file = join(dataDir, 'file');
    await writeFile(file, '');
    assert.equal((await checkDataDir(loadConfig({ DATA_DIR: file }))).state, 'bad');
    assert.equal((await checkFfmpeg(loadConfig({ FFMPEG_PATH: '/nowhere/ffmpeg' }))).state, 'bad');
  });

  it('sees a port for figures in use, and a receiver of traces that is away or refuses', async () => {
    const { port } = server.address() as AddressInfo;
    assert.deepEqual(await checkMetricsPort(loadConfig({})), []);
    assert.deepEqual(states(await checkMetricsPort(loadConfig({ METRICS_PORT: String(port) }))), ['metrics port warn']);
    assert.deepEqual(await checkReceiver(loadConfig({})), []);
    const traced = (endpoint: string, headers = '') =>
      loadConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...(headers && { OTEL_EXPORTER_OTLP_HEADERS: headers }) });
    const [good] = await checkReceiver(traced(`${origin}/`, 'authorization=Bearer%20good'));
    assert.equal(good?.state, 'ok', good?.found.en);
    const [refused] = await checkReceiver(traced(origin, 'authorization=Bearer%20stale'));
    assert.deepEqual([refused?.state, refused?.found.en], ['warn', `${origin}/v1/traces answers 401`]);
    assert.ok(!JSON.stringify(refused).includes('stale'), 'no header is shown');
    const [away] = await checkReceiver(traced('http://127.0.0.1:1'));
    assert.match(away?.advice?.en ?? '', /OTEL_EXPORTER_OTLP_ENDPOINT/);
  });

  it('tries an upload by a signed address, and says whether pages may do that', async () => {
    const bucket = await openTinyBucket();
    try {
      const { settings } = bucket;
      const findings = await checkStorage(loadConfig({ ...settings, PUBLIC_URL: 'https://films.example.com' }));
      assert.deepEqual(states(findings).slice(-2), ['upload warn', 'cors warn']);
      assert.match(findings.at(-1)?.found.en ?? '', /films\.example\.com/);
      assert.match(findings.at(-1)?.advice?.en ?? '', /content-type, if-none-match/);
      assert.equal(bucket.objects.size, 0);
    } finally {
      await bucket.close();
    }
  });

  it('prints a table in either language, with what to do under each line', () => {
    const findings: Finding[] = [
      {
        name: 'port',
        state: 'bad',
        found: { en: 'taken', zh: '被占用' },
        advice: { en: 'Set PORT.', zh: '请设置 PORT。' },
      },
    ];
    assert.equal(tableOf(findings, 'en'), 'bad   port  taken\n          → Set PORT.');
    assert.equal(tableOf(findings, 'zh'), '错误  port  被占用\n          → 请设置 PORT。');
  });

  it('ends with 0 where all is well, with 1 where something is not, with 78 where a setting is wrong', async () => {
    const run = (settings: Record<string, string>) =>
      new Promise<{ code: unknown; stdout: string }>((resolve) => {
        const env = { ...compileCache, PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', ...settings };
        execFile(process.execPath, [launcher, doctor], { env, timeout: 40_000 }, (error, stdout) =>
          resolve({ code: error?.code ?? 0, stdout }),
        );
      });
    const [good, bad, wrong] = await Promise.all([
      run({ LANG: 'en_GB.UTF-8' }),
      run({ LANG: 'zh_CN.UTF-8', DATABASE_URL: 'postgres://127.0.0.1:1/films' }),
      run({ PORT: 'eighty' }),
    ]);
    assert.equal(good.code, 0, good.stdout);
    assert.match(good.stdout, /^ok {4}Node\.js/);
    assert.equal(bad.code, 1);
    assert.match(bad.stdout, /错误 {2}database/);
    assert.equal(wrong.code, 78);
  });
});
