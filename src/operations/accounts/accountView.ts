import type { DataOf } from '../../contract/operation.ts';
import type { User } from '../../db/users.ts';
import { addressesFor } from '../addresses.ts';
import type { Context } from '../context.ts';

/** An account as its owner sees it. */
export const accountView = (ctx: Context, user: User): DataOf<'getCurrentUser'> => ({
  id: user.id,
  username: user.username,
  email: user.email,
  avatar: addressesFor(ctx).ofPath(user.avatarUrl),
  isAdmin: user.isAdmin,
  createdAt: user.createdAt.toISOString(),
});
