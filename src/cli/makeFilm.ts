import type { FilmCommand, ResumeCommand } from './args.ts';
import { downloadFilm, filmOf } from './download.ts';
import { describeFilm } from './facts.ts';
import { describeDoubt } from './filmDoubt.ts';
import { orderFilm, reasonsOf, resumeFilm, type Task, waitsForDecision } from './filmTask.ts';
import { type Picture, uploadPicture } from './pictures.ts';
import { ApiProblem, Unreachable } from './problem.ts';
import type { Session } from './session.ts';
import { type Showing, showFilm } from './showFilm.ts';
import { takeTarget } from './target.ts';

export interface Making extends Session, Showing {
  pictures: readonly Picture[];
  say: (text: string) => void;
  complain: (text: string) => void;
}

export type Outcome = 'done' | 'failed' | 'interrupted';

/** From the order to the files on disk, everything said to the person on the way. */
export async function makeFilm(command: FilmCommand | ResumeCommand, making: Making): Promise<Outcome> {
  const { api, words, say, complain, signal } = making;
  const taskId = command.kind === 'make' ? await order(command, making) : command.taskId;
  say(words.accepted(taskId));
  const again = `npm run film -- --resume ${taskId}${command.url === undefined ? '' : ` --url ${command.url}`}`;
  try {
    const first =
      command.kind === 'make' ? await readTask(making, taskId) : await resumeFilm(api, taskId, command.decision);
    const task = await showFilm(first, making);
    if (task.status === 'completed') return await bringHome(task, command, making);
    if (waitsForDecision(task)) complain(describeDoubt(task, again, words));
    else complain(`${words.failed(reasonsOf(task).join('\n  ') || words.unknownReason)}\n${words.resume(again)}`);
    return 'failed';
  } catch (error) {
    if (signal.aborted) {
      say(`${await cancel(taskId, making)}\n${words.goOn(again)}`);
      return 'interrupted';
    }
    if (!(error instanceof Unreachable) && !(error instanceof ApiProblem)) throw error;
    if (error instanceof ApiProblem && error.status === 404) return notThere(error, making);
    complain(`${error.message}\n${error instanceof Unreachable ? `${words.lost}\n` : ''}${words.goOn(again)}`);
    return 'failed';
  }
}

/** A task the service does not know cannot be gone on with. */
function notThere(error: ApiProblem, { complain }: Making): Outcome {
  complain(error.message);
  return 'failed';
}

async function order({ wishes }: FilmCommand, { api, pictures, say, words, signal }: Making): Promise<string> {
  const images: string[] = [];
  for (const picture of pictures) {
    say(words.uploading(picture.path));
    images.push(await uploadPicture(api, picture));
    signal.throwIfAborted();
  }
  return orderFilm(api, wishes, { images });
}

const readTask = ({ api }: Making, taskId: string): Promise<Task> => api.call('getTask', { path: { taskId } });

async function bringHome(task: Task, wishes: FilmCommand | ResumeCommand, making: Making): Promise<Outcome> {
  const { api, words, signal, since, say } = making;
  const film = filmOf(task);
  const [screenplay, media, models] = await Promise.all([
    api.call('getScreenplay', { path: { screenplayId: film.screenplayId } }),
    api.call('getMedia', { path: { mediaId: film.mediaId } }),
    api.call('listModels'),
  ]);
  const target = await takeTarget(wishes, screenplay.title);
  await downloadFilm(api, film, target, signal);
  const { title, scenes } = screenplay;
  const sandboxed = models.items.flatMap(({ vendor, sandbox }) => (sandbox ? [vendor] : []));
  const elapsedMs = performance.now() - since;
  say(
    describeFilm(
      { taskId: task.id, title, sceneCount: scenes.length, film, media, target, sandboxed, elapsedMs },
      words,
    ),
  );
  return 'done';
}

async function cancel(taskId: string, making: Making): Promise<string> {
  const { api, words } = making;
  try {
    await api.call('cancelTask', { path: { taskId } });
    return words.cancelled;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 4002)
      return words.tooLate((await readTask(making, taskId)).status);
    return words.notCancelled(error instanceof Error ? error.message : String(error));
  }
}
