import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ProgramProcess, spawnProgram } from '../program/programProcess.ts';
import { type TestDatabase, useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { type Client, type ClientOptions, DirectorAI } from './sdk.ts';

/** The whole service in a process of its own, which tests may kill and start again at the same address. */
export interface Service {
  readonly url: string;
  readonly database: TestDatabase;
  /** A client of a new user. */
  join(name: string, options?: ClientOptions): Promise<Client>;
  kill(): Promise<void>;
  start(): Promise<void>;
}

export const password = 'sea-breeze and 42 lanterns';

type Settings = Record<string, string>;

export function useService(settings: Settings | (() => Settings) = {}): Service {
  const database = useDatabase();
  let port = 0;
  let dataDir = '';
  let program: ProgramProcess | undefined;
  const end = async (signal: NodeJS.Signals) => {
    program?.child.kill(signal);
    await program?.end();
    program = undefined;
  };
  const service: Service = {
    database,
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    async join(name, options = {}) {
      const client = new DirectorAI({ baseUrl: service.url, ...options });
      await client.auth.register({ username: name, email: `${name}@example.com`, password });
      return client;
    },
    kill: () => end('SIGKILL'),
    async start() {
      program = spawnProgram({
        DATA_DIR: dataDir,
        DATABASE_URL: database.url,
        PORT: String(port),
        RATE_LIMIT_PER_MINUTE: '100000',
        ...(typeof settings === 'function' ? settings() : settings),
      });
      await program.url();
    },
  };
  before('starts the service', async function () {
    this.timeout(40_000);
    port = await freePort();
    dataDir = await makeDataDir('sdk');
    await service.start();
  });
  after('stops the service', async () => {
    await end('SIGTERM');
    await rm(dataDir, { recursive: true, force: true });
  });
  return service;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
