import { api } from './client.ts';
import type { Task } from './vendor/sdk.js';

const mostLooks = 120;
const pauseMs = 500;

const windsDown = ({ steps }: Task): boolean =>
  steps.some(({ status }) => status === 'running' || status === 'waiting');

/** What is cancelled just now has to wind down before anything else is done, which takes moments. */
export async function woundDown(taskId: string): Promise<void> {
  for (let looks = 0; looks < mostLooks && windsDown(await api().tasks.get(taskId)); looks++)
    await new Promise((done) => setTimeout(done, pauseMs));
}

/** Makes what failed or was cancelled anew. */
export async function takeUp(taskId: string): Promise<void> {
  await woundDown(taskId);
  await api().tasks.retry(taskId);
}
