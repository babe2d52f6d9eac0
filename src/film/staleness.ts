import type { AspectRatio } from './glossary.ts';
import { frameSizes, sheetSize } from './params.ts';
import { clipPrompt, scenePrompt, sheetPrompt } from './prompts.ts';
import { clipHash, filmHash, narrationHash, pictureHash } from './takeInputs.ts';

/** Whether a film made now would use what is there: `stale` would be made anew, `missing` was never made. */
export type TakeState = 'current' | 'stale' | 'missing';

/** A selected take: what it was made from (null where nobody knows any more) and the SHA-256 of its file, both in hex. */
export interface Shown {
  inputHash: string | null;
  sha256: string;
}

/** `picked`: a person chose it, so it stays whatever it was made from. */
export type Picked = Shown & { picked: boolean };

export interface SheetMaterial {
  id: string;
  name: string;
  description: string;
  shown: Picked | undefined;
}

export interface SceneMaterial {
  id: string;
  narration: string;
  imagePrompt: string;
  videoPrompt: string;
  characterSheetIds: readonly string[];
  picture: Picked | undefined;
  clip: Picked | undefined;
}

/** Everything a film is made from, and what there is of it. `references` are the SHA-256 of the user's own pictures. */
export interface FilmMaterial {
  models: { image: string; video: string };
  aspectRatio: AspectRatio;
  sceneSeconds: number;
  style: string | undefined;
  references: readonly string[];
  sheets: readonly SheetMaterial[];
  scenes: readonly SceneMaterial[];
  /** Of the latest film. */
  filmInputHash: string | undefined;
  /** Of each narration that the latest film says, by the id of its scene; undefined where there is none, or where it was not kept. */
  filmNarrationHashes: Readonly<Record<string, string>> | undefined;
}

export interface FilmStates {
  film: TakeState;
  /** By the id of the sheet. */
  sheets: ReadonlyMap<string, TakeState>;
  /** By the id of the scene. */
  scenes: ReadonlyMap<string, SceneStates>;
}

/** `said`: whether the latest film says the narration as it is now; `missing` where it is not known to say anything of the scene. */
export interface SceneStates {
  image: TakeState;
  video: TakeState;
  said: TakeState;
}

const stateOf = (shown: Shown | undefined, isCurrent: () => boolean): TakeState => {
  if (!shown) return 'missing';
  return isCurrent() ? 'current' : 'stale';
};

/**
 * What a film made now would make anew, by the very hashes its steps compare. What is made from something that is not current is not
 * current either, since it would be made from something else; only a picked take is current by itself.
 */
export function filmStates(film: FilmMaterial): FilmStates {
  const sheets = new Map(film.sheets.map((sheet) => [sheet.id, sheetState(film, sheet)]));
  const scenes = new Map(
    film.scenes.map((scene) => {
      const cast = castOf(film, scene);
      const image = imageState(film, scene, cast, sheets);
      const video = videoState(film, scene, cast, image);
      return [scene.id, { image, video, said: saidState(film, scene) }];
    }),
  );
  const clipsAreCurrent = film.scenes.every(({ id }) => scenes.get(id)?.video === 'current');
  return { film: filmState(film, clipsAreCurrent), sheets, scenes };
}

const castOf = ({ sheets }: FilmMaterial, { characterSheetIds }: SceneMaterial): SheetMaterial[] =>
  characterSheetIds.flatMap((id) => sheets.filter((sheet) => sheet.id === id));

function sheetState({ models, style, references }: FilmMaterial, sheet: SheetMaterial): TakeState {
  const input = { kind: 'character_sheet', model: models.image, size: sheetSize, references } as const;
  return stateOf(
    sheet.shown,
    () =>
      sheet.shown?.picked === true ||
      sheet.shown?.inputHash === pictureHash({ ...input, prompt: sheetPrompt(sheet, style) }),
  );
}

const shaOf = (sheets: readonly SheetMaterial[]): string[] => sheets.flatMap(({ shown }) => shown?.sha256 ?? []);

function imageState(
  { models, aspectRatio, style, references }: FilmMaterial,
  scene: SceneMaterial,
  cast: SheetMaterial[],
  sheets: FilmStates['sheets'],
): TakeState {
  const { picture } = scene;
  const hash = () =>
    pictureHash({
      kind: 'image',
      model: models.image,
      prompt: scenePrompt(scene, cast, style),
      size: frameSizes[aspectRatio].picture,
      references: [...shaOf(cast), ...references],
    });
  const castIsCurrent = cast.every(({ id }) => sheets.get(id) === 'current');
  return stateOf(picture, () => picture?.picked === true || (castIsCurrent && picture?.inputHash === hash()));
}

function videoState(
  { models, sceneSeconds }: FilmMaterial,
  scene: SceneMaterial,
  cast: SheetMaterial[],
  image: TakeState,
): TakeState {
  const { clip, picture } = scene;
  const hash = () =>
    clipHash({
      model: models.video,
      prompt: clipPrompt(scene),
      seconds: sceneSeconds,
      references: [picture?.sha256 ?? '', ...shaOf(cast)],
    });
  return stateOf(clip, () => clip?.picked === true || (image === 'current' && clip?.inputHash === hash()));
}

function saidState({ filmNarrationHashes }: FilmMaterial, { id, narration }: SceneMaterial): TakeState {
  const said = filmNarrationHashes?.[id];
  if (said === undefined) return 'missing';
  return said === narrationHash(narration) ? 'current' : 'stale';
}

function filmState({ scenes, aspectRatio, filmInputHash }: FilmMaterial, clipsAreCurrent: boolean): TakeState {
  if (filmInputHash === undefined) return 'missing';
  const clips = scenes.map(({ clip }) => clip?.sha256 ?? '');
  const narration = scenes.map((scene) => scene.narration);
  const made = filmInputHash === filmHash({ clips, narration, frame: aspectRatio });
  return clipsAreCurrent && made ? 'current' : 'stale';
}
