import { mediaIdOf } from '../db/ids.ts';
import { findMediaAmong, insertMedia } from '../db/media.ts';
import { loadScene, type SceneMaterial } from '../db/scenes.ts';
import { selectSceneImage } from '../db/selections.ts';
import { insertTake } from '../db/takes.ts';
import type { Step } from '../engine/step.ts';
import { frameSizes } from '../film/params.ts';
import { scenePrompt } from '../film/prompts.ts';
import { drawPicture, keepPicture } from './drawPicture.ts';
import { frameOf } from './frame.ts';
import { gone } from './gone.ts';
import type { StepTools } from './tools.ts';

/** Draws one scene with its characters' sheets attached. The engine fences, retries and records the result. */
export const drawSceneImage =
  (tools: StepTools): Step =>
  async (context) => {
    const { db, step, task } = context;
    const filming = task.type === 'film';
    const sceneUuid = step.subjectId ?? '';
    const material = await loadScene(db, sceneUuid);
    if (!material) throw gone('scene');
    const { scene } = material;
    const order = {
      kind: 'image' as const,
      subjectId: sceneUuid,
      prompt: scenePrompt(scene, material.sheets, material.style),
      size: frameSizes[filming ? frameOf(task) : material.aspectRatio].picture,
      references: await findMediaAmong(db, referencesOf(material), step.userId),
      selected: { takeId: scene.imageTakeId, picked: scene.imagePicked },
    };
    const drawn = await drawPicture(tools, context, order, async (file, dir) => {
      return { media: [await keepPicture(tools, context, file, dir)], more: undefined };
    });
    const { mediaId } = drawn.take;
    return {
      end: 'done',
      result: { mediaId, reused: drawn.reused },
      taskResult: task.type === 'image' ? async () => ({ mediaId }) : undefined,
      record: async (trx) => {
        if (!drawn.reused) for (const media of drawn.media) await insertMedia(trx, media);
        const takeId = drawn.reused ? drawn.take.id : await insertTake(trx, drawn.take);
        await selectSceneImage(trx, sceneUuid, { takeId, mediaId, filming });
        return undefined;
      },
    };
  };

/** Who is in the scene comes first, then what the user showed us. */
function referencesOf({ sheets, referenceMediaIds }: SceneMaterial): string[] {
  return [...sheets.flatMap(({ combinedViewUrl }) => mediaIdOf(combinedViewUrl) ?? []), ...referenceMediaIds];
}
