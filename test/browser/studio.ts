import assert from 'node:assert/strict';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { english } from '../../src/studio/wordsEn.ts';
import { chinese } from '../../src/studio/wordsZh.ts';
import { eventually } from '../support/eventually.ts';
import { holds, shootFailure, watchJumps } from './states.ts';

export { holds, shoot } from './states.ts';

export const password = 'sea-breeze and 42 lanterns';

/** What the studio says in each of its languages. */
export const tongues = { en: english, zh: chinese };
export type Words = typeof english;

export interface Visit {
  page: Page;
  /** Complaints in the console that belong to the mishap: everything else there fails the test. */
  excuse(complaint: RegExp): void;
}

interface Guest {
  page: Page;
  complaints: string[];
  excused: RegExp[];
}

/** One Chromium per file; every visit is somebody who was never here. No visit ends with an error in its console. */
export function useBrowser(): { visit(options?: BrowserContextOptions): Promise<Visit> } {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        ...['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
        '--host-resolver-rules=MAP studio.example 127.0.0.1',
      ],
    });
  });
  const guests: Guest[] = [];
  afterEach('asks the console, keeps a picture of where it failed', async function () {
    this.timeout(60_000);
    const here = guests.splice(0);
    for (const { page } of here) {
      if (this.currentTest?.state === 'failed' && !page.isClosed()) await shootFailure(page, this.currentTest.title);
      await page.context().close();
    }
    const bad = here.flatMap(({ complaints, excused }) =>
      complaints.filter((complaint) => !excused.some((pattern) => pattern.test(complaint))),
    );
    assert.deepEqual(bad, [], 'the console');
  });
  after(() => browser?.close());
  return {
    async visit(options = {}) {
      const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 860 }, ...options });
      const guest: Guest = { page: await context.newPage(), complaints: [], excused: [] };
      guests.push(guest);
      const { page, complaints, excused } = guest;
      page.setDefaultTimeout(90_000);
      await page.addInitScript(watchJumps);
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
      });
      return { page, excuse: (complaint) => void excused.push(complaint) };
    },
  };
}

let people = 0;

export async function register(page: Page, url: string, words: Words = english): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: words.toRegister }).click();
  people += 1;
  await page.getByLabel(words.name, { exact: true }).fill(`Ada${people}`);
  await page.getByLabel(words.email).fill(`ada-${people}-${Date.now()}@example.com`);
  await page.getByLabel(words.password).fill(password);
  await page.getByRole('button', { name: words.register, exact: true }).click();
  await page.getByRole('heading', { name: words.library }).waitFor();
}

interface Order {
  idea?: string;
  scenes?: number;
  review?: boolean;
  shape?: string;
  /** Already on the page where films are ordered. */
  stay?: boolean;
  words?: Words;
}

/** Orders a film of a few scenes and is on its page. */
export async function order(page: Page, given: Order = {}): Promise<void> {
  const { idea = 'A kitten sees the sea', scenes = 2, review = false, shape = '16:9', stay = false } = given;
  const { words = english } = given;
  if (!stay) await page.getByRole('navigation').getByRole('link', { name: words.newFilm }).click();
  await page.getByLabel(words.idea).fill(idea);
  await page.getByLabel(words.howManyScenes).selectOption(String(scenes));
  await page.getByLabel(words.aspect).selectOption(shape);
  await page.getByLabel(words.howManyCharacters).selectOption('1');
  await page.getByLabel(review ? words.reviewFirst : words.straight).check();
  await page.getByText(/^\$\d.* · /).waitFor();
  await page.getByRole('button', { name: words.start, exact: true }).click();
}

/** Opens what else can be done with a scene, and does it. */
export async function choose(card: Locator, way: string, more = english.more): Promise<void> {
  await card.locator('summary').getByText(more).click();
  await card.getByRole('button', { name: way }).click();
}

/** Comes to another picture in the place of the one that is there. */
export async function isDrawnAnew(card: Locator, ask: () => Promise<void>): Promise<void> {
  const shown = async () => (await card.locator('img').first().getAttribute('src'))?.split('?')[0];
  const old = await shown();
  await ask();
  await eventually('another picture', async () => (await shown()) !== old, 90_000);
}

/** The film really plays, and its subtitles are there. */
export async function playsFilm(page: Page): Promise<void> {
  const video = page.locator('.player video');
  await video.waitFor();
  await page.evaluate(
    `document.querySelector('.player video').muted = true; document.querySelector('.player video').play()`,
  );
  await holds(page, `document.querySelector('.player video').currentTime > 0.5`);
  await holds(page, `document.querySelector('.player video').textTracks[0]?.activeCues?.length > 0`);
  const bytes = await fetch(await video.evaluate((element: { src: string }) => element.src));
  assert.ok(Buffer.from(await bytes.arrayBuffer()).includes('avc1'), 'the film is H.264');
}
