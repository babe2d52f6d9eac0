import assert from 'node:assert/strict';
import sharp from 'sharp';
import { readDirection } from '../../../src/providers/sandbox/art/direction.ts';
import { readLook } from '../../../src/providers/sandbox/art/figure/look.ts';
import { asksForSheet, drawPicture, pictureSvg } from '../../../src/providers/sandbox/art/picture.ts';
import { placeNouns } from '../../../src/providers/sandbox/story/nouns.ts';
import { writeScreenplay } from '../../../src/providers/sandbox/story/screenplay.ts';

const description = 'a small kitten with ginger fur and dark stripes, big green eyes, wearing a blue scarf';
const line = `Character 奶糖: ${description}`;
const sheet = `anime style, character sheet, front view, side view, back view, three equal columns\n${line}`;
const scene = (place: string) =>
  `anime style, manga art, 2D animation, cel shaded, medium shot of ${place}\nEach character looks exactly as on its attached character sheet and as described here:\n${line}`;

describe('a picture of the sandbox', () => {
  it('knows every place again that the sandbox writes into its prompts', () => {
    for (const [name, { picture }] of Object.entries(placeNouns)) {
      assert.equal(readDirection(`wide shot of ${picture} at dawn, clear sky`).place, name);
    }
  });

  it('reads place, hour, weather and deed in Chinese too', () => {
    const direction = readDirection('雪夜，一只黑猫在屋顶上奔跑');
    assert.equal(direction.place, 'rooftop');
    assert.equal(direction.time, 'night');
    assert.equal(direction.weather, 'snow');
    assert.equal(direction.pose, 'run');
    assert.equal(direction.cast[0]?.species, 'cat');
    assert.equal(direction.cast[0]?.fur, '#38343f');
  });

  it('gives a character the same look in its sheet and in every scene', () => {
    const look = readDirection(sheet).cast[0];
    assert.deepEqual(readDirection(scene('a sandy beach by the sea')).cast[0], look);
    assert.deepEqual(readDirection(scene('a spaceship cockpit')).cast[0], look);
    assert.equal(look?.species, 'cat');
    assert.equal(look?.pattern, 'stripes');
    assert.equal(look?.scarf, '#4a86d8');
  });

  it('takes colours and clothes from a description by anybody', () => {
    const look = readLook(
      'Rosa',
      'A 10-year-old girl with long silver-blue hair, hazel eyes, freckles, a bright red wool hoodie, black shorts and round glasses',
    );
    assert.deepEqual(
      [
        look.build,
        look.hairStyle,
        look.hair,
        look.eyes,
        look.top,
        look.topColor,
        look.bottom,
        look.glasses,
        look.freckles,
      ],
      ['child', 'long', '#b8c8e0', '#a07a3f', 'hoodie', '#e0524a', 'shorts', true, true],
    );
  });

  it('tells a sheet from a scene that only speaks of sheets', () => {
    assert.equal(asksForSheet(sheet), true);
    assert.equal(asksForSheet(scene('a park')), false);
  });

  it('shows the character three times on a light ground with free columns between', async () => {
    const { data, info } = await sharp(await drawPicture(sheet, 384, 216))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const darkest = (from: number, to: number) => {
      let least = 255;
      for (let y = 0; y < info.height * 0.8; y += 1)
        for (let x = from; x < to; x += 1) least = Math.min(least, data[y * info.width + x] ?? 255);
      return least;
    };
    for (const column of [0, 1, 2]) assert.ok(darkest(column * 128 + 40, column * 128 + 88) < 120);
    for (const gutter of [128, 256]) assert.ok(darkest(gutter - 3, gutter + 3) > 215);
  });

  it('draws the scenes of one film distinctly, and the same prompt the same', () => {
    const film = writeScreenplay({
      idea: '一只想看海的小猫',
      sceneCount: 20,
      characterCount: 2,
      language: 'zh',
      taskId: '',
      style: '',
    });
    const drawings = film.scenes.map((one) => pictureSvg(one.image_prompt, 1536, 864));
    assert.equal(new Set(drawings).size, 20);
    assert.equal(pictureSvg(film.scenes[3]?.image_prompt ?? '', 1536, 864), drawings[3]);
  });

  it('fits every size, and survives prompts of any kind', async () => {
    for (const [width, height] of [
      [1024, 1024],
      [864, 1536],
      [2048, 64],
    ] as const) {
      const { width: w, height: h } = await sharp(
        await drawPicture('two knights and a dragon', width, height),
      ).metadata();
      assert.deepEqual([w, h], [width, height]);
    }
    for (const prompt of ['<script>&"\'', 'Character A: <b>&', '0', '猫'.repeat(4000)])
      assert.ok((await drawPicture(prompt, 64, 64)).length > 100);
  });

  it('draws no letters, so that it needs no fonts', () => {
    assert.doesNotMatch(pictureSvg('a market at night with a sign', 1024, 1024), /<text|font/);
  });
});
