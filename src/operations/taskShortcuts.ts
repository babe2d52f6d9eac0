import { AppError } from '../errors.ts';
import type { Operation } from './context.ts';
import { createTask } from './tasks.ts';

const nothing = { path: {}, query: {}, header: {} };

/** A task of type image, for people who want one picture. */
export const generateImage: Operation<'generateImage'> = (ctx, { body }) =>
  createTask(ctx, { ...nothing, body: { type: 'image', params: body } }).catch(pointAtParams);

/** A task of type video, for people who want one clip. */
export const generateVideo: Operation<'generateVideo'> = (ctx, { body }) =>
  createTask(ctx, { ...nothing, body: { type: 'video', params: body } }).catch(pointAtParams);

/** The whole body is what a task has as its params. */
function pointAtParams(error: unknown): never {
  if (!(error instanceof AppError) || error.faults.length === 0) throw error;
  const { code, status, key, params, headers } = error;
  const faults = error.faults.map((found) => ({ ...found, pointer: found.pointer.replace('/body/params', '/body') }));
  throw new AppError(code, status, key, params, { faults, headers, cause: error });
}
