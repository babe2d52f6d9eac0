import type { Core, Wire } from '../core.js';
import { ScreenplaysApi } from '../generated/apis/ScreenplaysApi.js';
import type { ScreenplayTaskCreate } from '../generated/models/ScreenplayTaskCreate.js';
import type { ScreenplayUpdate } from '../generated/models/ScreenplayUpdate.js';
import { Configuration } from '../generated/runtime.js';
import type { ListOptions, RequestOptions } from '../options.js';
import { save } from '../saving.js';
import type { Tasks } from './tasks.js';
import type { OrderOptions } from './works.js';

const api = (wire: Wire) => new ScreenplaysApi(new Configuration(wire));

const exported = (core: Core, screenplayId: string, options?: RequestOptions): Promise<Response> =>
  core.open((wire) => api(wire).exportScreenplayRaw({ screenplayId }), options);

export const createScreenplays = (core: Core, tasks: Tasks) => ({
  /** Has a screenplay written, to be edited and confirmed before it is filmed. */
  create: (params: ScreenplayTaskCreate['params'], { conversationId, ...options }: OrderOptions = {}) =>
    tasks.create({ type: 'screenplay', params, ...(conversationId !== undefined && { conversationId }) }, options),
  get: (screenplayId: string, options?: RequestOptions) =>
    core.call((wire) => api(wire).getScreenplayRaw({ screenplayId }), options),
  list: (options: ListOptions = {}) => core.list((wire, page) => api(wire).listScreenplaysRaw(page), options),
  update: (screenplayId: string, screenplayUpdate: ScreenplayUpdate, options?: RequestOptions) =>
    core.call((wire) => api(wire).updateScreenplayRaw({ screenplayId, screenplayUpdate }), options),
  /** Says that it is good to be filmed; spends nothing. */
  confirm: (screenplayId: string, options?: RequestOptions) =>
    core.call((wire) => api(wire).confirmScreenplayRaw({ screenplayId }), { ...options, repeatable: false }),
  /** Deletes it with its scenes, characters and takes. */
  delete: (screenplayId: string, options?: RequestOptions) =>
    core.done((wire) => api(wire).deleteScreenplayRaw({ screenplayId }), options),
  /** A ZIP of everything: the screenplay as JSON, pictures, clips, film, subtitles, and a list of hashes. */
  export: (screenplayId: string, options?: RequestOptions) => exported(core, screenplayId, options),
  /** Saves that ZIP in a file (Node, Bun, Deno), which is there only when it is whole. */
  saveExport: (screenplayId: string, path: string, options?: RequestOptions) =>
    save(() => exported(core, screenplayId, options), path, options?.signal),
});

export type Screenplays = ReturnType<typeof createScreenplays>;
