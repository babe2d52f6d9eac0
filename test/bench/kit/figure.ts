import type { Stage } from './stage.ts';

export type Target = { atMost: number } | { atLeast: number } | { exactly: number };

/** One number that says how good something is, with what it was worked out from. */
export interface Figure {
  name: string;
  value: number;
  /** `×` for a ratio. */
  unit: string;
  /** None: stated for information. */
  target?: Target;
  raw: Record<string, number | string>;
}

export interface Bench {
  name: string;
  about: string;
  run(stage: Stage): Promise<Figure[]>;
}

export function isMet({ value, target }: Figure): boolean | undefined {
  if (!target) return undefined;
  if ('atMost' in target) return value <= target.atMost;
  return 'atLeast' in target ? value >= target.atLeast : value === target.exactly;
}

export function targetText({ target, unit }: Figure): string {
  if (!target) return '';
  if ('atMost' in target) return `≤ ${target.atMost} ${unit}`;
  return 'atLeast' in target ? `≥ ${target.atLeast} ${unit}` : `= ${target.exactly.toFixed(2)} ${unit}`;
}
