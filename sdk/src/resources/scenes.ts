import type { Core, Wire } from '../core.js';
import { ScreenplaysApi } from '../generated/apis/ScreenplaysApi.js';
import type { CharacterRedraw } from '../generated/models/CharacterRedraw.js';
import type { CharacterSheetUpdate } from '../generated/models/CharacterSheetUpdate.js';
import type { MediaResult } from '../generated/models/MediaResult.js';
import type { SceneCreate } from '../generated/models/SceneCreate.js';
import type { SceneRedraw } from '../generated/models/SceneRedraw.js';
import type { SceneTakeKind } from '../generated/models/SceneTakeKind.js';
import type { SceneUpdate } from '../generated/models/SceneUpdate.js';
import { Configuration } from '../generated/runtime.js';
import type { ListOptions, RequestOptions } from '../options.js';
import { taskReplyOf } from '../taskHandle.js';
import { createWatching } from './tasks.js';

const api = (wire: Wire) => new ScreenplaysApi(new Configuration(wire));

/** A scene is named by its `id`, not by the number it is shown with. */
export const createScenes = (core: Core) => ({
  add: (screenplayId: string, sceneCreate: SceneCreate, options?: RequestOptions) =>
    core.call((wire) => api(wire).addSceneRaw({ screenplayId, sceneCreate }), options),
  update: (screenplayId: string, sceneUuid: string, sceneUpdate: SceneUpdate, options?: RequestOptions) =>
    core.call((wire) => api(wire).updateSceneRaw({ screenplayId, sceneUuid, sceneUpdate }), options),
  delete: (screenplayId: string, sceneUuid: string, options?: RequestOptions) =>
    core.done((wire) => api(wire).deleteSceneRaw({ screenplayId, sceneUuid }), options),
  /** `sceneIds` names every scene of the screenplay once. */
  reorder: (screenplayId: string, sceneIds: string[], options?: RequestOptions) =>
    core.call((wire) => api(wire).reorderScenesRaw({ screenplayId, sceneOrder: { sceneIds } }), options),
  /** Has the scene's picture drawn again: another take; what was there stays. */
  regenerateImage: (screenplayId: string, sceneUuid: string, sceneRedraw: SceneRedraw = {}, options?: RequestOptions) =>
    taskReplyOf<MediaResult>(
      core.call((wire) => api(wire).regenerateSceneImageRaw({ screenplayId, sceneUuid, sceneRedraw }), options),
      createWatching(core),
    ),
  /** Has the scene's clip shot again: another take; what was there stays. */
  regenerateVideo: (screenplayId: string, sceneUuid: string, sceneRedraw: SceneRedraw = {}, options?: RequestOptions) =>
    taskReplyOf<MediaResult>(
      core.call((wire) => api(wire).regenerateSceneVideoRaw({ screenplayId, sceneUuid, sceneRedraw }), options),
      createWatching(core),
    ),
});

export interface TakeListOptions extends ListOptions {
  kind?: SceneTakeKind | undefined;
}

export const createTakes = (core: Core) => ({
  /** Everything that was ever made of the scene. */
  list: (screenplayId: string, sceneUuid: string, { kind, ...options }: TakeListOptions = {}) =>
    core.list((wire, page) => api(wire).listSceneTakesRaw({ screenplayId, sceneUuid, kind, ...page }), options),
  /** Makes this take the one the film is cut from. */
  select: (screenplayId: string, sceneUuid: string, takeId: string, options?: RequestOptions) =>
    core.call((wire) => api(wire).selectTakeRaw({ screenplayId, sceneUuid, takeId }), options),
});

export const createCharacters = (core: Core) => ({
  /** Every sheet that was ever drawn of the character. */
  listTakes: (screenplayId: string, characterSheetId: string, options?: ListOptions) =>
    core.list(
      (wire, page) => api(wire).listCharacterSheetTakesRaw({ screenplayId, characterSheetId, ...page }),
      options,
    ),
  /** Makes this take the one that pictures of the character follow. */
  selectTake: (screenplayId: string, characterSheetId: string, takeId: string, options?: RequestOptions) =>
    core.call((wire) => api(wire).selectCharacterSheetTakeRaw({ screenplayId, characterSheetId, takeId }), options),
  update: (
    screenplayId: string,
    characterSheetId: string,
    characterSheetUpdate: CharacterSheetUpdate,
    options?: RequestOptions,
  ) =>
    core.call(
      (wire) => api(wire).updateCharacterSheetRaw({ screenplayId, characterSheetId, characterSheetUpdate }),
      options,
    ),
  /** Has the character's sheet drawn again, of another description if there is one. */
  regenerate: (
    screenplayId: string,
    characterSheetId: string,
    characterRedraw: CharacterRedraw = {},
    options?: RequestOptions,
  ) =>
    taskReplyOf<MediaResult>(
      core.call(
        (wire) => api(wire).regenerateCharacterSheetRaw({ screenplayId, characterSheetId, characterRedraw }),
        options,
      ),
      createWatching(core),
    ),
});

export type Scenes = ReturnType<typeof createScenes>;
export type Takes = ReturnType<typeof createTakes>;
export type Characters = ReturnType<typeof createCharacters>;
