import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { startScript } from './childScript.ts';
import type { Stage } from './stage.ts';

export interface VendorProcess {
  url: string;
  /** Where it keeps what it accepted and the media it made. */
  dir: string;
  /** What the program is told so that it takes this for its vendors. */
  settings: Record<string, string>;
}

/** The sandbox in a process of its own, as vendors are; media are made once per kind and size, so that drawing takes no cores from the program. */
export async function startVendors(
  stage: Stage,
  options: { latencyScale: number; idempotency?: 'key' | 'lookup'; prerendered?: boolean },
): Promise<VendorProcess> {
  const dir = await mkdtemp(join(stage.dir, 'vendors-'));
  const given = JSON.stringify({ prerendered: true, ...options, dir });
  const { line: url } = await startScript(stage, './sandboxProcess.ts', ['--options', given]);
  return { url, dir, settings: settingsFor(url, options.idempotency ?? 'key') };
}

function settingsFor(url: string, idempotency: string): Record<string, string> {
  const each = (what: string, value: string) =>
    Object.fromEntries(['GLM', 'GEMINI', 'TUZI'].map((vendor) => [`${vendor}_${what}`, value]));
  return {
    ...each('API_KEY', 'bench'),
    ...each('IDEMPOTENCY', idempotency),
    // Vendors' own limits are not what is measured.
    ...each('MAX_IN_FLIGHT', '1000'),
    GLM_BASE_URL: `${url}/api/paas/v4`,
    GEMINI_BASE_URL: url,
    TUZI_BASE_URL: url,
    SANDBOX: 'off',
    // As often as the program asks its own sandbox.
    VIDEO_POLL_MS: '500',
  };
}
