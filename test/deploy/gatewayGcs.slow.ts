import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join as joinService } from '../program/client.ts';
import { type ProgramProcess, spawnProgram } from '../program/programProcess.ts';
import { type Fake, startFakeGcs } from '../storage/fakeGcs.ts';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { freePort, type Gateway, startGateway } from './gateway.ts';

const binary = process.env.FAKE_GCS_SERVER ?? '';
if (!binary)
  throw new Error('Set FAKE_GCS_SERVER to the path of a fake-gcs-server binary; the nodes keep their files there.');

describe('the gateway before nodes whose files are in Google Cloud Storage', function () {
  this.timeout(120_000);
  const database = useDatabase();
  const nodes: ProgramProcess[] = [];
  let dataDir: string;
  let gateway: Gateway | undefined;
  let fake: Fake;
  let url: string;

  before('starts them', async () => {
    dataDir = await makeDataDir('deploy-gcs');
    fake = await startFakeGcs(binary, 'films');
    const [one, two, front] = [await freePort(), await freePort(), await freePort()];
    url = `http://127.0.0.1:${front}`;
    const settings = {
      ...{ DATABASE_URL: database.url, DATA_DIR: dataDir, JWT_SECRET: 'gateway '.repeat(5), TRUST_PROXY: '1' },
      ...{ PUBLIC_URL: url, SANDBOX_LATENCY_SCALE: '0', VIDEO_POLL_MS: '100' },
      ...{ STORAGE: 'gcs', GCS_BUCKET: 'films', GCS_ENDPOINT: fake.endpoint },
    };
    for (const port of [one, two]) nodes.push(spawnProgram({ ...settings, PORT: String(port) }, ['api']));
    nodes.push(spawnProgram(settings, ['worker']));
    await eventually('all are ready', () => nodes.every((node) => /ready/.test(node.printed())), 90_000);
    gateway = await startGateway(dataDir, front, [`127.0.0.1:${one}`, `127.0.0.1:${two}`]);
  });
  after('ends them', async () => {
    await gateway?.stop();
    for (const { child } of nodes) child.kill('SIGTERM');
    await Promise.all(nodes.map((node) => node.end()));
    await fake?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('makes a film and gives it to who asks, whole and in part, out of the bucket', async () => {
    const ada = await joinService(`${url}/api/v1`, 'ada');
    const params = { prompt: 'a fox in the snow', sceneCount: 1, characterCount: 1, sceneSeconds: 5 };
    const task = await ada.make({ type: 'film', params }, 90_000);
    assert.equal(task.status, 'completed');
    const film = (task.result as { url: string }).url;
    assert.ok(film.startsWith(url));
    const whole = Buffer.from(await (await fetch(film)).arrayBuffer());
    assert.equal(whole.toString('latin1', 4, 8), 'ftyp');
    const part = await fetch(film, { headers: { range: 'bytes=4-7' } });
    assert.deepEqual([part.status, await part.text()], [206, 'ftyp']);
    const listed = await fetch(`${fake.endpoint}/storage/v1/b/films/o`);
    const { items } = (await listed.json()) as { items: { name: string; size: string }[] };
    const stored = items.find(
      ({ name }) => name.endsWith('.mp4') && name.includes(String((task.result as { mediaId: string }).mediaId)),
    );
    assert.equal(Number(stored?.size), whole.length);
    await assert.rejects(readdir(`${dataDir}/media`), 'nothing of it is on the nodes');
    const upload = await ada.call('POST', '/media/uploads', { name: 'a.png', mimeType: 'image/png', byteSize: 9 });
    assert.deepEqual([upload.status, upload.code], [409, 4002], 'clients do not reach this bucket');
  });
});
