/** Micro-USD per accepted call and per second of a clip. */
export interface Price {
  perCall: number;
  perSecond: number;
}

/** By model; an unpriced model counts as free. */
export type Prices = Readonly<Record<string, Price>>;

const free: Price = { perCall: 0, perSecond: 0 };

export const priceOf = (prices: Prices, model: string): Price => prices[model] ?? free;

/** What one call of a model costs at most, in micro-USD. */
export function callCostMicros(prices: Prices, model: string, seconds = 0): number {
  const { perCall, perSecond } = priceOf(prices, model);
  return perCall + perSecond * seconds;
}
