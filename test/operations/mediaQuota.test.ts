import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { useApp } from '../http/testApp.ts';
import { upload } from './fixtures.ts';

const limit = 200_000;

describe('the bytes that a user may keep', function () {
  this.timeout(60_000);
  const app = useApp({ users: ['ada', 'bob'], config: { maxMediaBytesPerUser: limit } });

  /** Noise: no two are the same, and none gets smaller. */
  const picture = () =>
    sharp(randomBytes(80 * 80 * 3), { raw: { width: 80, height: 80, channels: 3 } })
      .png()
      .toBuffer();
  const kept = async (name: string): Promise<{ bytes: number; files: number }> => {
    const { id } = await app.db('users').where({ username: name }).first('id');
    const rows = await app.db('media_files').where({ user_id: id }).select<{ size: number }[]>('size');
    return { bytes: rows.reduce((sum, { size }) => sum + Number(size), 0), files: rows.length };
  };

  it('are not exceeded by fifty uploads at once, and are his own', async () => {
    const pictures = await Promise.all(Array.from({ length: 50 }, picture));
    const answers = await Promise.all(pictures.map((bytes) => upload(app.as('ada'), bytes, 'noise.png', 'image/png')));
    const statuses = new Set(answers.map(({ status }) => status));
    const made = answers.filter(({ status }) => status === 201).length;
    const { bytes, files } = await kept('ada');
    assert.deepEqual([...statuses].toSorted(), [201, 409], JSON.stringify(answers.at(-1)?.body));
    assert.equal(files, made);
    assert.ok(bytes <= limit, `${bytes} bytes`);
    assert.ok(bytes > limit / 2, `${bytes} bytes: most of it could be used`);
    await upload(app.as('bob'), await picture(), 'noise.png', 'image/png').expect(201);
  });
});
