import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { Agent, fetch as fetchWith } from 'undici';
import { WebSocket } from 'ws';
import { type ProgramProcess, spawnProgram } from '../program/programProcess.ts';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { freePort, type Gateway, startGateway } from './gateway.ts';

interface Answer {
  status: number;
  data: Record<string, string>;
}

describe('deploy/tls.conf', function () {
  this.timeout(120_000);
  const database = useDatabase();
  let dataDir: string;
  let program: ProgramProcess;
  let gateway: Gateway;
  let ca: Buffer;
  let trusting: Agent;
  let api: string;
  let url: string;

  before('starts the service behind it, with a certificate of its own', async () => {
    dataDir = await makeDataDir('tls');
    const [certificate, key] = [join(dataDir, 'own.crt'), join(dataDir, 'own.key')];
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const named = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', ['req', '-x509', ...made, ...named, '-keyout', key, '-out', certificate], {
      stdio: 'ignore',
    });
    ca = await readFile(certificate);
    trusting = new Agent({ connect: { ca }, allowH2: false });
    const [node, port, secure] = [await freePort(), await freePort(), await freePort()];
    url = `https://127.0.0.1:${secure}`;
    api = `${url}/api/v1`;
    const settings = { DATABASE_URL: database.url, DATA_DIR: dataDir, TRUST_PROXY: '1', PUBLIC_URL: url };
    program = spawnProgram({ ...settings, PORT: String(node), JWT_SECRET: 'tls '.repeat(10) });
    await eventually('it is ready', () => /ready/.test(program.printed()), 90_000);
    const there = `127.0.0.1:${node}`;
    gateway = await startGateway(dataDir, port, [there, there], { tls: { port: secure, certificate, key } });
  });
  after(async () => {
    await gateway?.stop();
    await trusting?.close();
    program.child.kill('SIGTERM');
    await program.end();
    await rm(dataDir, { recursive: true, force: true });
  });

  const call = async (method: string, path: string, token = '', body?: object): Promise<Answer> => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const sent = body && { body: JSON.stringify(body) };
    const answer = await fetchWith(`${api}${path}`, { method, headers, ...sent, dispatcher: trusting });
    const { data } = (await answer.json()) as { data: Record<string, string> };
    return { status: answer.status, data };
  };

  it('carries requests, the stream of a film and a socket', async () => {
    const account = { username: 'ada', email: 'ada@example.com', password: 'correct horse battery staple' };
    const { data: session } = await call('POST', '/auth/register', '', account);
    const { token = '' } = session;
    const { data: ticket } = await call('POST', '/auth/stream-tickets', token);
    const socket = new WebSocket(`${url.replace('https', 'wss')}/ws?ticket=${ticket.ticket}`, { ca, origin: url });
    const heard: string[] = [];
    socket.on('message', (message) => heard.push(message.toString()));
    await once(socket, 'open');
    const params = { prompt: 'a fox in the snow', sceneCount: 1, characterCount: 0 };
    const made = await call('POST', '/tasks', token, { type: 'screenplay', params });
    assert.equal(made.status, 202);
    const stream = await fetchWith(`${api}/tasks/${made.data.id}/events`, {
      headers: { authorization: `Bearer ${token}` },
      dispatcher: trusting,
    });
    const told: string[] = [];
    assert.ok(stream.body);
    const events = stream.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    for await (const { data } of events) told.push(data);
    assert.match(told.at(-1) ?? '', /"completed"/);
    await eventually('the socket heard the end', () => heard.some((message) => message.includes('"completed"')));
    socket.close();
    await once(socket, 'close');
  });

  it('speaks HTTP/2 to those who ask for it, and no TLS before 1.2', async () => {
    const second = new Agent({ connect: { ca }, allowH2: true });
    const answer = await fetchWith(`${api}/health/ready`, { dispatcher: second });
    assert.equal(answer.status, 200);
    await second.close();
    const old = new Agent({ connect: { ca, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } });
    await assert.rejects(fetchWith(`${api}/health/ready`, { dispatcher: old }));
    await old.close();
  });

  it('leads http to the same place by https, a POST as well', async () => {
    const answer = await fetch(`${gateway.url}/api/v1/tasks?page=2`, { method: 'POST', redirect: 'manual' });
    assert.equal(answer.status, 308);
    assert.equal(answer.headers.get('location'), 'https://127.0.0.1/api/v1/tasks?page=2');
  });
});
