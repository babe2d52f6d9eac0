import { api, plain } from './client.ts';
import { problem } from './fields.ts';
import { h } from './h.ts';
import type { Page } from './main.ts';
import { progressBar } from './progress.ts';
import { t } from './words.ts';

/** A film that has no screenplay yet; as soon as it has one, its storyboard takes over. */
export function taskPage(taskId: string, signal: AbortSignal): Page {
  const fault = problem();
  const bar = progressBar(taskId, fault);
  const board = h(
    'div',
    { class: 'board' },
    ...Array.from({ length: 4 }, () => h('div', { class: 'scene' }, h('div', { class: 'frame developing' }))),
  );
  const element = h('section', {}, h('h1', {}, t('inProgress')), bar.element, fault, board);
  follow(taskId, bar.show, signal).catch((error) => {
    if (!signal.aborted) fault.textContent = plain(error);
  });
  return { element, title: t('inProgress') };
}

async function follow(
  taskId: string,
  show: ReturnType<typeof progressBar>['show'],
  signal: AbortSignal,
): Promise<void> {
  const told = () => api().tasks.get(taskId, { signal });
  show(await told());
  if (await moved(taskId, signal)) return;
  let sawPictures = false;
  for await (const { data } of api().tasks.stream(taskId, { signal })) {
    show({ ...(await told()), ...data });
    if (!sawPictures && data.details.stage === 'screenplay' && data.status === 'processing') continue;
    sawPictures = true;
    if (await moved(taskId, signal)) return;
  }
  show(await told());
}

async function moved(taskId: string, signal: AbortSignal): Promise<boolean> {
  const { items } = await api().screenplays.list({ pageSize: 20, signal });
  const found = items.find((item) => item.taskId === taskId);
  if (found && !signal.aborted) location.replace(`#/films/${found.id}`);
  return found !== undefined;
}
