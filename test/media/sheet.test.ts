import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { UnreadableMedia } from '../../src/media/failures.ts';
import { splitSheet } from '../../src/media/sheet.ts';
import { freshDir } from './support.ts';

describe('splitSheet', () => {
  const file = freshDir();
  const out = () => ({
    combined: file('all.png'),
    front: file('front.png'),
    side: file('side.png'),
    back: file('back.png'),
  });

  /** Figures as [left, width] on a background that runs from light to dark. */
  async function sheet(figures: [number, number][], background = '<rect width="900" height="300" fill="url(#g)"/>') {
    const gradient =
      '<linearGradient id="g" x2="0" y2="1"><stop stop-color="#fff"/><stop offset="1" stop-color="#9bd"/></linearGradient>';
    const bodies = figures.map(
      ([x, width], index) =>
        `<rect x="${x}" y="40" width="${width}" height="220" fill="${['red', 'green', 'blue'][index]}"/>`,
    );
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="300">${gradient}${background}${bodies.join('')}</svg>`;
    await sharp(Buffer.from(svg)).png().toFile(file('sheet.png'));
    return splitSheet(file('sheet.png'), out());
  }

  it('cuts in the gutters between uneven figures', async () => {
    const views = await sheet([
      [20, 340],
      [400, 150],
      [640, 220],
    ]);
    assert.equal(views.cutAt, 'gutters');
    const near = (actual: number, wanted: number) => assert.ok(Math.abs(actual - wanted) <= 3, `${actual} ≈ ${wanted}`);
    near(views.front.width, 380);
    near(views.side.width, 595 - 380);
    near(views.back.width, 900 - 595);
    assert.deepEqual([views.combined.width, views.combined.height, views.side.height], [900, 300, 300]);
  });

  it('puts each figure into its own view, whole and alone', async () => {
    await sheet([
      [20, 340],
      [400, 150],
      [640, 220],
    ]);
    const coloured = async (name: string) => {
      const { data } = await sharp(file(name)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      const count = [0, 0, 0];
      for (let at = 0; at < data.length; at += 3) {
        const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
        if (red > 250 && green < 5) count[0] = (count[0] ?? 0) + 1;
        if (green > 120 && red < 5 && blue < 5) count[1] = (count[1] ?? 0) + 1;
        if (blue > 250 && red < 5) count[2] = (count[2] ?? 0) + 1;
      }
      return count.map((pixels) => Math.round(pixels / 220));
    };
    const columns = await Promise.all(['front.png', 'side.png', 'back.png'].map(coloured));
    for (const [view, wanted] of [340, 150, 220].entries()) {
      for (const [colour, found] of (columns[view] ?? []).entries())
        assert.ok(Math.abs(found - (colour === view ? wanted : 0)) <= 2, `view ${view}: ${columns[view]}`);
    }
  });

  it('cuts equal thirds where no gutter can be told', async () => {
    const busy = '<path d="M0 0L900 300M0 300L900 0" stroke="black" stroke-width="40"/>';
    for (const background of [busy, '<rect width="900" height="300" fill="white"/>']) {
      const views = await sheet([], background);
      assert.equal(views.cutAt, 'thirds');
      assert.deepEqual([views.front.width, views.side.width, views.back.width], [300, 300, 300]);
    }
  });

  it('keeps what is transparent as PNG and everything else as JPEG', async () => {
    const figures: [number, number][] = [
      [20, 340],
      [400, 150],
      [640, 220],
    ];
    assert.equal((await sheet(figures)).front.format, 'jpeg');
    assert.equal((await sheet(figures, '')).front.format, 'png');
  });

  it('refuses a sheet that is not a picture', async () => {
    await writeFile(file('sheet.png'), '<html>');
    await assert.rejects(splitSheet(file('sheet.png'), out()), UnreadableMedia);
  });
});
