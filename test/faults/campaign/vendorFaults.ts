import type { Endpoint, Fault } from '../../../src/providers/sandbox/faults.ts';
import type { Random } from '../random.ts';
import type { Cluster, VendorSite } from './cluster.ts';
import type { Plan } from './plan.ts';
import { spread } from './spread.ts';

/** What a vendor may do to a call: refuse it in every way, take it and lose the answer, or answer what cannot be used. */
const paidFaults: Fault[] = [
  ...[400, 401, 403, 408, 409, 422, 500, 502, 503, 504].map((status) => ({ status })),
  { status: 429 },
  { status: 429, retryAfter: 1 },
  { status: 429, retryAfter: 3 },
  { reset: true },
  { lost: true },
  { lost: true },
  { lost: true },
  { truncate: true },
  { garbage: 'json' },
  { garbage: 'html' },
  { slow: 2_000 },
];
const pollFaults: Fault[] = [
  { status: 500 },
  { status: 429 },
  { reset: true },
  { garbage: 'html' },
  { truncate: true },
];
const mediaFaults: Fault[] = [{ status: 404 }, { status: 503 }, { reset: true }, { truncate: true }, { garbage: true }];

const endpointOf = { glm: 'chat', gemini: 'images', tuzi: 'videos' } as const;

function ruleFor(random: Random, { name }: VendorSite): { path: Endpoint; fault: Fault } {
  if (name === 'tuzi' && random.chance(0.3)) return { path: 'poll', fault: random.pick(pollFaults) };
  if (name !== 'glm' && random.chance(0.2)) return { path: 'media', fault: random.pick(mediaFaults) };
  return { path: endpointOf[name], fault: random.pick(paidFaults) };
}

const killOneIn = 60;

export function strikeVendors(cluster: Cluster, random: Random, plan: Plan, forMs: number): Promise<void> {
  return spread(random, { count: plan.vendor, forMs }, async (n) => {
    const site = random.pick(cluster.vendors);
    if (n % killOneIn === killOneIn - 1) {
      site.member.signal('SIGKILL');
      return;
    }
    const { path, fault } = ruleFor(random, site);
    const body = JSON.stringify([{ path, count: 1, fault }]);
    const told = await fetch(`${site.url}/_sandbox/faults`, { method: 'POST', body }).catch(() => undefined);
    if (!told?.ok) return;
    cluster.history.record({ type: 'fault', kind: `vendor ${path}`, target: site.name, note: JSON.stringify(fault) });
  });
}

export async function calmVendors({ vendors }: Cluster): Promise<void> {
  for (const { url } of vendors) await fetch(`${url}/_sandbox/faults`, { method: 'DELETE' }).catch(() => undefined);
}
