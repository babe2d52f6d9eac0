import type { Knex } from 'knex';
import { endPicksOf } from './characterSheets.ts';
import { mediaPath } from './ids.ts';
import { reopenScreenplay } from './screenplays.ts';
import type { TakeParts } from './takes.ts';

/** A take to be shown from now on. `filming`: a film chose it, not a person. */
export interface Selection {
  takeId: string;
  mediaId: string;
  filming: boolean;
}

/** The screenplay's row comes before its scenes' in every transaction that locks both. */
async function reopenOf(trx: Knex, table: 'scenes' | 'character_sheets', id: string): Promise<void> {
  const row = await trx(table).where({ id }).first<{ screenplay_id: string } | undefined>('screenplay_id');
  if (row) await reopenScreenplay(trx, row.screenplay_id);
}

const statusWithoutFilm = "case when video_url is null then 'pending' else 'completed' end";

/** Shows a take as the scene's picture. A new picture asked for by a person ends the picks: the clip has to follow it. */
export async function selectSceneImage(trx: Knex, id: string, { takeId, mediaId, filming }: Selection): Promise<void> {
  if (!filming) await reopenOf(trx, 'scenes', id);
  await trx('scenes')
    .where({ id })
    .update({
      image_url: mediaPath(mediaId),
      image_take_id: takeId,
      status: filming ? 'generating' : trx.raw(statusWithoutFilm),
      updated_at: trx.fn.now(),
      ...(!filming && { image_picked: false, video_picked: false }),
    });
}

/** Shows a take as the scene's clip. */
export async function selectSceneClip(trx: Knex, id: string, { takeId, mediaId, filming }: Selection): Promise<void> {
  if (!filming) await reopenOf(trx, 'scenes', id);
  await trx('scenes')
    .where({ id })
    .update({
      video_url: mediaPath(mediaId),
      video_take_id: takeId,
      status: 'completed',
      updated_at: trx.fn.now(),
      ...(!filming && { video_picked: false }),
    });
}

/** A person's choice, which films keep until what it is made from is edited. The clip of another picture is no pick any more. */
export async function pickSceneTake(
  trx: Knex,
  sceneUuid: string,
  take: { id: string; kind: 'image' | 'clip'; mediaId: string },
): Promise<void> {
  const shown = mediaPath(take.mediaId);
  const columns =
    take.kind === 'image'
      ? {
          image_url: shown,
          image_take_id: take.id,
          image_picked: true,
          video_picked: trx.raw('video_picked and image_take_id is not distinct from ?::uuid', [take.id]),
        }
      : { video_url: shown, video_take_id: take.id, video_picked: true, status: 'completed' };
  await trx('scenes')
    .where({ id: sceneUuid })
    .update({ ...columns, updated_at: trx.fn.now() });
}

/** Media ids of the four views. */
export interface SheetViews {
  combined: string;
  front: string;
  side: string;
  back: string;
}

/** Shows a take as the character's sheet. One that a person asked for ends the picks of the scenes the character is in. */
export async function selectSheet(
  trx: Knex,
  id: string,
  { takeId, views, filming }: { takeId: string; views: SheetViews; filming: boolean },
): Promise<void> {
  if (!filming) await reopenOf(trx, 'character_sheets', id);
  await trx('character_sheets')
    .where({ id })
    .update({ ...columnsOf(takeId, views), ...(!filming && { picked: false }) });
  if (!filming) await endPicksOf(trx, id);
}

/** A person's choice, which films keep until the character is edited. Other looks end the picks of the scenes the character is in. */
export async function pickSheetTake(
  trx: Knex,
  sheet: { id: string; takeId: string | null },
  { takeId, views }: { takeId: string; views: SheetViews },
): Promise<void> {
  await trx('character_sheets')
    .where({ id: sheet.id })
    .update({ ...columnsOf(takeId, views), picked: true });
  if (sheet.takeId !== takeId) await endPicksOf(trx, sheet.id);
}

const columnsOf = (takeId: string, views: SheetViews) => ({
  take_id: takeId,
  combined_view_url: mediaPath(views.combined),
  front_view_url: mediaPath(views.front),
  side_view_url: mediaPath(views.side),
  back_view_url: mediaPath(views.back),
});

/** The views of a take; undefined for one kept before they were written down beside it. */
export function viewsOf({ combined, front, side, back }: TakeParts): SheetViews | undefined {
  return combined && front && side && back ? { combined, front, side, back } : undefined;
}
