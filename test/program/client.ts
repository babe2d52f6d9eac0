import { eventually } from '../support/eventually.ts';

/** The data of an answer, as loosely as a test needs it. */
export type Data = { id: string; status: string; [name: string]: unknown };

/** A person with a token, talking to a running program. */
export interface Person {
  token: string;
  call(method: string, path: string, body?: object | FormData): Promise<{ status: number; data: Data; code: number }>;
  /** Waits until a task has ended. */
  ended(taskId: string, withinMs?: number): Promise<Data>;
  /** Asks for a task and waits until it has ended. */
  make(order: object, withinMs?: number): Promise<Data>;
}

export async function join(url: string, name: string): Promise<Person> {
  const call = async (method: string, path: string, body?: object | FormData, token = '') => {
    const json = body !== undefined && !(body instanceof FormData);
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(json && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const { data, code } = (await answer.json()) as { data: Data; code: number };
    return { status: answer.status, data, code };
  };
  const account = { username: name, email: `${name}@example.com`, password: 'correct horse battery staple' };
  const { data } = await call('POST', '/auth/register', account);
  const token = String(data.token);
  const own: Person['call'] = (method, path, body) => call(method, path, body, token);
  const ended = async (taskId: string, withinMs = 40_000): Promise<Data> => {
    const look = async () => {
      const { data: task, ...rest } = await own('GET', `/tasks/${taskId}`);
      if (!task) throw new Error(JSON.stringify(rest));
      return ['completed', 'failed', 'cancelled'].includes(task.status) && task;
    };
    const task = await eventually(`task ${taskId} ends`, look, withinMs);
    if (!task) throw new Error('unreachable');
    return task;
  };
  return {
    token,
    call: own,
    ended,
    async make(order, withinMs) {
      const made = await own('POST', '/tasks', order);
      if (made.status !== 202) throw new Error(`the task was refused: ${JSON.stringify(made)}`);
      return ended(made.data.id, withinMs);
    },
  };
}
