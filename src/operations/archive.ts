import { createHash } from 'node:crypto';
import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { mediaIdOf } from '../db/ids.ts';
import type { Media } from '../db/media.ts';
import type { CharacterSheet, Scene, Screenplay } from '../db/screenplays.ts';
import { extensionOf } from '../storage/keys.ts';
import type { ObjectStore } from '../storage/objectStore.ts';
import type { Rendering } from './screenplayStates.ts';

/** A file of the store under its name in the archive. */
interface ArchivedFile {
  path: string;
  media: Media;
}

export interface Archive {
  /** What is made here rather than stored: the screenplay and the manifest. */
  texts: { path: string; text: string }[];
  files: ArchivedFile[];
}

/** Everything a screenplay shows, under names that are safe on every system. The manifest comes last and lists the rest. */
export function archiveOf(screenplay: Screenplay, { film, states, media }: Rendering): Archive {
  const files: ArchivedFile[] = [];
  const add = (mediaId: string | null | undefined, name: string): string | null => {
    const file = media.get(mediaId ?? '');
    if (!file) return null;
    const path = `${name}.${extensionOf(file.mimeType) ?? 'bin'}`;
    files.push({ path, media: file });
    return path;
  };
  const written = {
    title: screenplay.title,
    language: screenplay.language,
    aspectRatio: screenplay.aspectRatio,
    sceneSeconds: screenplay.sceneSeconds,
    filmState: states.film,
    film: film && add(film.media.id, 'film'),
    poster: add(film?.take.parts.poster, 'poster'),
    subtitles: [add(film?.take.parts.srt, 'film'), add(film?.take.parts.vtt, 'film')].filter((path) => path !== null),
    references: screenplay.referenceMediaIds.map((id, index) => add(id, `references/${index + 1}`)),
    characters: screenplay.characterSheets.map((sheet, index) => characterIn(sheet, index, add)),
    scenes: screenplay.scenes.map((scene) => sceneIn(scene, screenplay, add)),
  };
  const texts = [{ path: 'screenplay.json', text: `${JSON.stringify(written, null, 2)}\n` }];
  return { files, texts: [...texts, manifestOf(texts, files)] };
}

type Add = (mediaId: string | null, name: string) => string | null;

function characterIn(sheet: CharacterSheet, index: number, add: Add) {
  const view = (url: string | null, name: string) => add(mediaIdOf(url), `characters/${index + 1}/${name}`);
  return {
    name: sheet.name,
    description: sheet.description,
    combinedView: view(sheet.combinedViewUrl, 'combined'),
    frontView: view(sheet.frontViewUrl, 'front'),
    sideView: view(sheet.sideViewUrl, 'side'),
    backView: view(sheet.backViewUrl, 'back'),
  };
}

function sceneIn(scene: Scene, { characterSheets }: Screenplay, add: Add) {
  const folder = `scenes/${String(scene.sceneId).padStart(2, '0')}`;
  return {
    sceneId: scene.sceneId,
    narration: scene.narration,
    imagePrompt: scene.imagePrompt,
    videoPrompt: scene.videoPrompt,
    characterDescription: scene.characterDescription,
    characters: characterSheets.filter(({ id }) => scene.characterSheetIds.includes(id)).map(({ name }) => name),
    picture: add(mediaIdOf(scene.imageUrl), `${folder}/picture`),
    clip: add(mediaIdOf(scene.videoUrl), `${folder}/clip`),
  };
}

function manifestOf(texts: Archive['texts'], files: readonly ArchivedFile[]) {
  const listed = [
    ...texts.map(({ path, text }) => {
      const sha256 = createHash('sha256').update(text).digest('hex');
      return { path, size: Buffer.byteLength(text), sha256 };
    }),
    ...files.map(({ path, media: { size, sha256 } }) => ({ path, size, sha256: sha256.toString('hex') })),
  ];
  return { path: 'manifest.json', text: `${JSON.stringify({ files: listed }, null, 2)}\n` };
}

/** The archive as it is written. A file is opened when its turn comes; one that cannot be read breaks the stream off. */
export function zipStream(store: ObjectStore, { files, texts }: Archive): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  const open = new Set<Readable>();
  const fail = (error: Error) => out.destroy(error);
  zip.on('error', fail);
  for (const { path, text } of texts) zip.addBuffer(Buffer.from(text), path);
  for (const { path, media } of files) {
    // Pictures and clips are packed as they are.
    zip.addReadStreamLazy(path, { compress: false, size: media.size, mtime: media.createdAt }, (give) => {
      store.read(media.storagePath).then((stream) => {
        open.add(stream.on('close', () => open.delete(stream)).on('error', fail));
        if (out.destroyed) stream.destroy();
        give(null, stream);
      }, fail);
    });
  }
  zip.end();
  out.on('close', () => {
    for (const stream of open) stream.destroy();
  });
  return zip.outputStream.pipe(out);
}
