import { setTimeout as delay } from 'node:timers/promises';
import { useService } from '../sdk/service.ts';
import { order, playsFilm, register, shoot, useBrowser } from './studio.ts';

describe('the studio without a network', function () {
  this.timeout(240_000);
  const service = useService({ SANDBOX_LATENCY_SCALE: '0.5' });
  const { visit } = useBrowser();

  it('says so for the 20 s that the network is cut, and catches up', async () => {
    const { page, excuse } = await visit();
    excuse(/net::ERR_/);
    await register(page, service.url);
    await order(page);
    await page.locator('.scene[data-scene="1"]').waitFor();
    await page.context().setOffline(true);
    await page.getByText('The connection is lost.').first().waitFor();
    await shoot(page, 'offline', false);
    await delay(20_000);
    await page.context().setOffline(false);
    await playsFilm(page);
  });
});
