import type { Endpoint, Fault, FaultRule } from '../../../src/providers/sandbox/faults.ts';
import type { Random } from '../random.ts';
import type { Cluster, VendorSite } from './cluster.ts';
import { type Pace, spread } from './spread.ts';

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
  { hang: true },
  { hang: 'accepted' },
  { refuse: true },
  { retired: true },
];
/** Results that are not what one expects, and can be used all the same. */
const oddResults: Partial<Record<Endpoint, Fault[]>> = {
  images: [{ b64: true }],
  videos: [{ noUrl: true }],
  chat: [{ screenplay: 'wrongCount' }, { screenplay: 'fenced' }, { screenplay: 'truncated' }, { refuse: 'finish' }],
};
const pollFaults: Fault[] = [
  { status: 500 },
  { status: 429 },
  { reset: true },
  { garbage: 'html' },
  { truncate: true },
  { unknownStatus: 3 },
];
const mediaFaults: Fault[] = [{ status: 404 }, { status: 503 }, { reset: true }, { truncate: true }, { garbage: true }];

const endpointOf = { glm: 'chat', gemini: 'images', tuzi: 'videos' } as const;

function ruleFor(random: Random, { name }: VendorSite): { path: Endpoint; fault: Fault } {
  if (name === 'tuzi' && random.chance(0.3)) return { path: 'poll', fault: random.pick(pollFaults) };
  if (name !== 'glm' && random.chance(0.2)) return { path: 'media', fault: random.pick(mediaFaults) };
  const path = endpointOf[name];
  return { path, fault: random.pick(random.chance(0.1) ? (oddResults[path] ?? paidFaults) : paidFaults) };
}

const killOneIn = 120;

type Rule = FaultRule & { seen: number };

/** Counts the faults that calls have met, and answers on which paths one still waits for its call. */
function createWatch({ history }: Cluster, { name, url }: VendorSite) {
  let met = 0;
  return async (): Promise<Set<string> | undefined> => {
    const answer = await fetch(`${url}/_sandbox/faults`).catch(() => undefined);
    if (!answer?.ok) return undefined;
    const rules = (await answer.json()) as Rule[];
    const hit = rules.filter(({ seen }) => seen > 0).length;
    // A vendor that was killed has forgotten its rules.
    if (hit > met) history.record({ type: 'struck', what: 'vendor', target: name, count: hit - met });
    met = hit;
    return new Set(rules.filter(({ seen }) => seen === 0).map(({ path }) => path));
  };
}

/** One fault at a time for each kind of call, so that each call meets one and each is met. */
export async function strikeVendors(cluster: Cluster, random: Random, pace: Pace): Promise<void> {
  const sites = cluster.vendors.map((site) => ({ ...site, watch: createWatch(cluster, site) }));
  const strike = async (n: number) => {
    const site = random.pick(sites);
    const waiting = await site.watch();
    if (!waiting) return;
    if (n % killOneIn === killOneIn - 1) return void site.member.signal('SIGKILL');
    const { path, fault } = ruleFor(random, site);
    if (waiting.has(path)) return;
    const body = JSON.stringify([{ path, count: 1, fault }]);
    const told = await fetch(`${site.url}/_sandbox/faults`, { method: 'POST', body }).catch(() => undefined);
    if (!told?.ok) return;
    cluster.history.record({ type: 'fault', kind: `vendor ${path}`, target: site.name, note: JSON.stringify(fault) });
  };
  // Twice as often as needed: many a time one still waits.
  await spread(random, { ...pace, count: pace.count * 2 }, strike);
  for (const { watch } of sites) await watch();
}

export async function calmVendors({ vendors }: Cluster): Promise<void> {
  for (const { url } of vendors) await fetch(`${url}/_sandbox/faults`, { method: 'DELETE' }).catch(() => undefined);
}
