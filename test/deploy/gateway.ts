import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.ts';

const given = fileURLToPath(new URL('../../deploy/', import.meta.url));

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

export interface GatewayOptions {
  rate?: string;
  burst?: number;
  /** With it tls.conf is in force, and `port` leads to this one. */
  tls?: { port: number; certificate: string; key: string };
}

/** The real nginx with the files of deploy/; only names, ports and paths are put in place of those of the containers. */
export async function startGateway(
  dir: string,
  port: number,
  nodes: readonly [string, string],
  { rate = '50r/s', burst = 100, tls }: GatewayOptions = {},
): Promise<Gateway> {
  const temp = join(dir, 'nginx');
  await mkdir(temp);
  const put = async (name: string, as = name) => {
    const text = (await readFile(join(given, name), 'utf8'))
      .replaceAll('/tmp/nginx', temp)
      .replace('access_log /dev/stdout', `access_log ${join(temp, 'access.log')}`)
      .replace('listen 8000', `listen 127.0.0.1:${port}`)
      .replace('listen 8443', `listen 127.0.0.1:${tls?.port}`)
      .replace('rate=50r/s', `rate=${rate}`)
      .replace('burst=100', `burst=${burst}`)
      .replace('api-1:8080', nodes[0])
      .replace('api-2:8080', nodes[1]);
    await writeFile(join(temp, as), text);
  };
  for (const name of ['nginx.conf', 'proxy.conf', 'server.conf']) await put(name);
  await put(tls ? 'tls.conf' : 'plain.conf', 'listen.conf');
  if (tls) {
    await mkdir(join(temp, 'tls'));
    await copyFile(tls.certificate, join(temp, 'tls', 'tls.crt'));
    await copyFile(tls.key, join(temp, 'tls', 'tls.key'));
  }
  const conf = join(temp, 'nginx.conf');
  const child: ChildProcess = spawn('nginx', ['-p', temp, '-c', conf, '-g', 'daemon off;'], { stdio: 'inherit' });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await eventually('the gateway answers', () => fetch(`${url}/metrics`, { redirect: 'manual' }).catch(() => undefined));
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
