import { buildProgram, removeBuild, shortPatience } from './campaign/build.ts';
import { runCampaign } from './campaign/run.ts';
import { forgetfulVendors, type Mutant, mutants } from './mutants.ts';
import type { Options } from './options.ts';
import { detectMissingGuards } from './simulation/campaign.ts';
import type { Outcome } from './table.ts';

type Say = (line: string) => void;

const fullSeeds = 3;
/** Far from each other, so that no two of them run the same schedules. */
const seedStride = 1_000_003;

/** Each guard that is missing has to be noticed, with three seeds in the full form: a campaign that does not notice proves nothing. */
export async function runGuards({ seed, full }: Options, say: Say): Promise<Outcome> {
  const seeds = Array.from({ length: full ? fullSeeds : 1 }, (_, n) => seed + n * seedStride);
  const detected = seeds.flatMap((from) => detectMissingGuards(from));
  say('guards taken away in the simulation:');
  for (const { guard, after, how } of detected)
    say(`  ${guard}: ${after ? `noticed by schedule ${after}` : 'NOT NOTICED'} (${how})`);
  const broken = detected.filter(({ after }) => after === undefined).length;
  const done = detected.length - broken;
  return { rows: [{ what: 'guards taken away in the simulation', asked: detected.length, done, broken }] };
}

export async function runMutants(options: Options, say: Say): Promise<Outcome> {
  const { slice } = options;
  const runs = mutants.flatMap((mutant) => seedsOf(options).map((seed) => ({ mutant, seed })));
  const mine = runs.filter((_, index) => index % slice.n === slice.k - 1);
  let broken = 0;
  for (const { mutant, seed } of mine) if (!(await isAsItShould(mutant, seed, say))) broken += 1;
  const what = 'guards taken away from the program, and one run with all of them';
  return { rows: [{ what, asked: mine.length, done: mine.length - broken, broken }] };
}

/** Real processes do not always fall into a gap that is open: so many campaigns have to notice it once. */
const triesEach = 3;

/** With three seeds in the full form, as the simulation's. */
const seedsOf = ({ seed, full }: Options): number[] =>
  Array.from({ length: full ? fullSeeds : 1 }, (_, n) => seed + n * triesEach * seedStride);

/** A missing guard is noticed by one of a few campaigns; the control, which misses none, has one and shows nothing. */
async function isAsItShould(mutant: Mutant, seed: number, say: Say): Promise<boolean> {
  const { name, noticedBy } = mutant;
  for (let tried = 1; ; tried += 1) {
    const violations = await runMutant(mutant, seed + (tried - 1) * seedStride);
    const found = noticedBy ? violations.find((violation) => noticedBy.test(violation)) : violations[0];
    const good = noticedBy ? found !== undefined : found === undefined;
    const what = found ? `noticed by campaign ${tried} (${found})` : `nothing noticed by campaign ${tried}`;
    const isOver = good || !noticedBy || tried === triesEach;
    say(`guard taken away from the program: ${name}: ${good || !isOver ? '' : 'NOT AS IT SHOULD BE: '}${what}`);
    if (isOver) return good;
  }
}

const stillAtMostMs = 60_000;

async function runMutant({ patches, sql, plan }: Mutant, seed: number): Promise<string[]> {
  const build = `mutant-${process.pid}`;
  const program = await buildProgram(build, [...shortPatience, ...(patches ?? [])]);
  try {
    const options = { program, modes: forgetfulVendors, seed, plan, say: () => undefined, stillAtMostMs };
    const { violations } = await runCampaign({ ...options, ...(sql && { sql }) });
    return violations;
  } finally {
    await removeBuild(build);
  }
}
