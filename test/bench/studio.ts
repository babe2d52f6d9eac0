import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import type { Bench, Figure } from './kit/figure.ts';
import { startProgram } from './kit/program.ts';
import { median, round } from './kit/stats.ts';

const rounds = 9;

interface Load {
  requests: number;
  bytes: number;
  firstPaintMs: number;
  interactiveMs: number;
  blockedMs: number;
  shift: number;
}

export const studio: Bench = {
  name: 'studio',
  about: 'what the first sight of the studio takes, by the browser’s own clock (Chromium: CHROMIUM=…)',
  async run(stage) {
    const program = await startProgram(stage, { DATA_DIR: join(stage.dir, 'studio') });
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
    stage.later(() => browser.close());
    const loads: Load[] = [];
    for (let round = 0; round <= rounds; round++) {
      const context = await browser.newContext();
      loads.push(await load(await context.newPage(), program.url));
      await context.close();
    }
    return figuresOf(loads.slice(1));
  },
};

/** Interactive: the first field can be written in, and no task of 50 ms or more comes after. */
const watch = `(() => {
  window.seen = { shift: 0, blocked: 0, interactive: 0, quietFrom: 0 };
  new PerformanceObserver((list) => { for (const { value } of list.getEntries()) seen.shift += value; }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => { for (const { startTime, duration } of list.getEntries()) { seen.blocked += duration - 50; seen.quietFrom = startTime + duration; } }).observe({ type: 'longtask', buffered: true });
  new MutationObserver(() => { if (!seen.interactive && document.querySelector('.entry input')) seen.interactive = performance.now(); }).observe(document, { childList: true, subtree: true });
})()`;

const read = `(() => {
  const files = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return paint && {
    requests: files.length,
    bytes: files.reduce((sum, { transferSize }) => sum + transferSize, 0),
    firstPaintMs: paint.startTime,
    interactiveMs: Math.max(seen.interactive, seen.quietFrom),
    blockedMs: seen.blocked,
    shift: seen.shift,
  };
})()`;

async function load(page: Page, url: string): Promise<Load> {
  await page.addInitScript(watch);
  await page.goto(url, { waitUntil: 'networkidle' });
  return page.evaluate(read);
}

function figuresOf(loads: Load[]): Figure[] {
  const of = (name: keyof Load) => median(loads.map((one) => one[name]));
  const raw = { loads: loads.length, 'cache empty': 'yes' };
  return [
    {
      name: 'bytes over the wire until the studio stands',
      value: round(of('bytes') / 1024, 1),
      unit: 'KiB',
      target: { atMost: 100 },
      raw: { requests: of('requests') },
    },
    { name: 'first contentful paint of the studio, median', value: round(of('firstPaintMs'), 0), unit: 'ms', raw },
    {
      name: 'time to interactive of the studio, median',
      value: round(of('interactiveMs'), 0),
      unit: 'ms',
      raw: { 'blocked by long tasks ms': round(of('blockedMs'), 0) },
    },
    {
      name: 'layout shift while the studio loads',
      value: round(Math.max(...loads.map(({ shift }) => shift)), 3),
      unit: '(CLS)',
      target: { atMost: 0.1 },
      raw: { loads: loads.length },
    },
  ];
}
