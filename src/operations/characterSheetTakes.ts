import { findCharacterSheet } from '../db/characterSheets.ts';
import { type CharacterSheet, reopenScreenplay } from '../db/screenplays.ts';
import { pickSheetTake, viewsOf } from '../db/selections.ts';
import { findTakeOf, listTakesOf, type Take } from '../db/takes.ts';
import { errors } from '../errors.ts';
import { type Addresses, addressesFor } from './addresses.ts';
import type { Operation, UserContext } from './context.ts';
import { pageOf, success } from './envelope.ts';
import { found } from './found.ts';
import { changeScreenplay, ownScreenplay, showCharacterSheet } from './screenplayViews.ts';
import { takeView } from './takeView.ts';

function sheetTakeView(take: Take, { takeId }: CharacterSheet, addresses: Addresses) {
  const views = viewsOf(take.parts);
  const urlOf = (view: 'front' | 'side' | 'back') => (views ? addresses.content(views[view]) : null);
  return {
    ...takeView(take, addresses),
    combinedViewUrl: addresses.content(take.mediaId),
    frontViewUrl: urlOf('front'),
    sideViewUrl: urlOf('side'),
    backViewUrl: urlOf('back'),
    selected: take.id === takeId,
  };
}

async function ownSheet(ctx: UserContext, screenplayId: string, id: string): Promise<CharacterSheet> {
  await ownScreenplay(ctx, screenplayId);
  return found(await findCharacterSheet(ctx.db, screenplayId, id), 'character sheet');
}

export const listCharacterSheetTakes: Operation<'listCharacterSheetTakes'> = async (ctx, { path, query }) => {
  const sheet = await ownSheet(ctx, path.screenplayId, path.characterSheetId);
  const takes = await listTakesOf(ctx.db, sheet.id, query);
  const addresses = addressesFor(ctx);
  return {
    status: 200,
    body: success(
      ctx,
      pageOf(takes, (take) => sheetTakeView(take, sheet, addresses)),
    ),
  };
};

export const selectCharacterSheetTake: Operation<'selectCharacterSheetTake'> = async (ctx, { path }) => {
  const { screenplayId, characterSheetId, takeId } = path;
  await changeScreenplay(ctx, screenplayId, async (within) => {
    const sheet = await ownSheet(within, screenplayId, characterSheetId);
    const take = found(await findTakeOf(within.db, sheet.id, takeId), 'take');
    const views = viewsOf(take.parts);
    if (!views) throw errors.wrongState('take', 'without its views');
    await reopenScreenplay(within.db, screenplayId);
    await pickSheetTake(within.db, sheet, { takeId: take.id, views });
  });
  const sheet = await showCharacterSheet(ctx, screenplayId, characterSheetId);
  return { status: 200, body: success(ctx, sheet, 'updated') };
};
