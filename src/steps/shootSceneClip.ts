import { mediaIdOf } from '../db/ids.ts';
import { findMediaAmong, insertMedia } from '../db/media.ts';
import { loadScene, selectSceneClip } from '../db/scenes.ts';
import { findEqualTake, insertTake } from '../db/takes.ts';
import type { Step, StepContext } from '../engine/step.ts';
import { clipPrompt } from '../film/prompts.ts';
import { gone } from './gone.ts';
import { inputHash } from './inputHash.ts';
import { type ClipOrder, shoot } from './shoot.ts';
import type { StepTools } from './tools.ts';

/** Animates one scene's picture, or finds the equal clip a film has bought before. */
export const shootSceneClip =
  (tools: StepTools): Step =>
  async (context) => {
    const { task, db } = context;
    const order = await orderOf(tools, context);
    const sceneUuid = order.subjectId;
    const equal = task.type === 'film' ? await findEqualTake(db, 'clip', sceneUuid, order.inputHash) : undefined;
    if (equal) {
      return {
        end: 'done',
        result: { mediaId: equal.mediaId, reused: true },
        record: async (trx) => {
          await selectSceneClip(trx, sceneUuid, { takeId: equal.id, mediaId: equal.mediaId });
          return undefined;
        },
      };
    }
    const shot = await shoot(tools, context, order);
    if ('end' in shot) return shot;
    const { take, media } = shot;
    return {
      end: 'done',
      result: { mediaId: media.id },
      taskResult: task.type === 'video' ? async () => ({ mediaId: media.id }) : undefined,
      record: async (trx) => {
        await insertMedia(trx, media);
        await selectSceneClip(trx, sceneUuid, { takeId: await insertTake(trx, take), mediaId: media.id });
        return undefined;
      },
    };
  };

async function orderOf(tools: StepTools, { db, step }: StepContext): Promise<ClipOrder & { subjectId: string }> {
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
    inputHash: inputHash({ kind: 'clip', model, prompt, seconds, references: shown }),
  };
}
