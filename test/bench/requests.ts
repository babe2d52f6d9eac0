import type { Bench } from './kit/figure.ts';
export const requests: Bench = { name: 'requests', about: '', run: async () => [] };
