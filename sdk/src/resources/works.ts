import type { FilmTaskCreate } from '../generated/models/FilmTaskCreate.js';
import type { ImageTaskCreate } from '../generated/models/ImageTaskCreate.js';
import type { VideoTaskCreate } from '../generated/models/VideoTaskCreate.js';
import type { RequestOptions } from '../options.js';
import type { Tasks } from './tasks.js';

/** What an order needs beside its parameters. */
export interface OrderOptions extends RequestOptions {
  conversationId?: string | undefined;
}

const apart = ({ conversationId, ...options }: OrderOptions = {}) => ({
  options,
  more: conversationId === undefined ? {} : { conversationId },
});

export const createFilms = (tasks: Tasks) => ({
  /** A film of a prompt, or of a screenplay that is confirmed: `const film = await client.films.create({ prompt }).wait()`. */
  create: (params: FilmTaskCreate['params'], order?: OrderOptions) => {
    const { options, more } = apart(order);
    return tasks.create({ type: 'film', params, ...more }, options);
  },
});

export const createImages = (tasks: Tasks) => ({
  /** A picture of a prompt, of a scene, or of a character. */
  create: (params: ImageTaskCreate['params'], order?: OrderOptions) => {
    const { options, more } = apart(order);
    return tasks.create({ type: 'image', params, ...more }, options);
  },
});

export const createVideos = (tasks: Tasks) => ({
  /** A clip of a prompt or of a scene. */
  create: (params: VideoTaskCreate['params'], order?: OrderOptions) => {
    const { options, more } = apart(order);
    return tasks.create({ type: 'video', params, ...more }, options);
  },
});

export type Films = ReturnType<typeof createFilms>;
export type Images = ReturnType<typeof createImages>;
export type Videos = ReturnType<typeof createVideos>;
