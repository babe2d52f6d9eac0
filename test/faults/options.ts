import { parseArgs } from 'node:util';
import { type FaultKind, faultKinds } from './campaign/plan.ts';

export interface Options {
  seed: number;
  full: boolean;
  /** This run's part of the whole: `k` of `n`, from 1. */
  slice: { k: number; n: number };
  only: string[];
  keep: boolean;
  /** Folder of results, one file per part and slice. */
  results?: string | undefined;
  merge?: string | undefined;
}

/** Parts of the campaign that can be asked for with `--only`: the simulation, the missing guards, what is measured one at a time, and each kind of fault. */
export const parts = ['simulation', 'guards', 'drill', 'outages', 'fairness', ...faultKinds, 'mutants'] as const;

export const help = `npm run faults [-- options]

  --seed N        the same run again: the seed of a former one (default: by the clock)
  --full          the long form, ten times the CI form; the simulation fifty times
  --slice k/n     the k-th of n equal parts of it
  --only a,b      only these parts: ${parts.join(', ')}
  --keep          leave the folder with history, logs and vendors' books, which stays anyway where a promise was broken
  --results DIR   a file with the result of each part and slice; what has one already is not run again
  --merge DIR     runs nothing: the table of all results in that folder
`;

export function readOptions(args: string[]): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string' },
      full: { type: 'boolean', default: false },
      slice: { type: 'string', default: '1/1' },
      only: { type: 'string' },
      keep: { type: 'boolean', default: false },
      results: { type: 'string' },
      merge: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const [k = 1, n = 1] = values.slice.split('/').map(Number);
  const only = values.only?.split(',') ?? [];
  for (const part of only)
    if (!parts.some((known) => known === part)) throw new Error(`there is no part ${part}; ${help}`);
  if (!(k >= 1 && k <= n)) throw new Error(`--slice ${values.slice} is not k/n`);
  const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
  const { full, keep, results, merge } = values;
  return { seed, full, slice: { k, n }, only, keep, results, merge };
}

export const faultKindsOf = ({ only }: Options): FaultKind[] => {
  const asked = faultKinds.filter((kind) => only.includes(kind));
  return only.length === 0 ? [...faultKinds] : asked;
};

export const wants = ({ only }: Options, part: (typeof parts)[number]): boolean =>
  only.length === 0 || only.includes(part);
