import type { Task } from '../db/tasks.ts';
import type { AspectRatio, WorkType } from '../film/glossary.ts';

/** The aspect ratio a task's film is rendered in; wide where it says nothing. */
export const frameOf = ({ params }: Pick<Task<WorkType>, 'params'>): AspectRatio =>
  'render' in params ? params.render.aspectRatio : '16:9';
