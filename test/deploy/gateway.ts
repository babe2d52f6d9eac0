import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.ts';

const given = fileURLToPath(new URL('../../deploy/nginx.conf', import.meta.url));

export async function freePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

export interface Gateway {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** The real nginx with deploy/nginx.conf; only names, port and paths are put in place of those of the containers. */
export async function startGateway(
  dir: string,
  port: number,
  nodes: readonly [string, string],
  { rate = '50r/s', burst = 100 } = {},
): Promise<Gateway> {
  const temp = join(dir, 'nginx');
  await mkdir(temp);
  const text = (await readFile(given, 'utf8'))
    .replaceAll('/tmp/nginx', temp)
    .replace('access_log /dev/stdout', `access_log ${join(temp, 'access.log')}`)
    .replace('listen 8000', `listen 127.0.0.1:${port}`)
    .replace('rate=50r/s', `rate=${rate}`)
    .replace('burst=100', `burst=${burst}`)
    .replace('api-1:8080', nodes[0])
    .replace('api-2:8080', nodes[1]);
  const conf = join(temp, 'nginx.conf');
  await writeFile(conf, text);
  const child: ChildProcess = spawn('nginx', ['-p', temp, '-c', conf, '-g', 'daemon off;'], { stdio: 'inherit' });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await eventually('the gateway answers', () => fetch(`${url}/metrics`).catch(() => undefined));
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
