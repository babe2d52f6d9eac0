import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../src/cli/mistakes.ts';
import { checkPictures } from '../../src/cli/pictures.ts';
import { checkTarget, fileNameOf, takeTarget } from '../../src/cli/target.ts';

describe('where a film goes', () => {
  let dir = '';
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'directorai-target-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('makes a file name of any title', () => {
    assert.equal(fileNameOf('小猫与大海'), '小猫与大海');
    assert.equal(fileNameOf('  ../../etc/passwd: "why?"\u0000\n'), 'etc passwd why');
    assert.equal(fileNameOf('...'), 'film');
    assert.equal(fileNameOf('CON'), 'film CON');
    assert.ok(Buffer.byteLength(fileNameOf('海'.repeat(255))) < 200);
  });

  it('never replaces a film unasked: a name that is taken gets a number', async () => {
    const first = await takeTarget({ out: dir, force: false }, 'Sea');
    await writeFile(join(dir, 'Sea 2.srt'), 'mine');
    const next = await takeTarget({ out: dir, force: false }, 'Sea');
    assert.deepEqual([first.mp4, next.mp4], [join(dir, 'Sea.mp4'), join(dir, 'Sea 3.mp4')]);
    assert.equal(next.vtt, join(dir, 'Sea 3.vtt'));
    assert.deepEqual((await readdir(dir)).sort(), ['Sea 2.srt', 'Sea 3.mp4', 'Sea.mp4']);
  });

  it('puts the film where it is told, with or without .mp4', async () => {
    const { mp4, srt } = await takeTarget({ out: join(dir, 'my.film'), force: false }, 'Sea');
    assert.deepEqual([mp4, srt], [join(dir, 'my.film.mp4'), join(dir, 'my.film.srt')]);
  });

  it('refuses a place that is taken or is not there, unless --force is given', async () => {
    const out = join(dir, 'a.mp4');
    await checkTarget({ out, force: false });
    await checkTarget({ out: dir, force: false });
    await writeFile(join(dir, 'a.vtt'), '');
    await assert.rejects(checkTarget({ out, force: false }), /a\.vtt exists; --force/);
    await checkTarget({ out, force: true });
    await mkdir(join(dir, 'b.mp4'));
    await assert.rejects(checkTarget({ out: join(dir, 'no', 'a.mp4'), force: false }), /There is no folder/);
    await writeFile(out, 'old');
    assert.equal((await takeTarget({ out, force: true }, 'Sea')).mp4, out);
  });

  it('refuses another kind of film than MP4, instead of renaming it', async () => {
    for (const name of ['film.mov', 'FILM.WebM', 'film.gif'])
      await assert.rejects(checkTarget({ out: join(dir, name), force: true }), /Films are MP4 files/);
    await checkTarget({ out: join(dir, 'version 1.2'), force: false });
    await mkdir(join(dir, 'folder.mov'));
    await checkTarget({ out: join(dir, 'folder.mov'), force: false });
  });

  it('looks into pictures before anything is started for them', async () => {
    const png = join(dir, 'a.jpg');
    await writeFile(png, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    assert.deepEqual(await checkPictures([png]), [{ path: png, mimeType: 'image/png' }]);
    const fake = join(dir, 'fake.png');
    await writeFile(fake, 'x');
    await assert.rejects(
      checkPictures([png, fake]),
      (error) => error instanceof UsageError && /not a JPEG/.test(error.message),
    );
    await assert.rejects(checkPictures([join(dir, 'none.png')]), /There is no file/);
    await assert.rejects(checkPictures([dir]), /There is no file/);
  });
});
