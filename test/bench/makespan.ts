import type { Bench } from './kit/figure.ts';
export const makespan: Bench = { name: 'makespan', about: '', run: async () => [] };
