import assert from 'node:assert/strict';
import { DirectorAI } from '../sdk/sdk.ts';
import { useService } from '../sdk/service.ts';
import { eventually } from '../support/eventually.ts';
import { password, register, shoot, useBrowser } from './studio.ts';

describe('the page for administrators', function () {
  this.timeout(120_000);
  const service = useService({ ADMIN_EMAILS: 'boss@example.com' });
  const { visit } = useBrowser();

  /** The administrators' page, as the boss. */
  async function openDesk() {
    const { page } = await visit();
    await page.goto(service.url);
    await page.getByLabel('E-mail').fill('boss@example.com');
    await page.getByLabel('Password').fill(password);
    await page.getByLabel('Password').press('Enter');
    await page.getByRole('link', { name: 'Administration' }).press('Enter');
    return page;
  }

  it('pauses, finds, limits and disables by keyboard, and keeps a log, in both languages', async () => {
    await service.join('boss');
    const bob = await service.join('bob');
    const { id } = await bob.images.create({ prompt: 'a cat' });
    await bob.tasks.wait(id);
    const step = await service.database.db('steps').first('id');
    const error = { code: 6000, key: 'step_crashed', params: { times: 8 } };
    await service.database.db('steps').where({ id: step.id }).update({ status: 'dead', result: null, error });
    await service.database.db('tasks').where({ id }).update({ status: 'failed' });

    const page = await openDesk();
    const pause = page.getByRole('button', { name: 'Pause: tuzi' });
    await pause.press('Enter');
    await page.getByText('Say why first.').waitFor();
    await page.keyboard.type('the invoice');
    await pause.press('Enter');
    await page.getByRole('button', { name: 'Resume: tuzi' }).waitFor();
    await page.getByText('Done.').waitFor();
    const focused = () => page.evaluate('document.activeElement.textContent');
    await eventually('the heading has the focus', async () => (await focused()) === 'Spending');
    assert.equal((await bob.models.list()).items.find(({ vendor }) => vendor === 'tuzi')?.paused, true);
    await page.getByRole('button', { name: 'Redrive: drawImage, bob' }).press('Enter');
    await page.getByRole('cell', { name: 'step.redrive' }).waitFor();
    await page.getByLabel('Name, e-mail or id begins with').fill('bob');
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: 'boss@example.com' }).waitFor({ state: 'detached' });
    await page.getByLabel('Limits: bob').press('Enter');
    await page.getByLabel('Tasks at once').fill('2');
    await page.getByRole('button', { name: 'Save: Limits, bob' }).press('Enter');
    await page.getByRole('cell', { name: 'user.limits' }).waitFor();
    await shoot(page, 'admin');
    await page.getByRole('button', { name: 'Disable: bob' }).press('Enter');
    await page.getByRole('button', { name: 'Enable: bob' }).waitFor();
    await assert.rejects(bob.tasks.list(), { status: 401 });
    await page.getByRole('button', { name: '中文' }).press('Enter');
    await page.getByRole('heading', { name: '管理' }).waitFor();
    await page.getByRole('cell', { name: '已停用' }).waitFor();
    await shoot(page, 'adminZh');
  });

  it('shows long lists page by page, by keyboard, on a phone too', async () => {
    const { db } = service.database;
    const boss = await db('users').where({ username: 'boss' }).first('id');
    await db('steps').update({
      status: 'dead',
      result: null,
      error: { code: 6000, key: 'step_crashed', params: { times: 8 } },
    });
    await db.raw(`insert into users (id, username, email, password_hash)
      select gen_random_uuid(), 'guest' || n, 'guest' || n || '@example.com', 'none' from generate_series(1, 60) n`);
    await db.raw(
      `insert into audit_log (actor_id, action, subject, reason, address, request_id)
       select ?, 'user.disable', 'subject ' || n, 'long ago', '127.0.0.1', 'r' from generate_series(1, 70) n`,
      [boss.id],
    );
    await db.raw(`insert into steps select (jsonb_populate_record(steps, jsonb_build_object('id', gen_random_uuid(), 'subject_id', gen_random_uuid()))).*
      from steps, generate_series(1, 54)`);

    const { page } = await visit({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await page.goto(service.url);
    await page.getByLabel('E-mail').fill('boss@example.com');
    await page.getByLabel('Password').fill(password);
    await page.getByLabel('Password').press('Enter');
    await page.getByRole('link', { name: 'Administration' }).press('Enter');
    for (const [part, most] of [
      ['Queue', 55],
      ['Users', 62],
      ['Log', Number((await db('audit_log').count())[0]?.count)],
    ] as const) {
      const section = page.locator('section section', { has: page.getByRole('heading', { name: part }) });
      const rows = section.locator('.ledger').last().locator('tbody tr');
      const more = section.getByRole('button', { name: 'More' });
      await more.waitFor();
      assert.equal(await rows.count(), 50, part);
      await more.press('Enter');
      await more.waitFor({ state: 'detached' });
      assert.equal(await rows.count(), most, part);
      await eventually(
        'the heading has the focus',
        async () => (await page.evaluate('document.activeElement.textContent')) === part,
      );
    }
    await shoot(page, 'adminPhone', false);
    await page.getByLabel('Name, e-mail or id begins with').fill('guest1');
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: 'guest60@example.com' }).waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: 'guest1@example.com' }).scrollIntoViewIfNeeded();
    await shoot(page, 'adminPhoneUsers', false);
  });

  it('shows what was searched for last, whichever answer comes last', async () => {
    const page = await openDesk();
    const search = page.getByLabel('Name, e-mail or id begins with');
    const users = page.locator('section section', { has: page.getByRole('heading', { name: 'Users' }) });
    await users.getByRole('cell').first().waitFor();
    const isAnswered = Promise.withResolvers<void>();
    await page.route('**/api/v1/admin/users?*search=boss*', async (route) => {
      const response = await route.fetch();
      await isAnswered.promise;
      await route.fulfill({ response });
    });
    await search.fill('boss');
    await search.press('Enter');
    await search.fill('bob');
    await search.press('Enter');
    await users.getByRole('cell', { name: 'bob@example.com' }).waitFor();
    const older = page.waitForResponse((response) => response.url().includes('search=boss'));
    isAnswered.resolve();
    await (await older).finished();
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    assert.equal(await users.getByRole('cell', { name: 'boss@example.com' }).count(), 0);
  });

  it('shows nothing to others', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await page.goto(`${service.url}/#/admin`);
    await page.getByText('This page is for administrators.').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Administration' }).count(), 0);
    const stranger = new DirectorAI({ baseUrl: service.url });
    await assert.rejects(stranger.admin.queue(), { status: 401 });
  });
});
