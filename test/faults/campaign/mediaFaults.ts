import type { Random } from '../random.ts';
import type { Cluster } from './cluster.ts';
import { type MediaStrike, mediaStrikes } from './mediaTools.ts';
import type { OrderType } from './people.ts';
import { type Pace, spread } from './spread.ts';

/** One strike at a time lies ready for the next run of ffmpeg or ffprobe; `want` has films ordered, which are cut by them. */
export async function strikeMedia(
  { media, history }: Cluster,
  random: Random,
  pace: Pace,
  want: (type: OrderType) => void,
): Promise<void> {
  const names = Object.keys(mediaStrikes) as MediaStrike[];
  let met = 0;
  const count = async () => {
    const taken = await media.taken();
    if (taken > met) history.record({ type: 'struck', what: 'media', target: 'ffmpeg', count: taken - met });
    met = taken;
  };
  let next = random.integer(0, names.length - 1);
  // Twice as often as needed: many a time one still waits.
  await spread(random, { ...pace, count: pace.count * 2 }, async () => {
    await count();
    want('film');
    const strike = names[next % names.length] ?? 'fails';
    if (!(await media.lay(strike))) return;
    next += 1;
    history.record({ type: 'fault', kind: `media ${strike}`, target: 'ffmpeg' });
  });
  await count();
}
