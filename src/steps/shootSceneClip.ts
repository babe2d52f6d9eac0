import { mediaIdOf } from '../db/ids.ts';
import { findMediaAmong, insertMedia } from '../db/media.ts';
import { loadScene } from '../db/scenes.ts';
import { selectSceneClip } from '../db/selections.ts';
import { insertTake } from '../db/takes.ts';
import type { Step, StepContext } from '../engine/step.ts';
import { clipPrompt } from '../film/prompts.ts';
import { clipHash } from '../film/takeInputs.ts';
import { gone } from './gone.ts';
import { type ClipOrder, shoot } from './shoot.ts';
import type { StepTools } from './tools.ts';

/** Animates one scene's picture, or finds the clip a film need not buy. */
export const shootSceneClip =
  (tools: StepTools): Step =>
  async (context) => {
    const { step, task } = context;
    const filming = task.type === 'film';
    const sceneUuid = step.subjectId ?? '';
    const shot = await shoot(tools, context, () => orderOf(tools, context));
    if ('end' in shot) return shot;
    const { mediaId } = shot.take;
    return {
      end: 'done',
      result: { mediaId, ...(shot.reused && { reused: true }) },
      taskResult: task.type === 'video' ? async () => ({ mediaId }) : undefined,
      record: async (trx) => {
        if (!shot.reused) await insertMedia(trx, shot.media);
        const takeId = shot.reused ? shot.take.id : await insertTake(trx, shot.take);
        await selectSceneClip(trx, sceneUuid, { takeId, mediaId, filming });
        return undefined;
      },
    };
  };

async function orderOf(tools: StepTools, { db, step }: StepContext): Promise<ClipOrder> {
  const sceneUuid = step.subjectId ?? '';
  const material = await loadScene(db, sceneUuid);
  const pictureId = mediaIdOf(material?.scene.imageUrl ?? null);
  if (!material || !pictureId) throw gone('picture');
  const sheetIds = material.sheets.flatMap(({ combinedViewUrl }) => mediaIdOf(combinedViewUrl) ?? []);
  const [firstFrame, ...references] = await findMediaAmong(db, [pictureId, ...sheetIds], step.userId);
  if (firstFrame?.id !== pictureId) throw gone('picture');
  const prompt = clipPrompt(material.scene);
  const shown = [firstFrame, ...references].map(({ sha256 }) => sha256.toString('hex'));
  const { model } = tools.providers.video;
  const seconds = material.sceneSeconds;
  return {
    subjectId: sceneUuid,
    prompt,
    seconds,
    firstFrame,
    references,
    inputHash: clipHash({ model, prompt, seconds, references: shown }),
    selected: { takeId: material.scene.videoTakeId, picked: material.scene.videoPicked },
  };
}
