import type { Core } from '../core.js';
import type { StreamOptions } from '../stream.js';
import { streamAll } from '../taskStream.js';

export const createEvents = (core: Core) => ({
  /** Every event of all of one's tasks from now on, or all later than `after`; it goes on until one leaves it. */
  stream: (options?: StreamOptions) => streamAll(core, options),
});

export type Events = ReturnType<typeof createEvents>;
