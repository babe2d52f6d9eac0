import { type Figure, isMet, targetText } from './figure.ts';

const verdict = (figure: Figure): string => {
  const met = isMet(figure);
  return met === undefined ? '' : met ? 'met' : 'missed';
};

const rawText = ({ raw }: Figure): string =>
  Object.entries(raw)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** A Markdown table that also reads well in a terminal. */
export function toTable(figures: readonly Figure[]): string {
  const heads = ['figure', 'measured', 'target', '', 'from'];
  const rows = figures.map((figure) => [
    figure.name,
    `${figure.value.toFixed(2)} ${figure.unit}`,
    targetText(figure),
    verdict(figure),
    rawText(figure),
  ]);
  const widths = heads.map((head, column) =>
    Math.max(3, ...[heads, ...rows].map((row) => row[column]?.length ?? 0, head)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === heads.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join(' | ')} |`;
  const rule = line(heads.map((_, column) => '-'.repeat(column === heads.length - 1 ? 4 : (widths[column] ?? 3))));
  return [line(heads), rule, ...rows.map(line)].join('\n');
}
