import type { Price } from './prices.ts';

export type Ability = 'text' | 'image' | 'video';

/** What one configured model can do, how much of it at once, and what it costs. */
export interface ModelInfo {
  ability: Ability;
  vendor: 'glm' | 'gemini' | 'tuzi';
  model: string;
  /** True while the sandbox stands in for the vendor: nothing is really charged. */
  sandbox: boolean;
  /** Whether a text model looks at pictures. */
  vision: boolean;
  /** Of text models whose longest answer cannot hold every screenplay; see `partsOf`. */
  maxOutputTokens?: number | undefined;
  /** Of pictures, `WIDTHxHEIGHT` in pixels. */
  sizes: readonly string[];
  /** Lengths a clip can have. */
  seconds: readonly number[];
  /** Pictures that can be attached to one call. */
  maxReferences: number;
  /** Calls at the same time, over all users and processes. */
  maxInFlight: number;
  timeoutSeconds: number;
  /** What one call usually takes, for estimates. */
  typicalSeconds: number;
  /** Micro-USD. */
  price: Price;
}

/** One model of each ability. */
export type Models = Readonly<Record<Ability, ModelInfo>>;
