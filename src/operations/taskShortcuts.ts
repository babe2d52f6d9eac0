import type { Operation } from './context.ts';
import { createTask } from './tasks.ts';

const nothing = { path: {}, query: {}, header: {} };

/** A task of type image, for people who want one picture. */
export const generateImage: Operation<'generateImage'> = (ctx, { body }) =>
  createTask(ctx, { ...nothing, body: { type: 'image', params: body } });

/** A task of type video, for people who want one clip. */
export const generateVideo: Operation<'generateVideo'> = (ctx, { body }) =>
  createTask(ctx, { ...nothing, body: { type: 'video', params: body } });
