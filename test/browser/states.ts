import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = fileURLToPath(new URL('../../test-results/studio/', import.meta.url));
mkdirSync(shots, { recursive: true });

const phone = { width: 390, height: 844 };

/** The page's policy forbids Playwright's own way, which evaluates a string in the page. */
export const holds = (page: Page, expression: string) =>
  eventually(expression, async () => (await page.evaluate(expression)) || undefined, 45_000);

/** Adds up what jumps without anybody having touched the page, in the windows of the metric Cumulative Layout Shift. */
export const watchJumps = `(() => {
  let first = 0, last = 0, sum = 0;
  window.jumps = { most: 0, what: [], isBlind: false };
  new PerformanceObserver((list) => {
    for (const { value, startTime, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput || window.jumps.isBlind) continue;
      if (startTime - last > 1000 || startTime - first > 5000) { first = startTime; sum = 0; }
      last = startTime;
      sum += value;
      window.jumps.what.push(value.toFixed(4) + ' ' + sources.map(({ node }) => node?.className || node?.nodeName).join(', '));
      window.jumps.most = Math.max(window.jumps.most, sum);
    }
  }).observe({ type: 'layout-shift', buffered: true });
})()`;

/** Nothing has jumped on the page since it was loaded: what the web calls good is 0.1. */
async function isSteady(page: Page, state: string): Promise<void> {
  const jumps: { most: number; what: string[] } = await page.evaluate('window.jumps');
  assert.ok(jumps.most <= 0.1, `${state}: layout shift ${jumps.most}: ${jumps.what.join('; ')}`);
}

/** No serious finding of axe. */
async function isAccessible(page: Page, state: string): Promise<void> {
  const found: { id: string; impact: string; nodes: string[] }[] = await page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map((node) => node.html.slice(0, 160)) })))`,
  );
  const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(serious, [], `axe, ${state}`);
}

async function keep(page: Page, name: string, fullPage: boolean): Promise<void> {
  if (fullPage) await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: `${shots}${name}.png`, fullPage, animations: 'disabled' });
}

/** A picture of where a test failed. */
export const shootFailure = (page: Page, title: string) => keep(page, `failed ${title.replaceAll(/\W+/g, '-')}`, true);

const loaded = `[...document.images].every((image) => image.complete && image.naturalWidth > 0 || image.loading === 'lazy')`;

/** What sticks out of the screen sideways, where the page can be scrolled to it. */
const wider = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > clientWidth).map((one) => one.tagName + '.' + one.className);
})()`;

/** Holds one sight of a state against axe and its width, and keeps its picture as a file of the run. */
async function look(page: Page, name: string, fullPage: boolean): Promise<void> {
  const outside: string[] = await page.evaluate(wider);
  assert.deepEqual(outside, [], `${name} is wider than the screen`);
  await isAccessible(page, name);
  await holds(page, loaded);
  await keep(page, name, fullPage);
}

/**
 * Every state a test comes to is held against the limit of layout shift and, in light and dark and on a desk and a phone, against axe and
 * the width of the screen. The console is held by `useBrowser`.
 */
export async function shoot(page: Page, name: string, fullPage = true): Promise<void> {
  await holds(page, loaded);
  await isSteady(page, name);
  const size = page.viewportSize() ?? phone;
  const isDark = await page.evaluate(`matchMedia('(prefers-color-scheme: dark)').matches`);
  await page.evaluate(`window.jumps.isBlind = true; ${axe}`);
  await look(page, name, fullPage);
  await page.emulateMedia({ colorScheme: isDark ? 'light' : 'dark' });
  await look(page, `${name}.${isDark ? 'light' : 'dark'}`, fullPage);
  await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' });
  if (size.width > phone.width) {
    await page.setViewportSize(phone);
    await look(page, `${name}.phone`, fullPage);
    await page.setViewportSize(size);
  }
  await page.evaluate(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`);
  await page.evaluate('window.jumps.isBlind = false');
}
