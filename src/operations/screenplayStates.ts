import { mediaIdOf } from '../db/ids.ts';
import { findMediaAmong, type Media } from '../db/media.ts';
import type { CharacterSheet, Scene, Screenplay } from '../db/screenplays.ts';
import { findFilmTakes, findTakesAmong, type Take } from '../db/takes.ts';
import { type FilmMaterial, type FilmStates, filmStates, type Shown } from '../film/staleness.ts';
import type { UserContext } from './context.ts';

/** What there is of a screenplay's film, and what of it still holds. */
export interface Rendering {
  /** What the states are told from. */
  material: FilmMaterial;
  states: FilmStates;
  /** Of the latest film. */
  film: { take: Take; media: Media } | undefined;
  /** Every file shown, by id. */
  media: ReadonlyMap<string, Media>;
}

type Reading = Pick<UserContext, 'db' | 'config' | 'user'>;

export async function renderingOf(ctx: Reading, screenplay: Screenplay): Promise<Rendering> {
  const [rendering] = await renderingsOf(ctx, [screenplay]);
  if (!rendering) throw new Error('each screenplay has its rendering');
  return rendering;
}

/** Compares what is shown with what would be sent now; two queries for the takes, one for the files, however many screenplays. */
export async function renderingsOf({ db, config, user }: Reading, screenplays: Screenplay[]): Promise<Rendering[]> {
  const [takes, films] = await Promise.all([
    findTakesAmong(db, screenplays.flatMap(takeIdsOf)),
    findFilmTakes(
      db,
      screenplays.map(({ id }) => id),
    ),
  ]);
  const filmFiles = films.flatMap(({ mediaId, parts }) => [mediaId, ...Object.values(parts)]);
  const files = await findMediaAmong(db, [...screenplays.flatMap(mediaIdsOf), ...filmFiles], user.id);
  const media = new Map(files.map((file) => [file.id, file]));
  const models = { image: config.vendors.gemini.model, video: config.vendors.tuzi.model };
  return screenplays.map((screenplay) => {
    const take = films.find(({ subjectId }) => subjectId === screenplay.id);
    const latest = { filmInputHash: take?.inputHash, filmNarrationHashes: take?.narrationHashes ?? undefined };
    const material = { models, ...latest, ...materialOf(screenplay, takes, media) };
    const file = take && media.get(take.mediaId);
    return { material, states: filmStates(material), film: take && file && { take, media: file }, media };
  });
}

const takeIdsOf = ({ scenes, characterSheets }: Screenplay): string[] => [
  ...scenes.flatMap(({ imageTakeId, videoTakeId }) => [imageTakeId ?? [], videoTakeId ?? []].flat()),
  ...characterSheets.flatMap(({ takeId }) => takeId ?? []),
];

const urlsOf = ({ combinedViewUrl, frontViewUrl, sideViewUrl, backViewUrl }: CharacterSheet) => [
  combinedViewUrl,
  frontViewUrl,
  sideViewUrl,
  backViewUrl,
];

function mediaIdsOf({ scenes, characterSheets, referenceMediaIds }: Screenplay): string[] {
  const urls = [
    ...scenes.flatMap(({ imageUrl, videoUrl }) => [imageUrl, videoUrl]),
    ...characterSheets.flatMap(urlsOf),
  ];
  return [...referenceMediaIds, ...urls.flatMap((url) => mediaIdOf(url) ?? [])];
}

type Material = Omit<FilmMaterial, 'models' | 'filmInputHash' | 'filmNarrationHashes'>;

function materialOf(screenplay: Screenplay, takes: readonly Take[], media: Rendering['media']): Material {
  const { aspectRatio, sceneSeconds, style, referenceMediaIds, scenes, characterSheets } = screenplay;
  const shown = shownIn(takes, media);
  return {
    aspectRatio,
    sceneSeconds,
    style,
    references: referenceMediaIds.flatMap((id) => media.get(id)?.sha256.toString('hex') ?? []),
    sheets: characterSheets.map((sheet) => ({ ...sheet, shown: pickedSheet(sheet, shown) })),
    scenes: scenes.map((scene) => ({ ...scene, ...pickedOf(scene, shown) })),
  };
}

type FindShown = (takeId: string | null, url: string | null) => Shown | undefined;

function shownIn(takes: readonly Take[], media: Rendering['media']): FindShown {
  const hashes = new Map(takes.map(({ id, inputHash }) => [id, inputHash]));
  return (takeId, url) => {
    const file = media.get(mediaIdOf(url) ?? '');
    return file && { inputHash: hashes.get(takeId ?? '') ?? null, sha256: file.sha256.toString('hex') };
  };
}

function pickedSheet({ takeId, combinedViewUrl, picked }: CharacterSheet, shown: FindShown) {
  const sheet = shown(takeId, combinedViewUrl);
  return sheet && { ...sheet, picked };
}

function pickedOf(scene: Scene, shown: FindShown) {
  const picture = shown(scene.imageTakeId, scene.imageUrl);
  const clip = shown(scene.videoTakeId, scene.videoUrl);
  return {
    picture: picture && { ...picture, picked: scene.imagePicked },
    clip: clip && { ...clip, picked: scene.videoPicked },
  };
}
