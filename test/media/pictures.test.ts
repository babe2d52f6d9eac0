import assert from 'node:assert/strict';
import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { UnreadableMedia } from '../../src/media/failures.ts';
import {
  cleanPicture,
  fitPicture,
  guardPictureLoaders,
  inspectPicture,
  pictureAsDataUrl,
  thumbnail,
} from '../../src/media/pictures.ts';
import { freshDir } from './support.ts';

const noise = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: '#888', noise: { type: 'gaussian', mean: 120, sigma: 40 } } });

/** A photograph as phones make them: stored on its side, with a place and a thumbnail of words in its EXIF. */
const photo = (out: string) =>
  noise(300, 200)
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD0: { Artist: 'SECRET-ARTIST' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
    .jpeg()
    .toFile(out);

/** A tiny PNG file that claims a size and holds zeros for it, deflated. */
function bomb(side: number, dataBytes: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(dataBytes))),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...parts]);
}

const refused = (file: string) => assert.rejects(inspectPicture(file), UnreadableMedia);

describe('pictures', () => {
  const file = freshDir();
  before(guardPictureLoaders);

  it('tells the size of a photograph as it is shown', async () => {
    await photo(file('photo.jpg'));
    assert.deepEqual(await inspectPicture(file('photo.jpg')), {
      format: 'jpeg',
      width: 200,
      height: 300,
      hasAlpha: false,
    });
  });

  it('turns a photograph upright and leaves nothing of its metadata', async () => {
    await photo(file('photo.jpg'));
    assert.ok((await readFile(file('photo.jpg'))).includes('SECRET-ARTIST'));
    const clean = await cleanPicture(file('photo.jpg'), file('clean'), { maxSide: 150 });
    assert.deepEqual([clean.format, clean.mimeType, clean.width, clean.height], ['jpeg', 'image/jpeg', 100, 150]);
    const { exif, xmp, iptc, icc, orientation } = await sharp(file('clean')).metadata();
    assert.deepEqual([exif, xmp, iptc, icc, orientation], [undefined, undefined, undefined, undefined, undefined]);
    assert.ok(!(await readFile(file('clean'))).includes('SECRET-ARTIST'));
  });

  it('keeps transparency as PNG, and makes an opaque picture with an alpha channel a JPEG', async () => {
    await noise(64, 64).ensureAlpha(0.5).png().toFile(file('half.png'));
    await noise(64, 64).ensureAlpha(1).webp({ lossless: true }).toFile(file('full.webp'));
    assert.deepEqual(await inspectPicture(file('half.png')), { format: 'png', width: 64, height: 64, hasAlpha: true });
    assert.equal((await cleanPicture(file('half.png'), file('a'), { maxSide: 999 })).format, 'png');
    assert.equal((await cleanPicture(file('full.webp'), file('b'), { maxSide: 999 })).format, 'jpeg');
  });

  it('makes a bounded JPEG data URL on white for models to look at', async () => {
    await noise(3000, 1000).ensureAlpha(0).png().toFile(file('wide.png'));
    const url = await pictureAsDataUrl(file('wide.png'));
    const bytes = Buffer.from(url.replace(/^data:image\/jpeg;base64,/, ''), 'base64');
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height, data[0]], [1024, 341, 255]);
  });

  it('fits a picture to an exact size and makes thumbnails', async () => {
    await photo(file('photo.jpg'));
    const { width, height, format } = await fitPicture(file('photo.jpg'), file('fit.png'), { width: 320, height: 180 });
    assert.deepEqual([width, height, format], [320, 180, 'png']);
    const small = await thumbnail(file('photo.jpg'), file('small'), { width: 50 });
    assert.deepEqual([small.width, small.height, small.mimeType], [50, 75, 'image/webp']);
    assert.equal(small.sizeBytes, (await stat(file('small'))).size);
  });

  it('refuses what is not a picture, whatever it is called', async () => {
    await writeFile(file('text.png'), 'hello');
    await writeFile(file('empty.jpg'), '');
    await writeFile(file('drawing.png'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    await writeFile(file('page.jpg'), Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from('<html><script>')]));
    await writeFile(file('riff.webp'), 'RIFF\0\0\0\0AVI LIST');
    for (const name of ['text.png', 'empty.jpg', 'drawing.png', 'page.jpg', 'riff.webp']) await refused(file(name));
  });

  it('refuses GIF and TIFF by any name, and leaves the process unable to load them while our own SVG drawings load', async () => {
    const gif = await noise(8, 8).gif().toBuffer();
    await writeFile(file('x.png'), gif);
    await refused(file('x.png'));
    for (const other of [gif, await noise(8, 8).tiff().toBuffer()]) await assert.rejects(sharp(other).metadata());
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>');
    assert.equal((await sharp(svg).png().toBuffer({ resolveWithObject: true })).info.width, 9);
  });

  it('refuses pictures that were cut off', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const { size } = await noise(400, 400)
        .toFormat(format)
        .toFile(file(`cut.${format}`));
      await truncate(file(`cut.${format}`), Math.floor(size * 0.7));
      await refused(file(`cut.${format}`));
    }
  });

  it('refuses decompression bombs within a second and without the memory they ask for', async () => {
    await writeFile(file('huge.png'), bomb(50_000, 60_000_000));
    await writeFile(file('endless.png'), bomb(2 ** 31 - 1, 1_000));
    await writeFile(file('hollow.png'), bomb(6_000, 1_000));
    const [from, rss] = [performance.now(), process.memoryUsage.rss()];
    for (const name of ['huge.png', 'endless.png', 'hollow.png']) await refused(file(name));
    assert.ok(performance.now() - from < 1_000);
    assert.ok(process.memoryUsage.rss() - rss < 100_000_000);
  });

  it('lets no byte of a stowaway through re-encoding', async () => {
    const picture = await noise(64, 64).jpeg().toBuffer();
    await writeFile(file('polyglot.jpg'), Buffer.concat([picture, Buffer.from('PK\x03\x04<script>STOWAWAY</script>')]));
    await cleanPicture(file('polyglot.jpg'), file('clean.jpg'), { maxSide: 1024 });
    assert.ok(!(await readFile(file('clean.jpg'))).includes('STOWAWAY'));
  });
});
