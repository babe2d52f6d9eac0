import assert from 'node:assert/strict';
import { usePrograms } from '../program/programProcess.ts';
import { eventually } from '../support/eventually.ts';

describe('a program with its own database', function () {
  this.timeout(120_000);
  const { start } = usePrograms('killed');

  async function ask(
    url: string,
    token: string,
    body?: object,
  ): Promise<{ status: number; data: Record<string, string> }> {
    const answer = await fetch(url, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, data: ((await answer.json()) as { data: Record<string, string> }).data };
  }

  it('loses nothing when it is killed: the next start takes the database over and finishes the film', async () => {
    const first = start({ SANDBOX_LATENCY_SCALE: '0.3' });
    const url = await first.url();
    const account = { username: 'ada', email: 'ada@example.com', password: 'correct horse battery staple' };
    const { token = '' } = (await ask(`${url}/auth/register`, '', account)).data;
    const params = { prompt: '一只想看海的小猫', sceneCount: 1, characterCount: 1, sceneSeconds: 5 };
    const made = await ask(`${url}/tasks`, token, { type: 'film', params });
    assert.equal(made.status, 202);
    first.child.kill('SIGKILL');
    await first.end();

    const second = start();
    const progress = `${await second.url()}/tasks/${made.data.id}/progress`;
    const isMade = async () => (await ask(progress, token)).data.status === 'completed';
    await eventually('the film is finished', isMade);
  });
});
