import assert from 'node:assert/strict';
import { useService } from '../sdk/service.ts';
import { eventually } from '../support/eventually.ts';
import { order, playsFilm, register, tongues, useBrowser } from './studio.ts';

const { en } = tongues;
const places = 5;

describe('the studio where as many streams are open as a user may have', function () {
  this.timeout(240_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.3', MAX_STREAMS_PER_USER: String(places) });
  const { visit } = useBrowser();

  /** Opens as many streams as there are places, once the page has left its own, and says how they are closed. */
  async function takeEveryPlace(token: string): Promise<() => void> {
    const closing = new AbortController();
    const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
    let taken = 0;
    await eventually('no place left', async () => {
      const { ok } = await fetch(`${service.url}/api/v1/events`, { headers, signal: closing.signal });
      taken += ok ? 1 : 0;
      return taken === places;
    });
    return () => closing.abort();
  }

  it('asks until a place is free: films go on, the director answers, and then it is told again', async () => {
    const { page, excuse } = await visit();
    excuse(/status of 409/);
    await register(page, service.url);
    const token = String(await page.evaluate(`JSON.parse(localStorage.getItem('directorai.session')).token`));
    await page.goto('about:blank');
    const free = await takeEveryPlace(token);
    const told: number[] = [];
    page.on('response', (answer) => new URL(answer.url()).pathname === '/api/v1/events' && told.push(answer.status()));
    await page.goto(service.url);
    await order(page, { scenes: 1 });
    await page.locator('.scene[data-scene="1"]').waitFor();
    await page.getByText(en.talk).click();
    await page.getByPlaceholder(en.talkFilmHint).fill('Could scene 1 be darker?');
    await page.keyboard.press('Enter');
    await page
      .locator('.line.assistant')
      .getByText(/^Scene 1 now says: /)
      .waitFor();
    await playsFilm(page);
    assert.ok(told.length > 1);
    assert.deepEqual([...new Set(told)], [409]);
    free();
    await eventually('a stream', async () => told.includes(200), 30_000);
  });
});
