import { useService } from '../sdk/service.ts';
import { order, password, playsFilm, register, shoot, useBrowser } from './studio.ts';

describe('the studio when things do not go straight', function () {
  this.timeout(240_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.5' });
  const { visit } = useBrowser();

  it('says in words that a password is wrong', async () => {
    const { page, excuse } = await visit();
    excuse(/status of 401/);
    await page.goto(service.url);
    await page.getByLabel('E-mail').fill('nobody@example.com');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
    await shoot(page, 'wrongPassword');
  });

  it('shows the same film after a reload and a restarted service, until it plays', async () => {
    const { page, excuse } = await visit({ colorScheme: 'dark' });
    await register(page, service.url);
    await order(page);
    await page.locator('.scene[data-scene="1"]').waitFor();
    await page.reload();
    await page.locator('.scene[data-scene="1"]').waitFor();
    await shoot(page, 'darkStoryboard');
    excuse(/net::ERR_|status of 503/);
    await service.kill();
    const lost = page.getByText('The connection is lost.').first();
    await lost.waitFor();
    await service.start();
    await lost.waitFor({ state: 'hidden' });
    await playsFilm(page);
    await shoot(page, 'darkFilm');
  });

  it('stops at the screenplay, takes a new text, films it, and cancels', async () => {
    const { page } = await visit({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await register(page, service.url);
    await order(page, { review: true });
    const card = page.locator('.scene[data-scene="1"]');
    await card.waitFor();
    await page.getByRole('button', { name: 'Confirm and film' }).waitFor();
    await card.getByRole('button', { name: 'Edit' }).click();
    await card.getByLabel('Narration').fill('The tide comes in without a sound.');
    await card.getByRole('button', { name: 'Save' }).click();
    await card.getByText('The tide comes in without a sound.').waitFor();
    await shoot(page, 'phoneReview');
    await page.getByRole('button', { name: 'Confirm and film' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    await shoot(page, 'phoneCancelled');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('已取消', { exact: true }).waitFor();
    await shoot(page, 'phoneChinese');
  });
});
