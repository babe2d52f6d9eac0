import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Stage } from './stage.ts';

export interface VendorProcess {
  url: string;
  /** Where it keeps what it accepted and the media it made. */
  dir: string;
  /** What the program is told so that it takes this for its vendors. */
  settings: Record<string, string>;
}

const script = fileURLToPath(new URL('./sandboxProcess.ts', import.meta.url));

/** The sandbox in a process of its own, as vendors are; media are made once per kind and size, so that drawing takes no cores from the program. */
export async function startVendors(
  stage: Stage,
  options: { latencyScale: number; idempotency?: 'key' | 'lookup'; prerendered?: boolean },
): Promise<VendorProcess> {
  const dir = join(stage.dir, 'vendors');
  const given = JSON.stringify({ prerendered: true, ...options, dir });
  const child = spawn(process.execPath, [script, '--options', given], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  stage.later(async () => {
    child.stdin.end();
    await ended;
  });
  for await (const url of createInterface({ input: child.stdout })) {
    return { url, dir, settings: settingsFor(url, options.idempotency ?? 'key') };
  }
  throw new Error('the sandbox ended before it was ready');
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
