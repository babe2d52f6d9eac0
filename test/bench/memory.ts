import type { Bench } from './kit/figure.ts';
export const memory: Bench = { name: 'memory', about: '', run: async () => [] };
