import { api } from './client.ts';
import type { Task } from './vendor/sdk.js';

const mostLooks = 120;
const pauseMs = 500;

const windsDown = ({ steps }: Task): boolean =>
  steps.some(({ status }) => status === 'running' || status === 'waiting');

/** Makes what failed or was cancelled anew. What is cancelled just now has to wind down first, which takes moments. */
export async function takeUp(taskId: string): Promise<void> {
  for (let looks = 0; looks < mostLooks && windsDown(await api().tasks.get(taskId)); looks++)
    await new Promise((done) => setTimeout(done, pauseMs));
  await api().tasks.retry(taskId);
}
