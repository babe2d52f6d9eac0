import type { Core, Wire } from '../core.js';
import { AdminApi } from '../generated/apis/AdminApi.js';
import type { AccountStatus } from '../generated/models/AccountStatus.js';
import type { AdminReason } from '../generated/models/AdminReason.js';
import type { AuditAction } from '../generated/models/AuditAction.js';
import type { DoubtResolution } from '../generated/models/DoubtResolution.js';
import type { PauseScope } from '../generated/models/PauseScope.js';
import type { PauseUpdate } from '../generated/models/PauseUpdate.js';
import type { QueueKind } from '../generated/models/QueueKind.js';
import type { QueueStatus } from '../generated/models/QueueStatus.js';
import type { UserDisable } from '../generated/models/UserDisable.js';
import type { UserLimitsUpdate } from '../generated/models/UserLimitsUpdate.js';
import { Configuration } from '../generated/runtime.js';
import type { ListOptions, RequestOptions } from '../options.js';

const api = (wire: Wire) => new AdminApi(new Configuration(wire));

export interface UserListOptions extends ListOptions {
  /** How the username or the e-mail begins, or an id. */
  search?: string | undefined;
  status?: AccountStatus | undefined;
}

export interface QueueListOptions extends ListOptions {
  status?: QueueStatus | undefined;
  kind?: QueueKind | undefined;
  userId?: string | undefined;
}

export interface AuditListOptions extends ListOptions {
  action?: AuditAction | undefined;
  actorId?: string | undefined;
  userId?: string | undefined;
}

/** For administrators, signed in: an API key is refused. Everything that changes something says why, and is kept in the audit log. */
export const createAdmin = (core: Core) => ({
  listUsers: ({ search, status, ...options }: UserListOptions = {}) =>
    core.list((wire, page) => api(wire).listUsersRaw({ ...page, search, status }), options),
  getUser: (userId: string, options?: RequestOptions) => core.call((wire) => api(wire).getUserRaw({ userId }), options),
  /** Ends its sessions and streams, and, unless `work` is `finish`, cancels its tasks. */
  disableUser: (userId: string, userDisable: UserDisable, options?: RequestOptions) =>
    core.call((wire) => api(wire).disableUserRaw({ userId, userDisable }), options),
  enableUser: (userId: string, adminReason: AdminReason, options?: RequestOptions) =>
    core.call((wire) => api(wire).enableUserRaw({ userId, adminReason }), options),
  setUserLimits: (userId: string, userLimitsUpdate: UserLimitsUpdate, options?: RequestOptions) =>
    core.call((wire) => api(wire).setUserLimitsRaw({ userId, userLimitsUpdate }), options),
  queue: (options?: RequestOptions) => core.call((wire) => api(wire).getQueueRaw(), options),
  listQueueSteps: ({ status, kind, userId, ...options }: QueueListOptions = {}) =>
    core.list((wire, page) => api(wire).listQueueStepsRaw({ ...page, status, kind, userId }), options),
  /** Makes a dead or failed step ready again. */
  redriveStep: (stepId: string, adminReason: AdminReason, options?: RequestOptions) =>
    core.call((wire) => api(wire).redriveStepRaw({ stepId, adminReason }), options),
  /** Decides about a paid call whose answer was lost, in place of its user. */
  resolveDoubt: (stepId: string, doubtResolution: DoubtResolution, options?: RequestOptions) =>
    core.call((wire) => api(wire).resolveDoubtRaw({ stepId, doubtResolution }), options),
  listPauses: (options?: RequestOptions) => core.call((wire) => api(wire).listPausesRaw(), options),
  /** While a vendor, or `all`, is paused, nothing is bought of it; work waits and goes on afterwards. */
  setPause: (pauseScope: PauseScope, pauseUpdate: PauseUpdate, options?: RequestOptions) =>
    core.call((wire) => api(wire).setPauseRaw({ pauseScope, pauseUpdate }), options),
  listAuditEntries: ({ action, actorId, userId, ...options }: AuditListOptions = {}) =>
    core.list((wire, page) => api(wire).listAuditEntriesRaw({ ...page, action, actorId, userId }), options),
});

export type Admin = ReturnType<typeof createAdmin>;
