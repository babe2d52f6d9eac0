import assert from 'node:assert/strict';
import { useService } from '../sdk/service.ts';
import { eventually } from '../support/eventually.ts';
import { holds, order, register, shoot, tongues, useBrowser } from './studio.ts';

const { en } = tongues;

describe('somebody at the keyboard', function () {
  this.timeout(240_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.3' });
  const { visit } = useBrowser();

  it('writes on, in one word and at one place, while another scene is drawn', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { scenes: 2, review: true });
    const card = page.locator('.scene[data-scene="2"]');
    await card.getByRole('button', { name: en.edit }).click();
    const words = card.getByLabel(en.narrationText);
    await words.fill('The tide comes in.');
    await words.evaluate((text: { setSelectionRange(from: number, to: number): void }) => text.setSelectionRange(4, 4));
    await page.evaluate(`(() => {
      window.left = 0;
      document.activeElement.addEventListener('blur', () => window.left++);
    })()`);
    const keyboard = await page.context().newCDPSession(page);
    await keyboard.send('Input.imeSetComposition', { text: 'hai', selectionStart: 3, selectionEnd: 3 });
    const id = page.url().split('/').at(-1);
    await page.evaluate(`(async () => {
      const { api } = await import('/studio/client.ts');
      await api().screenplays.confirm('${id}');
      await api().films.create({ screenplayId: '${id}' });
    })()`);
    await page.locator('.scene[data-scene="1"] img').waitFor();
    await keyboard.send('Input.insertText', { text: '海' });
    assert.equal(await page.evaluate('document.activeElement.value'), 'The 海tide comes in.');
    assert.equal(await page.evaluate('document.activeElement.selectionStart'), 5);
    assert.equal(await page.evaluate('window.left'), 0);
    await shoot(page, 'writesOn');
  });

  it('is on the button of a card that was made anew, after its words were saved', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { scenes: 2, review: true });
    const card = page.locator('.scene[data-scene="1"]');
    await card.getByRole('button', { name: en.edit }).click();
    await card.getByLabel(en.narrationText).fill('The tide goes out.');
    await card.getByRole('button', { name: en.save }).focus();
    await page.keyboard.press('Enter');
    await card.locator('.said').getByText('The tide goes out.').waitFor();
    await holds(
      page,
      `(({ textContent, isConnected }) => isConnected && textContent === '${en.edit}')(document.activeElement)`,
    );
    assert.equal(
      await page.evaluate(`document.activeElement.closest('.scene').getAttribute('aria-label')`),
      en.scene.replace('{n}', '1'),
    );
  });

  it('stays on the card of a film while it is made and finished', async () => {
    const { page } = await visit();
    await register(page, service.url);
    await order(page, { scenes: 1 });
    await page.locator('.progress').waitFor();
    await page.goto(`${service.url}/#/`);
    const poster = page.locator('a.poster');
    await poster.focus();
    await page.evaluate(`window.first = document.activeElement`);
    await page
      .locator('.shelved p')
      .getByText(new RegExp(`^${en.status_completed} ·`))
      .waitFor();
    assert.equal(await page.evaluate('window.first.isConnected'), false);
    await eventually('the focus', async () => page.evaluate(`document.activeElement.className === 'poster'`), 5000);
  });
});
