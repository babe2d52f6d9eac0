import type { Stage } from './stage.ts';

export type Target = { atMost: number } | { exactly: number };

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
  return 'atMost' in target ? value <= target.atMost : value === target.exactly;
}

export function targetText({ target, unit }: Figure): string {
  if (!target) return '';
  return 'atMost' in target ? `≤ ${target.atMost} ${unit}` : `= ${target.exactly.toFixed(2)} ${unit}`;
}
