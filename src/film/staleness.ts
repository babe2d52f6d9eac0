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

/** The SHA-256, in hex, of the newest take of this subject that was made from exactly this input, shown or not; undefined where there is none. */
export type FindEqual = (
  kind: 'character_sheet' | 'image' | 'clip',
  subjectId: string,
  inputHash: string,
) => string | undefined;

/** `used`: the SHA-256 of the file that a film made now would take; undefined where it would buy one. */
interface Settled {
  state: TakeState;
  used: string | undefined;
}

/** `hash` answers undefined where something it is made from would be bought, so that nobody knows yet what would be sent. */
function settle(
  shown: Picked | undefined,
  hash: () => string | undefined,
  equal: (hash: string) => string | undefined,
): Settled {
  if (shown?.picked) return { state: 'current', used: shown.sha256 };
  const wanted = hash();
  if (shown && shown.inputHash === wanted) return { state: 'current', used: shown.sha256 };
  return { state: shown ? 'stale' : 'missing', used: wanted === undefined ? undefined : equal(wanted) };
}

interface SettledFilm {
  sheets: ReadonlyMap<string, Settled>;
  scenes: ReadonlyMap<string, { image: Settled; video: Settled }>;
}

/** Step by step as a film goes about it, and by the very hashes its steps compare: what a step finds is what the next is made from. */
function settleFilm(film: FilmMaterial, findEqual: FindEqual): SettledFilm {
  const sheets = new Map(film.sheets.map((sheet) => [sheet.id, settleSheet(film, sheet, findEqual)]));
  const scenes = new Map(
    film.scenes.map((scene) => {
      const cast = castOf(film, scene);
      const looks = allKnown(cast.map(({ id }) => sheets.get(id)?.used));
      const image = settleImage(film, scene, { cast, looks }, findEqual);
      return [scene.id, { image, video: settleVideo(film, scene, allKnown([image.used, looks].flat()), findEqual) }];
    }),
  );
  return { sheets, scenes };
}

const castOf = ({ sheets }: FilmMaterial, { characterSheetIds }: SceneMaterial): SheetMaterial[] =>
  characterSheetIds.flatMap((id) => sheets.filter((sheet) => sheet.id === id));

function allKnown(hashes: readonly (string | undefined)[]): string[] | undefined {
  const known = hashes.filter((hash) => hash !== undefined);
  return known.length === hashes.length ? known : undefined;
}

function settleSheet({ models, style, references }: FilmMaterial, sheet: SheetMaterial, findEqual: FindEqual): Settled {
  const input = { kind: 'character_sheet', model: models.image, size: sheetSize, references } as const;
  return settle(
    sheet.shown,
    () => pictureHash({ ...input, prompt: sheetPrompt(sheet, style) }),
    (hash) => findEqual('character_sheet', sheet.id, hash),
  );
}

function settleImage(
  { models, aspectRatio, style, references }: FilmMaterial,
  scene: SceneMaterial,
  { cast, looks }: { cast: SheetMaterial[]; looks: string[] | undefined },
  findEqual: FindEqual,
): Settled {
  const input = { kind: 'image', model: models.image, size: frameSizes[aspectRatio].picture } as const;
  return settle(
    scene.picture,
    () =>
      looks &&
      pictureHash({ ...input, prompt: scenePrompt(scene, cast, style), references: [...looks, ...references] }),
    (hash) => findEqual('image', scene.id, hash),
  );
}

/** `references`: the picture it starts from, and the looks of its cast. */
function settleVideo(
  { models, sceneSeconds }: FilmMaterial,
  scene: SceneMaterial,
  references: string[] | undefined,
  findEqual: FindEqual,
): Settled {
  return settle(
    scene.clip,
    () => references && clipHash({ model: models.video, prompt: clipPrompt(scene), seconds: sceneSeconds, references }),
    (hash) => findEqual('clip', scene.id, hash),
  );
}

/**
 * Whether what is shown is what a film made now would show. What is made from something that is not current is not current either, since
 * it would be made from something else; only a picked take is current by itself.
 */
export function filmStates(film: FilmMaterial): FilmStates {
  const settled = settleFilm(film, () => undefined);
  const sheets = new Map([...settled.sheets].map(([id, { state }]) => [id, state]));
  const scenes = new Map(
    film.scenes.map((scene) => {
      const { image, video } = settled.scenes.get(scene.id) ?? {};
      return [
        scene.id,
        { image: image?.state ?? 'missing', video: video?.state ?? 'missing', said: saidState(film, scene) },
      ];
    }),
  );
  const clipsAreCurrent = film.scenes.every(({ id }) => scenes.get(id)?.video === 'current');
  return { film: filmState(film, clipsAreCurrent), sheets, scenes };
}

/** Keys of the steps of a film made now that buy nothing, since what is shown holds or an earlier take is equal. */
export function reusableSteps(film: FilmMaterial, findEqual: FindEqual): Set<string> {
  const { sheets, scenes } = settleFilm(film, findEqual);
  const steps: [string, Settled][] = [...sheets].map(([id, sheet]) => [`drawCharacterSheet:${id}`, sheet]);
  for (const [id, { image, video }] of scenes) {
    steps.push([`drawSceneImage:${id}`, image], [`shootSceneClip:${id}`, video]);
  }
  return new Set(steps.flatMap(([key, { used }]) => (used === undefined ? [] : key)));
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
