import type { Knex } from 'knex';
import sharp from 'sharp';
import { newId } from '../../src/db/ids.ts';
import { insertScreenplay, type Screenplay } from '../../src/db/screenplays.ts';
import { startTask } from '../../src/engine/tasks.ts';
import type { ScreenplayParams } from '../../src/film/glossary.ts';
import type { Agent, TestApp } from '../http/testApp.ts';

export const missingId = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e02';

export const story: ScreenplayParams = {
  prompt: 'A kitten crosses the city to see the sea',
  images: [],
  sceneCount: 2,
  characterCount: 1,
  sceneSeconds: 5,
  language: 'zh',
};

const scene = (sceneId: number) => ({
  sceneId,
  narration: `第${sceneId}幕。`,
  imagePrompt: 'anime style, manga art, 2D animation, cel shaded, a kitten',
  videoPrompt: 'the kitten walks',
  characterDescription: 'a small white kitten',
  characters: ['Mimi'],
});

/** A screenplay of two scenes and one character, as its task would have left it. */
export async function addScreenplay(db: Knex, userId: string, status: Screenplay['status'] = 'draft') {
  const task = await db.transaction((trx) => startTask(trx, { type: 'screenplay', params: story, userId }));
  await db('tasks').where({ id: task.id }).update({ status: 'completed', progress: 100 });
  return insertScreenplay(db, {
    taskId: task.id,
    userId,
    status,
    language: 'zh',
    sceneSeconds: 5,
    referenceMediaIds: [],
    draft: {
      title: 'The Sea',
      scenes: [scene(1), scene(2)],
      characters: [{ name: 'Mimi', description: 'a white kitten' }],
    },
  });
}

/** A photograph as phones make them: on its side, with a name in its EXIF. */
export const photo = (): Promise<Buffer> =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: '#37a' } })
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD0: { Artist: 'SECRET-ARTIST' } })
    .jpeg()
    .toBuffer();

export const upload = (agent: Agent, bytes: Buffer, filename = 'photo.jpg', contentType = 'image/jpeg') =>
  agent.post('/api/v1/media').attach('file', bytes, { filename, contentType });

/** Uploads a photograph and answers its media id. */
export async function addPicture(app: TestApp, name: string): Promise<string> {
  const { body } = await upload(app.as(name), await photo()).expect(201);
  return body.data.id;
}

/** A media row of another type, without bytes behind it. */
export async function addMediaRow(db: Knex, userId: string, type: 'video' | 'subtitle'): Promise<string> {
  const id = newId();
  const [extension, mimeType] = type === 'video' ? ['mp4', 'video/mp4'] : ['srt', 'application/x-subrip'];
  await db('media_files').insert({
    id,
    user_id: userId,
    type,
    storage_path: `media/${userId}/${id}.${extension}`,
    url: `/api/v1/media/${id}/content`,
    mime_type: mimeType,
    size: 10,
    sha256: Buffer.alloc(32),
  });
  return id;
}

/** The path and query of an absolute address. */
export const localPart = (address: string): string => {
  const { pathname, search } = new URL(address);
  return pathname + search;
};
