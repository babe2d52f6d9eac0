import { type Api, createApi } from '../../../src/cli/api.ts';
import { followTask } from '../../../src/cli/follow.ts';
import type { BodyOf, DataOf } from '../../../src/contract/operation.ts';

type FilmOrder = Extract<BodyOf<'createTask'>, { type: 'film' }>;
export type FilmParams = Exclude<FilmOrder['params'], { screenplayId: string }>;
export type Task = DataOf<'getTask'>;

export interface Account {
  api: Api;
  token: string;
  userId: string;
}

export async function openAccount(url: string, username: string): Promise<Account> {
  const account = { username, email: `${username}@example.com`, password: 'sea-breeze and 42 lanterns' };
  const { token, userId } = await createApi({ url, language: 'en' }).call('registerUser', { json: account });
  const credentials = { token: async () => token, renew: async () => token };
  return { api: createApi({ url, language: 'en', credentials }), token, userId };
}

/** Opens an account and answers the API as its owner sees it. */
export const join = async (url: string, username: string): Promise<Api> => (await openAccount(url, username)).api;

export interface MadeFilm {
  task: Task;
  /** From the moment it was asked for to the event that says it is there. */
  ms: number;
}

/** Asks for a film and follows its stream to the end; a film that fails is an error. */
export async function makeFilm(api: Api, params: FilmParams): Promise<MadeFilm> {
  const from = performance.now();
  const { id } = await api.call('createTask', { json: { type: 'film', params }, key: crypto.randomUUID() });
  const events = followTask(api, id, { signal: new AbortController().signal, onBreak: () => undefined, retryMs: 200 });
  let ms = Number.NaN;
  for await (const { status } of events) if (status === 'completed') ms = performance.now() - from;
  const task = await api.call('getTask', { path: { taskId: id } });
  if (task.status !== 'completed') throw new Error(`the film is ${task.status}: ${task.errorMessage}`);
  return { task, ms };
}

/** A story of usual size: seven scenes, two characters. */
export const usualFilm: FilmParams = {
  prompt: '一只想看海的小猫，踏上了穿越城市的旅程',
  images: [],
  sceneCount: 7,
  characterCount: 2,
  sceneSeconds: 10,
  language: 'zh',
  render: { aspectRatio: '16:9' },
};

/** Films asked for at once, in turn by each of the users; answers when all are there. */
export function makeFilmsAtOnce(users: readonly Api[], count: number, params: FilmParams): Promise<MadeFilm[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      const api = users[index % users.length];
      if (!api) throw new Error('a film needs a user');
      return makeFilm(api, params);
    }),
  );
}
