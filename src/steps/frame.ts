import type { Task } from '../db/tasks.ts';
import type { AspectRatio } from '../film/glossary.ts';

/** The aspect ratio a task's film is rendered in; wide where it says nothing. */
export function frameOf({ params }: Pick<Task, 'params'>): AspectRatio {
  const render = params.render as { aspectRatio?: AspectRatio } | undefined;
  return render?.aspectRatio ?? '16:9';
}
