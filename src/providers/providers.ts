import type { Config } from '../config.ts';
import type { Providers, VendorName, VendorSettings } from './abilities.ts';
import { gemini } from './gemini.ts';
import { glm } from './glm.ts';
import { tuzi } from './tuzi.ts';

const giveUpMs = 300_000;
const pollMs = { sandbox: 500, vendor: 5_000 };
const sandboxPaths: Record<VendorName, string> = { glm: '/api/paas/v4', gemini: '', tuzi: '' };

/** The three vendors as configured; `sandboxUrl` is the origin of the sandbox that stands in for those without credentials. */
export function createProviders(config: Pick<Config, 'vendors' | 'videoPollMs'>, sandboxUrl?: string): Providers {
  const settingsOf = (vendor: VendorName): VendorSettings => {
    const { baseUrl, apiKey, model, idempotency, sandbox } = config.vendors[vendor];
    if (!sandbox) return { vendor, baseUrl, apiKey, model, idempotency, sandbox };
    if (!sandboxUrl) throw new Error(`the sandbox stands in for ${vendor} but is not running`);
    return { vendor, baseUrl: `${sandboxUrl}${sandboxPaths[vendor]}`, apiKey, model, idempotency, sandbox };
  };
  const video = settingsOf('tuzi');
  const poll = config.videoPollMs ?? (video.sandbox ? pollMs.sandbox : pollMs.vendor);
  return {
    text: glm(settingsOf('glm')),
    image: gemini(settingsOf('gemini')),
    video: tuzi({ ...video, pollMs: poll, giveUpMs }),
  };
}
