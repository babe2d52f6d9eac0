import { openSandbox, type TestSandbox } from '../providers/sandbox/client.ts';

/** Vendors of their own for a service, which a test can tell to misbehave. */
export function useVendors(): { vendors(): TestSandbox; settings(): Record<string, string> } {
  let sandbox: TestSandbox;
  before(async () => {
    sandbox = await openSandbox({ latencyScale: 0.1 });
  });
  after(() => sandbox.close());
  return {
    vendors: () => sandbox,
    settings: () => ({
      SANDBOX: 'off',
      VIDEO_POLL_MS: '200',
      GLM_BASE_URL: `${sandbox.url}/api/paas/v4`,
      GEMINI_BASE_URL: sandbox.url,
      TUZI_BASE_URL: sandbox.url,
      ...Object.fromEntries(['GLM', 'GEMINI', 'TUZI'].map((name) => [`${name}_API_KEY`, 'a-key'])),
    }),
  };
}
