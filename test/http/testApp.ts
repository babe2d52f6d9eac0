import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import supertest from 'supertest';
import { loadConfig } from '../../src/config.ts';
import { connect } from '../../src/db/connect.ts';
import { findStillAllowed, type Listener } from '../../src/db/listeners.ts';
import { findTask } from '../../src/db/tasks.ts';
import { createApp } from '../../src/http/app.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { createLog, type Log } from '../../src/log.ts';
import { findBinaries } from '../../src/media/binaries.ts';
import { createMediaRoom } from '../../src/media/room.ts';
import type { ApiServices, ApiSettings } from '../../src/operations/context.ts';
import { describeModels } from '../../src/providers/models.ts';
import { createRealtime } from '../../src/realtime/realtime.ts';
import { fileRemover } from '../../src/services.ts';
import { openStore } from '../../src/storage/store.ts';
import { useDatabase } from '../support/database.ts';
import { checkAnswer } from './answerCheck.ts';
import { noteAnswers } from './answersSeen.ts';

export const secret = 'a secret of the test suite, 32 characters or more';
export const password = 'sea-breeze and 42 lanterns';

export interface TestOptions {
  /** Registered through the API before the tests, logged in as `app.as(name)`. */
  users?: string[];
  config?: Partial<ApiSettings>;
  /** Reads the log's lines. */
  onLog?: (line: string) => void;
  trustProxy?: number;
}

export interface Session {
  userId: string;
  token: string;
  refreshToken: string;
  expiresIn: number;
}

export type Agent = ReturnType<typeof supertest.agent>;

export interface TestApp {
  readonly db: Knex;
  readonly url: string;
  readonly services: ApiServices;
  readonly dir: string;
  readonly port: number;
  /** What the server's open and closed connections have read so far. */
  bytesRead(): number;
  /** Set by a test to see the service drain. */
  draining: boolean;
  /** Nobody in particular. */
  anyone(): Agent;
  as(name: string): Agent;
  sessionOf(name: string): Session;
  /** Opens an account under this name and a session of it. */
  join(name: string): Promise<Session>;
}

interface Running {
  port: number;
  bytesRead(): number;
  dir: string;
  services: ApiServices;
  stop(): Promise<void>;
}

function logTo(onLog: ((line: string) => void) | undefined): Log {
  return onLog ? createLog('debug', { destination: { write: onLog } }) : createLog('silent');
}

async function start(databaseUrl: string, options: TestOptions, app: { draining: boolean }): Promise<Running> {
  const dir = await mkdtemp(join(tmpdir(), 'directorai-api-'));
  const log = logTo(options.onLog);
  const db = connect(databaseUrl, { max: 12, applicationName: 'api' });
  const jobsDir = join(dir, 'tmp');
  const stillAllowed = (listeners: readonly Listener[]) => findStillAllowed(db, listeners);
  const realtime = createRealtime({ databaseUrl, db, log, stillAllowed, maxStreamsPerUser: 3, heartbeatMs: 1000 });
  const address = { origin: '' };
  const store = await openStore({ kind: 'local', dir: join(dir, 'media') });
  const services: ApiServices = {
    db,
    log,
    secret,
    formerSecrets: [],
    realtime,
    models: describeModels({ ...loadConfig({}), ...options.config }),
    config: {
      vendors: loadConfig({}).vendors,
      adminEmails: [],
      maxMediaBytesPerUser: 1024 ** 3,
      corsOrigins: [],
      webhooks: { allowPrivate: false, backOffScale: 1 },
      maxTasksPerUser: 5,
      rateLimitPerMinute: 100_000,
      ...options.config,
    },
    publicUrl: () => address.origin,
    store,
    removeFile: fileRemover({ store }),
    media: await createMediaRoom({ binaries: await findBinaries({}), cores: 2, jobsDir }),
    isDraining: () => app.draining,
  };
  const { trustProxy } = options;
  const api = createApp(services, { checkAnswer, ...(trustProxy !== undefined && { trustProxy }) });
  await api.warmUp();
  const server = createHttpServer(api.express).listen(0, '127.0.0.1');
  realtime.attachSockets(server, {
    ...{ path: '/ws', authenticate: api.authenticateSocket, allowedOrigins: [] },
    ownsTask: async (userId, taskId) => (await findTask(db, taskId, userId)) !== undefined,
  });
  await new Promise((listening) => server.once('listening', listening));
  noteAnswers(server);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  const { port } = server.address() as AddressInfo;
  address.origin = `http://127.0.0.1:${port}`;
  return {
    port,
    bytesRead: () => [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0),
    dir,
    services,
    async stop() {
      await realtime.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await db.destroy();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The real service without its workers, on a database of the surrounding `describe`; every answer is checked against the contract. */
export function useApp(options: TestOptions = {}): TestApp {
  const database = useDatabase();
  const sessions = new Map<string, Session>();
  let running: Running | undefined;
  const live = (): Running => {
    if (!running) throw new Error('the app runs from the first `before` hook on');
    return running;
  };
  const app: TestApp = {
    draining: false,
    get db() {
      return database.db;
    },
    get url() {
      return `http://127.0.0.1:${live().port}`;
    },
    get port() {
      return live().port;
    },
    get dir() {
      return live().dir;
    },
    get services() {
      return live().services;
    },
    bytesRead: () => live().bytesRead(),
    anyone: () => supertest.agent(app.url),
    as: (name) => app.anyone().set('Authorization', `Bearer ${app.sessionOf(name).token}`),
    sessionOf(name) {
      const session = sessions.get(name);
      if (!session) throw new Error(`${name} has not joined`);
      return session;
    },
    async join(name) {
      const account = { username: name, email: `${name}@example.com`, password };
      const { body } = await app.anyone().post('/api/v1/auth/register').send(account).expect(201);
      sessions.set(name, body.data);
      return body.data;
    },
  };
  before('starts the app', async function () {
    this.timeout(30_000);
    running = await start(database.url, options, app);
    await Promise.all((options.users ?? []).map(app.join));
  });
  after('stops the app', async () => {
    await running?.stop();
  });
  return app;
}
