import type { Bench } from './kit/figure.ts';
export const paidCalls: Bench = { name: 'paidCalls', about: '', run: async () => [] };
