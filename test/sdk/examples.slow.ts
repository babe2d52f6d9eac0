import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import './sdk.ts';
import { useService } from './service.ts';

const example = (name: string) => fileURLToPath(new URL(`../../sdk/examples/${name}.ts`, import.meta.url));

describe('the examples of the SDK', function () {
  this.timeout(60_000);
  const service = useService();
  let dir: string;

  before(async () => {
    dir = await makeDataDir('examples');
  });
  after(() => rm(dir, { recursive: true, force: true }));

  const run = async (name: string, ...args: string[]) => {
    const env = { PATH: process.env.PATH, DIRECTORAI_URL: service.url };
    const { stdout } = await promisify(execFile)(process.execPath, [example(name), ...args], { cwd: dir, env });
    return stdout;
  };

  it('film makes a film and saves it', async () => {
    assert.match(await run('film', 'a kitten', 'kitten.mp4'), /100 %[^\n]*\nkitten\.mp4: 10 seconds for \$\d/);
    assert.ok((await stat(join(dir, 'kitten.mp4'))).size > 1000);
  });

  it('screenplay has one written, changes it and films it', async () => {
    assert.match(await run('screenplay'), /^3\. .*\n\nThe film, .*http/m);
  });

  it('chat talks with the agent until the screenplay is written', async () => {
    assert.match(await run('chat'), /。\n*the screenplay is written: .+, \d scenes/);
  });

  it('webhooks takes what is signed and refuses what is not', async () => {
    const secret = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`;
    const env = { PATH: process.env.PATH, DIRECTORAI_WEBHOOK_SECRET: secret };
    const child = spawn(process.execPath, [example('webhooks'), '0'], { env });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    const [, port] = await eventually('it listens', () => /localhost:(\d+)/.exec(printed));
    const body = JSON.stringify({ type: 'task.completed', data: {} });
    const now = new Date();
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('msg_1', now, body),
    };
    const send = (text: string) => fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: text, headers });
    assert.deepEqual(
      [(await send(body)).status, (await send(body)).status, (await send('{}')).status],
      [204, 204, 400],
    );
    child.kill();
    await once(child, 'exit');
    assert.equal(printed.match(/task\.completed/g)?.length, 1);
  });
});
