import type { Core, Wire } from '../core.js';
import type { Credentials } from '../credentials.js';
import { UsersApi } from '../generated/apis/UsersApi.js';
import type { ApiKeyCreate } from '../generated/models/ApiKeyCreate.js';
import type { BudgetUpdate } from '../generated/models/BudgetUpdate.js';
import type { PasswordChange } from '../generated/models/PasswordChange.js';
import type { ProfileUpdate } from '../generated/models/ProfileUpdate.js';
import type { User } from '../generated/models/User.js';
import { Configuration } from '../generated/runtime.js';
import type { ListOptions, RequestOptions } from '../options.js';
import { type Reply, replyOf } from '../reply.js';
import { fileOf, type Upload, type UploadOptions } from '../upload.js';

const api = (wire: Wire) => new UsersApi(new Configuration(wire));

/** A span of time; by default the last days, as the service has it. */
export interface SpanOptions extends RequestOptions {
  from?: Date | undefined;
  to?: Date | undefined;
}

export interface UsageOptions extends SpanOptions {
  groupBy?: 'day' | 'film' | undefined;
}

/** Oneself. */
export const createUsers = (core: Core, credentials: Credentials) => ({
  update: (profileUpdate: ProfileUpdate, options?: RequestOptions) =>
    core.call((wire) => api(wire).updateCurrentUserRaw({ profileUpdate }), options),
  setAvatar: (upload: Upload, { filename, ...options }: UploadOptions & RequestOptions = {}): Reply<User> =>
    replyOf(
      fileOf(upload, { filename, signal: options.signal }).then((file) =>
        core.call((wire) => api(wire).setAvatarRaw({ file }), options).withResponse(),
      ),
    ),
  deleteAvatar: (options?: RequestOptions) => core.call((wire) => api(wire).deleteAvatarRaw(), options),
  /** Ends every session and opens a new one, with which the client goes on. */
  changePassword: (passwordChange: PasswordChange, options?: RequestOptions) => {
    const reply = core.call((wire) => api(wire).changePasswordRaw({ passwordChange }), {
      ...options,
      repeatable: false,
    });
    reply.then(credentials.adopt, () => undefined);
    return reply;
  },
  /** Deletes the account with all that belongs to it. */
  delete: (password: string, options?: RequestOptions) =>
    core.done((wire) => api(wire).deleteCurrentUserRaw({ accountDeletion: { password } }), options),
  /** Calls, seconds and cost, by day or by film. */
  usage: ({ from, to, groupBy, ...options }: UsageOptions = {}) =>
    core.call((wire) => api(wire).getUsageRaw({ from, to, groupBy }), options),
});

export const createApiKeys = (core: Core) => ({
  list: (options: ListOptions = {}) => core.list((wire, page) => api(wire).listApiKeysRaw(page), options),
  /** The key itself is shown in this answer only. */
  create: (apiKeyCreate: ApiKeyCreate, options?: RequestOptions) =>
    core.call((wire) => api(wire).createApiKeyRaw({ apiKeyCreate }), options),
  revoke: (apiKeyId: string, options?: RequestOptions) =>
    core.done((wire) => api(wire).revokeApiKeyRaw({ apiKeyId }), options),
});

/** What may be spent in a day and in a month, in millionths of a dollar. */
export const createBudgets = (core: Core) => ({
  get: (options?: RequestOptions) => core.call((wire) => api(wire).getBudgetRaw(), options),
  set: (budgetUpdate: BudgetUpdate, options?: RequestOptions) =>
    core.call((wire) => api(wire).setBudgetRaw({ budgetUpdate }), options),
});

export type Users = ReturnType<typeof createUsers>;
export type ApiKeys = ReturnType<typeof createApiKeys>;
export type Budgets = ReturnType<typeof createBudgets>;
