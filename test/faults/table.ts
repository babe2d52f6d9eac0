/** One line of what the campaign was to do and did. */
export interface Row {
  what: string;
  asked: number | string;
  done: number | string;
  broken: number;
}

/** What a part of the campaign has to say for itself. */
export interface Outcome {
  rows: Row[];
  broken: number;
}

/** Asked for against done, in Markdown, as `docs/faults.md` has it. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ what, asked, done, broken }) => `| ${what} | ${figure(asked)} | ${figure(done)} | ${broken} |`,
  );
  return ['| | asked for | done | broken promises |', '|---|---|---|---|', ...lines].join('\n');
}

const figure = (value: number | string): string => (typeof value === 'number' ? value.toLocaleString('en') : value);
