import type { Core, Wire } from '../core.js';
import { ImagesApi } from '../generated/apis/ImagesApi.js';
import { VideosApi } from '../generated/apis/VideosApi.js';
import type { FilmTaskCreate } from '../generated/models/FilmTaskCreate.js';
import type { ImageParams } from '../generated/models/ImageParams.js';
import type { MediaResult } from '../generated/models/MediaResult.js';
import type { VideoParams } from '../generated/models/VideoParams.js';
import { Configuration } from '../generated/runtime.js';
import { taskReplyOf } from '../taskHandle.js';
import { type HeldOptions, held } from '../waiting.js';
import { createWatching, type Tasks } from './tasks.js';

/** What an order needs beside its parameters. */
export interface OrderOptions extends HeldOptions {
  conversationId?: string | undefined;
}

export const createFilms = (tasks: Tasks) => ({
  /** A film of a prompt, or of a screenplay that is confirmed: `const film = await client.films.create({ prompt }).wait()`. */
  create: (params: FilmTaskCreate['params'], { conversationId, ...options }: OrderOptions = {}) =>
    tasks.create({ type: 'film', params, ...(conversationId !== undefined && { conversationId }) }, options),
});

export const createImages = (core: Core) => ({
  /** A picture of a prompt, of a scene, or of a character. */
  create: (imageParams: ImageParams, how?: HeldOptions) => {
    const { options, prefer } = held(how);
    const api = (wire: Wire) => new ImagesApi(new Configuration(wire));
    return taskReplyOf<MediaResult>(
      core.call((wire) => api(wire).generateImageRaw({ imageParams, ...prefer }), options),
      createWatching(core),
    );
  },
});

export const createVideos = (core: Core) => ({
  /** A clip of a prompt or of a scene. */
  create: (videoParams: VideoParams, how?: HeldOptions) => {
    const { options, prefer } = held(how);
    const api = (wire: Wire) => new VideosApi(new Configuration(wire));
    return taskReplyOf<MediaResult>(
      core.call((wire) => api(wire).generateVideoRaw({ videoParams, ...prefer }), options),
      createWatching(core),
    );
  },
});

export type Films = ReturnType<typeof createFilms>;
export type Images = ReturnType<typeof createImages>;
export type Videos = ReturnType<typeof createVideos>;
