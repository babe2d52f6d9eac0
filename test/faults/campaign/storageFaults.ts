import type { Random } from '../random.ts';
import type { Bucket, BucketStrike } from './bucket.ts';
import type { Cluster } from './cluster.ts';
import { type Pace, spread } from './spread.ts';

const refusals: BucketStrike[] = [
  { status: 500, code: 'InternalError' },
  { status: 503, code: 'SlowDown' },
  { status: 507, code: 'InsufficientStorage' },
];
export const bucketStrikes = [
  ...[...refusals, { does: 'reset' }, { does: 'lost' }, { does: 'lost' }, { does: 'hang' }].map(
    (strike) => ['PUT', strike] as const,
  ),
  ...[...refusals, { does: 'reset' }, { does: 'short' }, { does: 'damaged' }, { does: 'hang' }].map(
    (strike) => ['GET', strike] as const,
  ),
  ...[...refusals, { does: 'reset' }].map((strike) => ['HEAD', strike] as const),
] as (readonly ['PUT' | 'GET' | 'HEAD', BucketStrike])[];

const awayOneIn = 6;

/** One fault at a time for each kind of request, and now and then a store that refuses all of them, or answers none. */
export async function strikeStorage({ bucket, history }: Cluster, random: Random, pace: Pace): Promise<void> {
  if (!bucket) return;
  let met = 0;
  const count = () => {
    const more = bucket.met() - met;
    if (more > 0) history.record({ type: 'struck', what: 'storage', target: 'bucket', count: more });
    met += more;
  };
  const note = (kind: string) => history.record({ type: 'fault', kind: `storage ${kind}`, target: 'bucket' });
  // Twice as often as needed: many a time one still waits.
  await spread(random, { ...pace, count: pace.count * 2 }, async (n) => {
    count();
    if (n % awayOneIn === awayOneIn - 1) return leave(bucket, random, note);
    const [method, strike] = random.pick(bucketStrikes);
    if (bucket.lay(method, strike)) note(`${method} ${JSON.stringify(strike)}`);
  });
  count();
}

async function leave(bucket: Bucket, random: Random, note: (kind: string) => void): Promise<void> {
  const how = random.chance(0.7) ? 'refusing' : 'silent';
  const forMs = Math.round(random.between(200, 4_000));
  note(`${how} for ${forMs} ms`);
  await bucket.leave(how, forMs);
}
