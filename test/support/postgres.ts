import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../src/db/migrate.ts';
import { startEmbeddedPostgres } from '../../src/postgres/embedded.ts';
import { ofTheHarness } from './leaks.ts';

export interface TestServer {
  url: string;
  /** The database that every test's database is cloned from. */
  template: string;
  admin: Client;
  stop(): Promise<void>;
}

const log = { info: () => undefined, error: (facts: object, message: string) => console.error(message, facts) };
let server: Promise<TestServer> | undefined;

export const urlOf = (serverUrl: string, database: string) =>
  Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;

/** A name no other run on the same server uses; safe in SQL as it is. */
export const databaseName = (role: string) => `test_${role}_${process.pid}_${randomBytes(3).toString('hex')}`;

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => undefined };
  const dataDir = await mkdtemp(join(tmpdir(), 'directorai-test-'));
  const embedded = await startEmbeddedPostgres({ dataDir, log, disposable: true });
  const stop = async () => {
    await embedded.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: embedded.url, stop };
}

async function connectAdmin(url: string): Promise<Client> {
  const admin = new Client({ connectionString: url, application_name: 'test-admin' });
  await admin.connect();
  return admin;
}

/** The server and the template that a run with several jobs has made for all of them (`sharedServer.ts`). */
async function joinShared(): Promise<TestServer | undefined> {
  const { TEST_SHARED_URL: url, TEST_SHARED_TEMPLATE: template } = process.env;
  if (!url || !template) return undefined;
  const admin = await connectAdmin(url);
  return { url, template, admin, stop: () => admin.end() };
}

/** Starts a server of its own, unless `TEST_DATABASE_URL` names one, and makes the template. */
export async function startTestServer(): Promise<TestServer> {
  const { url, stop } = await startServer();
  const admin = await connectAdmin(url);
  const template = databaseName('template');
  await admin.query(`create database ${template}`);
  await migrate(urlOf(url, template));
  return {
    url,
    template,
    admin,
    stop: async () => {
      await admin.query(`drop database ${template} with (force)`);
      await admin.end();
      await stop();
    },
  };
}

/** The one server of this run: shared by all jobs, or started when the first test file asks for it. */
export function testServer(): Promise<TestServer> {
  server ??= ofTheHarness(async () => (await joinShared()) ?? startTestServer());
  return server;
}

export async function stopTestServer(): Promise<void> {
  const running = await server;
  server = undefined;
  await running?.stop();
}
