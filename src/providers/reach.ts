import type { Config } from '../config.ts';
import type { VendorName } from './abilities.ts';
import { bearer } from './http.ts';

/** What a vendor says to a free question. `unclear`: it is there, and tells neither that the key is good nor that it is not. */
export type Reach =
  | { state: 'accepted'; hasModel: boolean }
  | { state: 'refused'; status: number }
  | { state: 'unclear'; status: number }
  | { state: 'unreachable'; reason: string };

const paths: Record<VendorName, string> = { glm: '/models', gemini: '/v1/models', tuzi: '/v1/models' };

/** Asks for the list of models: with the key, buying nothing. */
export async function reachVendor(vendor: VendorName, { vendors }: Pick<Config, 'vendors'>): Promise<Reach> {
  const { baseUrl, apiKey, model } = vendors[vendor];
  try {
    const authorization = bearer({ ...vendors[vendor], vendor, apiKey });
    const answer = await fetch(`${baseUrl}${paths[vendor]}`, {
      headers: { authorization, accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    });
    const text = (await answer.text()).slice(0, 2_000_000);
    if (answer.status === 401 || answer.status === 403) return { state: 'refused', status: answer.status };
    if (!answer.ok) return { state: 'unclear', status: answer.status };
    return { state: 'accepted', hasModel: text.includes(JSON.stringify(model)) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { state: 'unreachable', reason: cause instanceof Error ? cause.message : String(cause) };
  }
}
