import type { Core, Wire } from '../core.js';
import { SystemApi } from '../generated/apis/SystemApi.js';
import { Configuration } from '../generated/runtime.js';
import type { RequestOptions } from '../options.js';

const api = (wire: Wire) => new SystemApi(new Configuration(wire));

export const createSystem = (core: Core) => ({
  /** Whether the service runs. */
  live: (options?: RequestOptions) => core.call((wire) => api(wire).getLivenessRaw(), { ...options, open: true }),
  /** Whether it can do its work, and what is in its way. */
  ready: (options?: RequestOptions) => core.call((wire) => api(wire).getReadinessRaw(), { ...options, open: true }),
});

export const createModels = (core: Core) => ({
  /** What each model can do, its limits and its prices. */
  list: (options?: RequestOptions) => core.call((wire) => api(wire).listModelsRaw(), options),
});

export type Models = ReturnType<typeof createModels>;
export type System = ReturnType<typeof createSystem>;
