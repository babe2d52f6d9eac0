import { startTestServer, type TestServer } from './postgres.ts';

let shared: TestServer | undefined;

/** One Postgres and one template for all jobs of a parallel run, which learn of it by their environment. */
export async function mochaGlobalSetup(): Promise<void> {
  shared = await startTestServer();
  process.env.TEST_SHARED_URL = shared.url;
  process.env.TEST_SHARED_TEMPLATE = shared.template;
}

export async function mochaGlobalTeardown(): Promise<void> {
  await shared?.stop();
}
