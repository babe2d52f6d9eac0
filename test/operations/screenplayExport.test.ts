import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';
import { mediaPath } from '../../src/db/ids.ts';
import type { Screenplay } from '../../src/db/screenplays.ts';
import { useApp } from '../http/testApp.ts';
import { addPicture, addScreenplay, missingId } from './fixtures.ts';

/** Every file of a ZIP by its name; yauzl refuses names that leave the folder and sums that do not fit. */
async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const zip = await yauzl.fromBufferPromise(bytes);
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
  return files;
}

describe('exportScreenplay', () => {
  const app = useApp({ users: ['ada', 'bob'] });
  let own: Screenplay;
  let picture: string;
  before(async () => {
    own = await addScreenplay(app.db, app.sessionOf('ada').userId);
    picture = await addPicture(app, 'ada');
    await app
      .db('scenes')
      .where({ id: own.scenes[0]?.id })
      .update({ image_url: mediaPath(picture) });
    await app.db('screenplays').where({ id: own.id }).update({ title: '看海的/小猫\\"x' });
  });
  const download = (name: string, id = own.id) => app.as(name).get(`/api/v1/screenplays/${id}/export`);

  it('holds the screenplay, what is drawn of it, and a manifest with the sum of each file', async () => {
    const { body, headers } = await download('ada').responseType('blob').expect(200);
    assert.equal(headers['content-type'], 'application/zip');
    assert.match(
      headers['content-disposition'] ?? '',
      /^attachment; filename="screenplay\.zip"; filename\*=UTF-8''%E7/,
    );
    const files = await unzip(body);
    assert.deepEqual([...files.keys()].sort(), ['manifest.json', 'scenes/01/picture.jpg', 'screenplay.json']);
    const manifest = JSON.parse(String(files.get('manifest.json')));
    assert.deepEqual(manifest.files.map(({ path }: { path: string }) => path).sort(), [
      'scenes/01/picture.jpg',
      'screenplay.json',
    ]);
    for (const { path, size, sha256 } of manifest.files) {
      const bytes = files.get(path) ?? Buffer.alloc(0);
      assert.deepEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')], [size, sha256]);
    }
    const { scenes, characters } = JSON.parse(String(files.get('screenplay.json')));
    assert.deepEqual(
      [scenes[0].picture, scenes[1].picture, scenes[0].characters],
      ['scenes/01/picture.jpg', null, ['Mimi']],
    );
    assert.equal(characters[0].description, 'a white kitten');
  });

  it('breaks off where a file cannot be read, rather than ending as if it were whole', async () => {
    const files = app.db('media_files').where({ id: picture });
    const { storage_path } = await files.clone().first('storage_path');
    await files.clone().update({ storage_path: storage_path.replace(picture, missingId) });
    await assert.rejects(async () => download('ada').responseType('blob'), /aborted|hang up/);
    await files.update({ storage_path });
  });

  it('is for its owner, and for those who take a ZIP', async () => {
    const foreign = await download('bob').expect(404);
    const missing = await download('bob', missingId).expect(404);
    assert.deepEqual({ ...foreign.body, requestId: '' }, { ...missing.body, requestId: '' });
    await download('ada', 'x').expect(400);
    await download('ada').set('Accept', 'image/png').expect(406);
    await app.as('ada').head(`/api/v1/screenplays/${own.id}/export`).expect(200);
    await app.anyone().get(`/api/v1/screenplays/${own.id}/export`).expect(401);
  });
});
