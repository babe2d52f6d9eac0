import type { StepRegistry } from '../engine/step.ts';
import { assembleFilm } from './assembleFilm.ts';
import { drawCharacterSheet } from './drawCharacterSheet.ts';
import { drawImage } from './drawImage.ts';
import { drawSceneImage } from './drawSceneImage.ts';
import { shootClip } from './shootClip.ts';
import { shootSceneClip } from './shootSceneClip.ts';
import type { StepTools } from './tools.ts';
import { writeScreenplay } from './writeScreenplay.ts';

/** Every kind of step, ready to run. */
export const createSteps = (tools: StepTools): StepRegistry => ({
  writeScreenplay: writeScreenplay(tools),
  drawCharacterSheet: drawCharacterSheet(tools),
  drawSceneImage: drawSceneImage(tools),
  drawImage: drawImage(tools),
  shootSceneClip: shootSceneClip(tools),
  shootClip: shootClip(tools),
  assembleFilm: assembleFilm(tools),
});
