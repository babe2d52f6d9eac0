import type { AspectRatio } from './vendor/sdk.js';

const nameOf = (taskId: string) => `shape ${taskId}`;
const isShape = (text: string | null): text is AspectRatio => text === '16:9' || text === '9:16' || text === '1:1';

/** A screenplay has no shape, so the one chosen with the idea waits in this browser until it is filmed. */
export const keepShape = (taskId: string, shape: string): void => localStorage.setItem(nameOf(taskId), shape);

/** The shape that was chosen with the idea of this task, or the usual one. */
export function keptShape(taskId: string): AspectRatio {
  const shape = localStorage.getItem(nameOf(taskId));
  return isShape(shape) ? shape : '16:9';
}
