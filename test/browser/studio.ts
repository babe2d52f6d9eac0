import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = fileURLToPath(new URL('../../test-results/studio/', import.meta.url));

export const password = 'sea-breeze and 42 lanterns';

export interface Visit {
  page: Page;
  /** What the console said that it must not. */
  errors: string[];
}

/** One Chromium per file; every visit is somebody who was never here. */
export function useBrowser(): { visit(options?: BrowserContextOptions): Promise<Visit> } {
  let browser: Browser;
  before(async () => {
    mkdirSync(shots, { recursive: true });
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
    });
  });
  const pages: Page[] = [];
  afterEach('keeps a picture of where it failed', async function () {
    const open = pages.splice(0).filter((page) => !page.isClosed());
    for (const [at, page] of open.entries()) {
      if (this.currentTest?.state === 'failed')
        await page.screenshot({ path: `${shots}failed-${at}.png`, fullPage: true });
      await page.context().close();
    }
  });
  after(() => browser?.close());
  return {
    async visit(options = {}) {
      const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 860 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(45_000);
      await page.addInitScript(watchJumps);
      pages.push(page);
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      return { page, errors };
    },
  };
}

/** Adds up what jumps without anybody having touched the page, in the windows of the metric Cumulative Layout Shift. */
const watchJumps = `(() => {
  let first = 0, last = 0, sum = 0;
  window.jumps = { most: 0, what: [] };
  new PerformanceObserver((list) => {
    for (const { value, startTime, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      if (startTime - last > 1000 || startTime - first > 5000) { first = startTime; sum = 0; }
      last = startTime;
      sum += value;
      window.jumps.what.push(value.toFixed(4) + ' ' + sources.map(({ node }) => node?.className || node?.nodeName).join(', '));
      window.jumps.most = Math.max(window.jumps.most, sum);
    }
  }).observe({ type: 'layout-shift', buffered: true });
})()`;

/** Nothing has jumped on the page since it was loaded: what the web calls good is 0.1. */
export async function isSteady(page: Page): Promise<void> {
  const jumps: { most: number; what: string[] } = await page.evaluate('window.jumps');
  assert.ok(jumps.most <= 0.1, `layout shift ${jumps.most}: ${jumps.what.join('; ')}`);
}

/** Keeps a picture of the page as a file of the run. */
export async function shoot(page: Page, name: string, fullPage = true): Promise<void> {
  await holds(
    page,
    `[...document.images].every((image) => image.complete && image.naturalWidth > 0 || image.loading === 'lazy')`,
  );
  if (fullPage) await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: `${shots}${name}.png`, fullPage, animations: 'disabled' });
}

let people = 0;

export async function register(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Create an account' }).click();
  people += 1;
  await page.getByLabel('Name', { exact: true }).fill(`Ada${people}`);
  await page.getByLabel('E-mail').fill(`ada-${people}-${Date.now()}@example.com`);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create an account', exact: true }).click();
  await page.getByRole('heading', { name: 'Films' }).waitFor();
}

/** Orders a film of a few scenes and is on its page. */
export async function order(
  page: Page,
  { idea = 'A kitten sees the sea', scenes = 2, review = false, shape = '16:9', stay = false } = {},
): Promise<void> {
  if (!stay) await page.getByRole('navigation').getByRole('link', { name: 'New film' }).click();
  await page.getByLabel('What is it about?').fill(idea);
  await page.getByLabel('How many scenes').selectOption(String(scenes));
  await page.getByLabel('Format').selectOption(shape);
  await page.getByLabel('Characters in it').selectOption('1');
  await page.getByLabel(review ? 'Stop at the screenplay' : 'Straight to the film').check();
  await page.getByText(/^\$\d.* about /).waitFor();
  await page.getByRole('button', { name: 'Begin' }).click();
}

/** No serious finding of axe. */
export async function isAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const found: { id: string; impact: string; nodes: string[] }[] = await page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map((node) => node.html.slice(0, 160)) })))`,
  );
  assert.deepEqual(
    found.filter(({ impact }) => impact === 'serious' || impact === 'critical'),
    [],
  );
}

/** The page's policy forbids Playwright's own way, which evaluates a string in the page. */
export const holds = (page: Page, expression: string) =>
  eventually(expression, async () => (await page.evaluate(expression)) || undefined, 45_000);

/** The film really plays, and its subtitles are there. */
export async function playsFilm(page: Page): Promise<void> {
  const video = page.locator('.player video');
  await video.waitFor({ timeout: 90_000 });
  await page.evaluate(
    `document.querySelector('.player video').muted = true; document.querySelector('.player video').play()`,
  );
  await holds(page, `document.querySelector('.player video').currentTime > 0.5`);
  await holds(page, `document.querySelector('.player video').textTracks[0]?.activeCues?.length > 0`);
  const bytes = await fetch(await video.evaluate((element: { src: string }) => element.src));
  assert.ok(Buffer.from(await bytes.arrayBuffer()).includes('avc1'), 'the film is H.264');
}
