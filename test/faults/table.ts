/** One line of what the campaign was to do and did. */
export interface Row {
  what: string;
  asked: number;
  done: number;
  broken: number;
}

/** What a part of the campaign has to say for itself. */
export interface Outcome {
  rows: Row[];
  /** Promises that were looked at, and how often each was broken. */
  promises?: { promise: string; broken: number }[];
}

export const isShort = ({ asked, done }: Row): boolean => done < asked;

export const brokenIn = ({ rows, promises = [] }: Outcome): number =>
  [...rows, ...promises].reduce((sum, { broken }) => sum + broken, 0);

/** Asked for against done, in Markdown, as `docs/faults.md` has it. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ what, asked, done, broken }) => `| ${what} | ${figure(asked)} | ${figure(done)} | ${broken} |`,
  );
  return ['| | asked for | done | broken promises |', '|---|---|---|---|', ...lines].join('\n');
}

const figure = (value: number): string => value.toLocaleString('en');

/** What was done, and what was promised: each that is as it should be passes, in the words of mocha. */
export function scoreOf(outcomes: readonly Outcome[]): { passing: number; failing: number } {
  const good = outcomes.flatMap(({ rows, promises = [] }) => [
    ...rows.map((row) => row.broken === 0 && !isShort(row)),
    ...promises.map(({ broken }) => broken === 0),
  ]);
  const passing = good.filter(Boolean).length;
  return { passing, failing: good.length - passing };
}

/** The rows of several runs, those of the same name as one. */
export function merged(rows: readonly Row[]): Row[] {
  const sums = new Map<string, Row>();
  for (const { what, asked, done, broken } of rows) {
    const sum = sums.get(what) ?? { what, asked: 0, done: 0, broken: 0 };
    sums.set(what, { what, asked: sum.asked + asked, done: sum.done + done, broken: sum.broken + broken });
  }
  return [...sums.values()];
}
