import type { StepRegistry } from '../engine/step.ts';
import type { WorkKind } from '../film/glossary.ts';
import { answerMessage } from './answerMessage.ts';
import { assembleFilm } from './assembleFilm.ts';
import { drawCharacterSheet } from './drawCharacterSheet.ts';
import { drawImage } from './drawImage.ts';
import { drawSceneImage } from './drawSceneImage.ts';
import { createFormCache } from './formCache.ts';
import { withMediaTroubles } from './mediaTroubles.ts';
import { shootClip } from './shootClip.ts';
import { shootSceneClip } from './shootSceneClip.ts';
import type { StepTools } from './tools.ts';
import { writeScreenplay } from './writeScreenplay.ts';

const attachableCharacters = 32 * 1024 * 1024;

/** Every kind of step, ready to run. */
export function createSteps(given: Omit<StepTools, 'attachable'>): StepRegistry {
  const tools: StepTools = { ...given, attachable: createFormCache(attachableCharacters) };
  const steps: StepRegistry = {
    writeScreenplay: writeScreenplay(tools),
    drawCharacterSheet: drawCharacterSheet(tools),
    drawSceneImage: drawSceneImage(tools),
    drawImage: drawImage(tools),
    shootSceneClip: shootSceneClip(tools),
    shootClip: shootClip(tools),
    assembleFilm: assembleFilm(tools),
    answerMessage: answerMessage(tools),
  };
  const kinds = Object.keys(steps) as WorkKind[];
  return Object.assign(steps, Object.fromEntries(kinds.map((kind) => [kind, withMediaTroubles(steps[kind])])));
}
