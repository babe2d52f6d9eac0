import type { Knex } from 'knex';
import { mediaPath, newId } from '../../src/db/ids.ts';
import type { Screenplay } from '../../src/db/screenplays.ts';
import { insertTake } from '../../src/db/takes.ts';
import { clipPrompt, scenePrompt, sheetPrompt } from '../../src/film/prompts.ts';
import { clipHash, filmHash, pictureHash } from '../../src/film/takeInputs.ts';

/** The SHA-256 every file of these fixtures has, in hex. */
const sha = '00'.repeat(32);
const models = { image: 'gemini-3-pro-image-preview-hd', video: 'sora-1' };

export interface Drawn {
  takeId: string;
  mediaId: string;
}

/** A take with a file row and no bytes. */
export async function addTake(
  db: Knex,
  userId: string,
  given: {
    kind: 'character_sheet' | 'image' | 'clip' | 'film';
    subjectId: string | null;
    inputHash: string;
    parts?: Record<string, string>;
  },
): Promise<Drawn> {
  const mediaId = await addFile(db, userId, given.kind === 'clip' || given.kind === 'film' ? 'video' : 'image');
  const takeId = await insertTake(db, {
    ...given,
    userId,
    mediaId,
    stepId: newId(),
    prompt: `a ${given.kind}`,
    vendor: 'gemini',
    model: models.image,
    referencesSent: [],
    referencesDropped: [{ mediaId, reason: 'the vendor takes 4 references at most' }],
    costMicros: 134_000,
  });
  return { takeId, mediaId };
}

export async function addFile(db: Knex, userId: string, type: 'video' | 'image' | 'subtitle'): Promise<string> {
  const id = newId();
  const [extension, mime] = { video: ['mp4', 'video/mp4'], image: ['png', 'image/png'], subtitle: ['srt', 'text/vtt'] }[
    type
  ];
  await db('media_files').insert({
    id,
    user_id: userId,
    type,
    storage_path: `media/${userId}/${id}.${extension}`,
    url: mediaPath(id),
    mime_type: mime,
    size: 10,
    duration: type === 'video' ? 5 : null,
    sha256: Buffer.from(sha, 'hex'),
  });
  return id;
}

/** Sheets, pictures, clips and a film as the steps would have left them: all of it current. */
export async function drawEverything(db: Knex, screenplay: Screenplay): Promise<void> {
  const { userId, characterSheets, scenes } = screenplay;
  for (const sheet of characterSheets) {
    const input = { kind: 'character_sheet', model: models.image, size: '1536x864', references: [] } as const;
    const inputHash = pictureHash({ ...input, prompt: sheetPrompt(sheet) });
    const { takeId, mediaId } = await addTake(db, userId, { kind: 'character_sheet', subjectId: sheet.id, inputHash });
    await db('character_sheets')
      .where({ id: sheet.id })
      .update({ take_id: takeId, combined_view_url: mediaPath(mediaId) });
  }
  for (const scene of screenplay.scenes) {
    const inputHash = pictureHash({
      kind: 'image',
      model: models.image,
      prompt: scenePrompt(scene, characterSheets),
      size: '1536x864',
      references: [sha],
    });
    const picture = await addTake(db, userId, { kind: 'image', subjectId: scene.id, inputHash });
    const clipInput = { model: models.video, prompt: clipPrompt(scene), seconds: 5, references: [sha, sha] };
    const clip = await addTake(db, userId, { kind: 'clip', subjectId: scene.id, inputHash: clipHash(clipInput) });
    await db('scenes')
      .where({ id: scene.id })
      .update({
        image_url: mediaPath(picture.mediaId),
        image_take_id: picture.takeId,
        video_url: mediaPath(clip.mediaId),
        video_take_id: clip.takeId,
        status: 'completed',
      });
  }
  const parts = {
    poster: await addFile(db, userId, 'image'),
    srt: await addFile(db, userId, 'subtitle'),
    vtt: await addFile(db, userId, 'subtitle'),
  };
  const narration = scenes.map((scene) => scene.narration);
  const inputHash = filmHash({ clips: scenes.map(() => sha), narration, frame: '16:9' });
  await addTake(db, userId, { kind: 'film', subjectId: screenplay.id, inputHash, parts });
  await db('screenplays').where({ id: screenplay.id }).update({ status: 'completed' });
}
