import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import sharp from 'sharp';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { join } from './client.ts';
import { type ProgramProcess, spawnProgram, usePrograms } from './programProcess.ts';

/** An upload of which the program has the head, and half of the body. */
interface HalfSent {
  /** Sends the rest and gives what was answered. */
  finish(): Promise<{ status: number | undefined; body: string }>;
}

async function sendHalf(url: string, token: string): Promise<HalfSent> {
  const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const head =
    '--half\r\ncontent-disposition: form-data; name="file"; filename="sea.png"\r\ncontent-type: image/png\r\n\r\n';
  const body = Buffer.concat([Buffer.from(head), picture, Buffer.from('\r\n--half--\r\n')]);
  const sending: ClientRequest = request(`${url}/media`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'multipart/form-data; boundary=half',
      'content-length': body.length,
      expect: '100-continue',
    },
  });
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  sending.flushHeaders();
  await once(sending, 'continue');
  sending.write(body.subarray(0, body.length / 2));
  return {
    async finish() {
      sending.end(body.subarray(body.length / 2));
      const [answer] = await answered;
      return { status: answer.statusCode, body: await text(answer) };
    },
  };
}

describe('SIGTERM while the body of a request is still arriving', function () {
  this.timeout(60_000);
  const database = useDatabase();
  let dataDir: string;
  let program: ProgramProcess;

  const start = async (role: string) => {
    program = spawnProgram({ DATA_DIR: dataDir, DATABASE_URL: database.url }, [role]);
    return program.url();
  };
  const isShut = (url: string): Promise<boolean> => {
    const knock = connect(Number(new URL(url).port), 'localhost');
    return once(knock, 'connect')
      .then(
        () => false,
        () => true,
      )
      .finally(() => knock.destroy());
  };

  before(async () => {
    dataDir = await makeDataDir('stop');
  });
  afterEach(() => program.child.kill('SIGKILL'));
  after(() => rm(dataDir, { recursive: true, force: true }));

  it('is answered as usual by an API, which says in its log nothing of it and ends cleanly', async () => {
    const url = await start('api');
    const { token } = await join(url, 'ada');
    const upload = await sendHalf(url, token);
    program.child.kill('SIGTERM');
    await eventually('nobody else is let in', () => isShut(url));
    const { status, body } = await upload.finish();
    assert.equal(status, 201, body);
    assert.equal(await program.end(), 0);
    assert.doesNotMatch(program.printed(), /"level":/);
  });

  it('keeps no worker beside it from handing its work back meanwhile', async () => {
    const url = await start('all');
    const { token } = await join(url, 'bob');
    const upload = await sendHalf(url, token);
    program.child.kill('SIGTERM');
    await eventually('nobody else is let in', () => isShut(url));
    const living = () => database.db('worker_sessions').whereNull('fenced_at').first();
    await eventually('the worker has ended', async () => (await living()) === undefined);
    const { status, body } = await upload.finish();
    assert.equal(status, 201, body);
    assert.equal(await program.end(), 0);
  });
});

describe('what nobody caught', function () {
  this.timeout(60_000);
  const database = useDatabase();
  const { start } = usePrograms('uncaught');

  for (const [what, happens] of [
    ['an error that was thrown', 'throw new Error(told)'],
    ['a promise that was rejected', 'void Promise.reject(new Error(told))'],
  ] as const)
    it(`ends the program with 70, and its log says why without its secrets: ${what}`, async () => {
      const jwtSecret = 'the secret that signs all tokens, and more';
      const script = `process.on('SIGUSR2', () => { const told = 'it knows ' + process.env.JWT_SECRET; ${happens}; })`;
      const imported = `--import="data:text/javascript,${encodeURIComponent(script)}"`;
      const settings = { DATABASE_URL: database.url, JWT_SECRET: jwtSecret, NODE_OPTIONS: imported };
      const program = start(settings, ['api']);
      await program.url();
      program.child.kill('SIGUSR2');
      assert.equal(await program.end(), 70, program.printed());
      assert.match(program.printed(), /"level":60.*it knows \[redacted\]/);
      assert.ok(!program.printed().includes(jwtSecret));
    });
});
