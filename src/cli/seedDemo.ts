import type { DataOf } from '../contract/operation.ts';
import { SetupError } from '../errors.ts';
import type { FilmWishes } from './args.ts';
import { filmOf } from './download.ts';
import { orderFilm, reasonsOf, resumeFilm, type Task } from './filmTask.ts';
import { ApiProblem } from './problem.ts';
import type { Session } from './session.ts';
import { type Showing, showFilm } from './showFilm.ts';

export interface Planting extends Session, Showing {
  say: (text: string) => void;
}

const title = '一只想看海的小猫 / The kitten that longed for the sea';
const wishes: FilmWishes = {
  prompt: '一只想看海的小猫，踏上了穿越城市的旅程',
  images: [],
  scenes: 3,
  characters: 2,
  seconds: 5,
  aspect: '16:9',
  language: 'zh',
};

/** Makes what is missing of the demo, and says what is there; run as often as wanted. */
export async function plantDemo(planting: Planting): Promise<void> {
  const { api, account, say } = planting;
  const { email, password } = await account.read().catch(explainTaken);
  say(`Demo user / 演示用户   ${email}   ${password}`);
  const conversation = await demoConversation(planting);
  say(`Conversation / 会话    ${conversation.title} (${conversation.id})`);
  const task = await finishedFilm(planting, conversation.id);
  const film = filmOf(task);
  const screenplay = await api.call('getScreenplay', { path: { screenplayId: film.screenplayId } });
  say(
    `Film / 影片            ${screenplay.title}, ${screenplay.scenes.length} × ${wishes.seconds} s (task ${task.id})`,
  );
}

/** The demo user of another DATA_DIR, or one somebody else made: its password is not known here. */
function explainTaken(error: unknown): never {
  if (error instanceof ApiProblem && error.status === 409) {
    throw new SetupError(
      'The service has a demo user already, whose password is not kept here. / 服务中已有演示用户，但此处没有其密码。',
      { cause: error },
    );
  }
  throw error;
}

async function demoConversation({ api }: Planting): Promise<DataOf<'createConversation'>> {
  const { items } = await api.call('listConversations', { query: { page: 1, pageSize: 100 } });
  const there = items.find((item) => item.title === title);
  return there ?? api.call('createConversation', { json: { title }, key: 'seed-conversation' });
}

/** The demo's film: the one that is done, else the newest one brought to its end, else a new one. */
async function finishedFilm(planting: Planting, conversationId: string): Promise<Task> {
  const { api, say, words } = planting;
  const { items } = await api.call('listTasks', { query: { page: 1, pageSize: 100 } });
  const films = items.filter(({ type }) => type === 'film');
  const known = films.find(({ status }) => status === 'completed') ?? films[0];
  const taskId = known?.id ?? (await orderFilm(api, wishes, { images: [], conversationId }));
  const first = await resumeFilm(api, taskId, undefined);
  if (first.status === 'completed') return first;
  say(words.accepted(taskId));
  const task = await showFilm(first, planting);
  if (task.status !== 'completed') throw new SetupError(words.failed(reasonsOf(task).join('\n  ')));
  return task;
}
