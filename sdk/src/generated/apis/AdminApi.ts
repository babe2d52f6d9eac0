/* tslint:disable */
/* eslint-disable */
/**
 * DirectorAI
 * DirectorAI turns an idea into an anime short film: a screenplay, pictures of its characters and scenes, a clip of every scene, and the finished film. Work is asked for as a *task*, goes on in the background, and is watched live.  **Answers.** A success is `{code: 200, message, data}`; `code` is 200 whatever the 2xx status. Lists are `{page, pageSize, total, items}`. A failure is `application/problem+json` (RFC 9457) with a stable `code`, the `requestId` to quote, and in `errors` a JSON pointer to each faulty field, beginning with `/body`, `/query`, `/path` or `/header`; see *Errors*.  **Language.** `message`, `title` and `detail` follow `Accept-Language` (`en`, `zh`).  **Access.** `Authorization: Bearer <token>`, with an access token or an API key. Somebody else\'s resource is answered like a missing one: 404.  **Methods.** An address asked with a method it does not have answers 405 (code 3001) with `Allow`.  # A film in five calls  An account, an order, the progress, the result, the file:  ```sh API=${API:-http://localhost:8080/api/v1} TOKEN=$(curl -s $API/auth/register -H \'Content-Type: application/json\' \\   -d \'{\"username\":\"ada\",\"email\":\"ada@example.com\",\"password\":\"a cat looks at the sea\"}\' | jq -r .data.token) TASK=$(curl -s $API/tasks -H \"Authorization: Bearer $TOKEN\" -H \'Content-Type: application/json\' -H \'Idempotency-Key: first-film\' \\   -d \'{\"type\":\"film\",\"params\":{\"prompt\":\"一只想看海的小猫\",\"sceneCount\":2,\"characterCount\":1}}\' | jq -r .data.id) curl -sN $API/tasks/$TASK/events -H \"Authorization: Bearer $TOKEN\" FILM=$(curl -s $API/tasks/$TASK -H \"Authorization: Bearer $TOKEN\" | jq -r .data.result.url) curl -s -o film.mp4 \"$FILM\" ```  To read the screenplay before anything else is paid for, order a `screenplay` first, edit it, confirm it (`confirmScreenplay`), and order a `film` of `{screenplayId}`. Ordering it again after an edit buys only what changed.  # Errors  `code` and `type` are stable and meant for programs; `title` and `detail` are meant for people. `errors` is always there, empty where no field is at fault; each faulty field is named once, a hundred at most, and `detail` goes on with the first of them.  | code | status | meaning | what a client does | |---|---|---|---| | 1000 | 400, 408, 416 | a field, parameter or range is not valid, or the body did not come in time | mend what `errors` names | | 1001 | 400 | the body is not JSON, or not UTF-8 | mend it | | 1002 | 415, 406 | content type, content encoding, or `Accept`, not offered; a file that is not what it is announced as | send or accept another | | 1003 | 413 | the body is too large | send less | | 2000 | 401 | no valid token, ticket or signature; wrong e-mail or password | log in | | 2001 | 401 | the access token has expired | refresh, then repeat | | 2003 | 403 | the signature, the API key or the account does not allow it | ask for a fresh URL; log in where a key may not | | 3000 | 404 | no such thing, or somebody else\'s; `errors` points at a file that an order names | — | | 3001 | 405 | the address has no such method | see `Allow` | | 4000 | 409 | conflict; or the first request with this key still runs | look again; wait `Retry-After` | | 4001 | 409 | the e-mail is taken | log in instead | | 4002 | 409 | the state forbids it (a second confirm, cancel after completion) | read the present state | | 4003 | 422 | the idempotency key was used with another request | use a new key | | 5000 | 429 | rate limit, or too many failed logins | wait `Retry-After` | | 5001 | 402, or in a task | estimated at more than `maxCost`; of a step: `maxCost` or a budget would be exceeded | allow more, then retry | | 5002 | 409 | a quota is reached | finish or delete something | | 6000 | 500 | our fault | report `requestId` | | 6001 | 503 | starting, draining, or no database | wait `Retry-After` | | 7000–7003 | in a task | a provider failed, refused the content, was away, answered nonsense | read `detail`, then retry or edit |  Codes of 7000 and above are facts about work: they stand in a task\'s steps, not in an HTTP answer.  # Streams and resuming  `streamTaskEvents` and `streamEvents` are server-sent events. `id` counts the user\'s own events without a gap. After a lost connection send the last one as `Last-Event-ID` (or `?after=`): what came later follows, in order, nothing twice. The stream of a task ends after its last event and is answered 204 when nothing is newer, at which an `EventSource` stops. Where headers cannot be sent, `createStreamTicket` gives a ticket for one connection, to be used within a minute as `?ticket=`. The WebSocket at `/ws` carries the same messages.  # Webhooks  An endpoint is told of the events it chose, by a `POST` signed as [Standard Webhooks](https://www.standardwebhooks.com) say: `webhook-signature` holds `v1,` and the base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body` under the secret that was shown once. Check it before you believe a word, refuse old timestamps, and keep `webhook-id`: a delivery may come twice, with the same id. Answer 2xx within 15 seconds; anything else is tried again for days, ever more seldom. During a rotation there are two signatures.  # Idempotency  A `POST` that creates or spends takes `Idempotency-Key`, 1–255 printable ASCII characters of the client\'s choice. Those that do not: sessions and tickets (`registerUser`, `loginUser`, `refreshSession`, `logoutUser`, `createStreamTicket`), what asking twice does not change further (`changePassword`, `cancelTask`, `cancelTurn`, `confirmScreenplay`, `completeUpload`), and what costs nothing to ask again (`estimateTask`, `startUpload`). Repeating the request with the key gives the first answer again with `Idempotent-Replayed: true`; another request under it is answered 422, and while the first still runs 409. Send one whenever a lost answer would make you ask again.  # Limits  Every answer to a request that was counted carries `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` (seconds). Not counted are health checks, and what is refused before anybody looks who asks: an unknown address (404), a method (405) or an `Accept` (406) it does not have, and everything while the service starts (503). Above the limit comes 429 with `Retry-After`; it holds over all nodes. There are quotas on tasks in work, open streams and stored bytes (409, code 5002).  # Costs  Money is whole micro-USD: 1,000,000 are one dollar. `estimateTask` tells what an order will buy and spends nothing; `maxCost` on an order, and the budget of a day or month (`setBudget`), are never exceeded: what does not fit is refused with 402 before a call leaves. What was paid stands on the task, on each take and in `getUsage`. A call whose answer was lost counts as ambiguous, and where the vendor cannot tell, the step waits in `needs_review` for `resolveTaskStep`. 
 *
 * The version of the OpenAPI document: 1.0.0
 * 
 *
 * NOTE: This class is auto generated by OpenAPI Generator (https://openapi-generator.tech).
 * https://openapi-generator.tech
 * Do not edit the class manually.
 */

import * as runtime from '../runtime.js';
import {
    type AccountStatus,
    AccountStatusFromJSON,
    AccountStatusToJSON,
} from '../models/AccountStatus.js';
import {
    type AdminReason,
    AdminReasonFromJSON,
    AdminReasonToJSON,
} from '../models/AdminReason.js';
import {
    type AdminUserPageResponse,
    AdminUserPageResponseFromJSON,
    AdminUserPageResponseToJSON,
} from '../models/AdminUserPageResponse.js';
import {
    type AdminUserResponse,
    AdminUserResponseFromJSON,
    AdminUserResponseToJSON,
} from '../models/AdminUserResponse.js';
import {
    type AuditAction,
    AuditActionFromJSON,
    AuditActionToJSON,
} from '../models/AuditAction.js';
import {
    type AuditPageResponse,
    AuditPageResponseFromJSON,
    AuditPageResponseToJSON,
} from '../models/AuditPageResponse.js';
import {
    type DoubtResolution,
    DoubtResolutionFromJSON,
    DoubtResolutionToJSON,
} from '../models/DoubtResolution.js';
import {
    type PauseListResponse,
    PauseListResponseFromJSON,
    PauseListResponseToJSON,
} from '../models/PauseListResponse.js';
import {
    type PauseResponse,
    PauseResponseFromJSON,
    PauseResponseToJSON,
} from '../models/PauseResponse.js';
import {
    type PauseScope,
    PauseScopeFromJSON,
    PauseScopeToJSON,
} from '../models/PauseScope.js';
import {
    type PauseUpdate,
    PauseUpdateFromJSON,
    PauseUpdateToJSON,
} from '../models/PauseUpdate.js';
import {
    type Problem,
    ProblemFromJSON,
    ProblemToJSON,
} from '../models/Problem.js';
import {
    type QueueKind,
    QueueKindFromJSON,
    QueueKindToJSON,
} from '../models/QueueKind.js';
import {
    type QueueResponse,
    QueueResponseFromJSON,
    QueueResponseToJSON,
} from '../models/QueueResponse.js';
import {
    type QueueStatus,
    QueueStatusFromJSON,
    QueueStatusToJSON,
} from '../models/QueueStatus.js';
import {
    type QueueStepPageResponse,
    QueueStepPageResponseFromJSON,
    QueueStepPageResponseToJSON,
} from '../models/QueueStepPageResponse.js';
import {
    type QueueStepResponse,
    QueueStepResponseFromJSON,
    QueueStepResponseToJSON,
} from '../models/QueueStepResponse.js';
import {
    type UserDisable,
    UserDisableFromJSON,
    UserDisableToJSON,
} from '../models/UserDisable.js';
import {
    type UserLimitsUpdate,
    UserLimitsUpdateFromJSON,
    UserLimitsUpdateToJSON,
} from '../models/UserLimitsUpdate.js';

export interface DisableUserRequest {
    /**
     * The id of the user.
     */
    userId: string;
    /**
     * 
     */
    userDisable: UserDisable;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
}

export interface EnableUserRequest {
    /**
     * The id of the user.
     */
    userId: string;
    /**
     * 
     */
    adminReason: AdminReason;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
}

export interface GetUserRequest {
    /**
     * The id of the user.
     */
    userId: string;
}

export interface ListAuditEntriesRequest {
    /**
     * Only this kind of action.
     */
    action?: AuditAction;
    /**
     * Only what this administrator did.
     */
    actorId?: string;
    /**
     * Only what is about this user.
     */
    userId?: string;
    /**
     * The page, counted from 1.
     */
    page?: number;
    /**
     * How many items a page holds.
     */
    pageSize?: number;
}

export interface ListQueueStepsRequest {
    /**
     * Only steps in this state.
     */
    status?: QueueStatus;
    /**
     * Only steps of this kind.
     */
    kind?: QueueKind;
    /**
     * Only what is about this user.
     */
    userId?: string;
    /**
     * The page, counted from 1.
     */
    page?: number;
    /**
     * How many items a page holds.
     */
    pageSize?: number;
}

export interface ListUsersRequest {
    /**
     * How the username or the e-mail begins, whatever its case, or an id.
     */
    search?: string;
    /**
     * Only accounts in this state.
     */
    status?: AccountStatus;
    /**
     * The page, counted from 1.
     */
    page?: number;
    /**
     * How many items a page holds.
     */
    pageSize?: number;
}

export interface RedriveStepRequest {
    /**
     * The id of the step.
     */
    stepId: string;
    /**
     * 
     */
    adminReason: AdminReason;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
}

export interface ResolveDoubtRequest {
    /**
     * The id of the step.
     */
    stepId: string;
    /**
     * 
     */
    doubtResolution: DoubtResolution;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
}

export interface SetPauseRequest {
    /**
     * A vendor, or `all` of them.
     */
    pauseScope: PauseScope;
    /**
     * 
     */
    pauseUpdate: PauseUpdate;
}

export interface SetUserLimitsRequest {
    /**
     * The id of the user.
     */
    userId: string;
    /**
     * 
     */
    userLimitsUpdate: UserLimitsUpdate;
}

/**
 * 
 */
export class AdminApi extends runtime.BaseAPI {

    /**
     * Creates request options for disableUser without sending the request
     */
    async disableUserRequestOpts(requestParameters: DisableUserRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['userId'] == null) {
            throw new runtime.RequiredError(
                'userId',
                'Required parameter "userId" was null or undefined when calling disableUser().'
            );
        }

        if (requestParameters['userDisable'] == null) {
            throw new runtime.RequiredError(
                'userDisable',
                'Required parameter "userDisable" was null or undefined when calling disableUser().'
            );
        }

        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

        headerParameters['Content-Type'] = 'application/json';

        if (requestParameters['idempotencyKey'] != null) {
            headerParameters['Idempotency-Key'] = String(requestParameters['idempotencyKey']);
        }

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/admin/users/{userId}/disable`;
        urlPath = urlPath.replace('{userId}', encodeURIComponent(String(requestParameters['userId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: UserDisableToJSON(requestParameters['userDisable']),
        };
    }

    /**
     * Locks the account: its sessions and streams end now, for good; its API keys open nothing while it is disabled. `work` says what becomes of its tasks: `cancel` (the default) stops them, so that nothing more is bought in its name, and they can be retried later; `finish` lets them end. One\'s own account and one that is disabled are refused (4002).
     * Disable a user
     */
    async disableUserRaw(requestParameters: DisableUserRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<AdminUserResponse>> {
        const requestOptions = await this.disableUserRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => AdminUserResponseFromJSON(jsonValue));
    }

    /**
     * Locks the account: its sessions and streams end now, for good; its API keys open nothing while it is disabled. `work` says what becomes of its tasks: `cancel` (the default) stops them, so that nothing more is bought in its name, and they can be retried later; `finish` lets them end. One\'s own account and one that is disabled are refused (4002).
     * Disable a user
     */
    async disableUser(requestParameters: DisableUserRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<AdminUserResponse> {
        const response = await this.disableUserRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for enableUser without sending the request
     */
    async enableUserRequestOpts(requestParameters: EnableUserRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['userId'] == null) {
            throw new runtime.RequiredError(
                'userId',
                'Required parameter "userId" was null or undefined when calling enableUser().'
            );
        }

        if (requestParameters['adminReason'] == null) {
            throw new runtime.RequiredError(
                'adminReason',
                'Required parameter "adminReason" was null or undefined when calling enableUser().'
            );
        }

        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

        headerParameters['Content-Type'] = 'application/json';

        if (requestParameters['idempotencyKey'] != null) {
            headerParameters['Idempotency-Key'] = String(requestParameters['idempotencyKey']);
        }

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/admin/users/{userId}/enable`;
        urlPath = urlPath.replace('{userId}', encodeURIComponent(String(requestParameters['userId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: AdminReasonToJSON(requestParameters['adminReason']),
        };
    }

    /**
     * Lets a disabled account in again, by a new login, and its API keys too. Tasks that were cancelled stay so until they are retried. An account that is not disabled is refused (4002).
     * Enable a user
     */
    async enableUserRaw(requestParameters: EnableUserRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<AdminUserResponse>> {
        const requestOptions = await this.enableUserRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => AdminUserResponseFromJSON(jsonValue));
    }

    /**
     * Lets a disabled account in again, by a new login, and its API keys too. Tasks that were cancelled stay so until they are retried. An account that is not disabled is refused (4002).
     * Enable a user
     */
    async enableUser(requestParameters: EnableUserRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<AdminUserResponse> {
        const response = await this.enableUserRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for getQueue without sending the request
     */
    async getQueueRequestOpts(): Promise<runtime.RequestOpts> {
        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/admin/queue`;

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Steps that are not at rest by kind and state with the age of the oldest, tasks, workers and pauses, of the whole service.
     * Get the queue\'s totals
     */
    async getQueueRaw(initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<QueueResponse>> {
        const requestOptions = await this.getQueueRequestOpts();
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => QueueResponseFromJSON(jsonValue));
    }

    /**
     * Steps that are not at rest by kind and state with the age of the oldest, tasks, workers and pauses, of the whole service.
     * Get the queue\'s totals
     */
    async getQueue(initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<QueueResponse> {
        const response = await this.getQueueRaw(initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for getUser without sending the request
     */
    async getUserRequestOpts(requestParameters: GetUserRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['userId'] == null) {
            throw new runtime.RequiredError(
                'userId',
                'Required parameter "userId" was null or undefined when calling getUser().'
            );
        }

        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/admin/users/{userId}`;
        urlPath = urlPath.replace('{userId}', encodeURIComponent(String(requestParameters['userId'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * An account with its limits, what it works on and what it spent this month.
     * Get a user
     */
    async getUserRaw(requestParameters: GetUserRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<AdminUserResponse>> {
        const requestOptions = await this.getUserRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => AdminUserResponseFromJSON(jsonValue));
    }

    /**
     * An account with its limits, what it works on and what it spent this month.
     * Get a user
     */
    async getUser(requestParameters: GetUserRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<AdminUserResponse> {
        const response = await this.getUserRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for listAuditEntries without sending the request
     */
    async listAuditEntriesRequestOpts(requestParameters: ListAuditEntriesRequest): Promise<runtime.RequestOpts> {
        const queryParameters: any = {};

        if (requestParameters['action'] != null) {
            queryParameters['action'] = requestParameters['action'];
        }

        if (requestParameters['actorId'] != null) {
            queryParameters['actorId'] = requestParameters['actorId'];
        }

        if (requestParameters['userId'] != null) {
            queryParameters['userId'] = requestParameters['userId'];
        }

        if (requestParameters['page'] != null) {
            queryParameters['page'] = requestParameters['page'];
        }

        if (requestParameters['pageSize'] != null) {
            queryParameters['pageSize'] = requestParameters['pageSize'];
        }

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/admin/audit`;

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * What administrators did, to what, why and from where, the latest first. Entries are written together with what they tell of and can neither be changed nor removed.
     * List the audit log
     */
    async listAuditEntriesRaw(requestParameters: ListAuditEntriesRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<AuditPageResponse>> {
        const requestOptions = await this.listAuditEntriesRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => AuditPageResponseFromJSON(jsonValue));
    }

    /**
     * What administrators did, to what, why and from where, the latest first. Entries are written together with what they tell of and can neither be changed nor removed.
     * List the audit log
     */
    async listAuditEntries(requestParameters: ListAuditEntriesRequest = {}, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<AuditPageResponse> {
        const response = await this.listAuditEntriesRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for listPauses without sending the request
     */
    async listPausesRequestOpts(): Promise<runtime.RequestOpts> {
        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/admin/pauses`;

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Of every vendor, and of all spending, whether it is paused, why, since when and by whom.
     * List pauses
     */
    async listPausesRaw(initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<PauseListResponse>> {
        const requestOptions = await this.listPausesRequestOpts();
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => PauseListResponseFromJSON(jsonValue));
    }

    /**
     * Of every vendor, and of all spending, whether it is paused, why, since when and by whom.
     * List pauses
     */
    async listPauses(initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<PauseListResponse> {
        const response = await this.listPausesRaw(initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for listQueueSteps without sending the request
     */
    async listQueueStepsRequestOpts(requestParameters: ListQueueStepsRequest): Promise<runtime.RequestOpts> {
        const queryParameters: any = {};

        if (requestParameters['status'] != null) {
            queryParameters['status'] = requestParameters['status'];
        }

        if (requestParameters['kind'] != null) {
            queryParameters['kind'] = requestParameters['kind'];
        }

        if (requestParameters['userId'] != null) {
            queryParameters['userId'] = requestParameters['userId'];
        }

        if (requestParameters['page'] != null) {
            queryParameters['page'] = requestParameters['page'];
        }

        if (requestParameters['pageSize'] != null) {
            queryParameters['pageSize'] = requestParameters['pageSize'];
        }

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/admin/queue/steps`;

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Steps that are not at rest (ready, running, waiting, in review, dead), of all users, the one that has stood longest first. The agent\'s turns are among them.
     * List steps in the queue
     */
    async listQueueStepsRaw(requestParameters: ListQueueStepsRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<QueueStepPageResponse>> {
        const requestOptions = await this.listQueueStepsRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => QueueStepPageResponseFromJSON(jsonValue));
    }

    /**
     * Steps that are not at rest (ready, running, waiting, in review, dead), of all users, the one that has stood longest first. The agent\'s turns are among them.
     * List steps in the queue
     */
    async listQueueSteps(requestParameters: ListQueueStepsRequest = {}, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<QueueStepPageResponse> {
        const response = await this.listQueueStepsRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for listUsers without sending the request
     */
    async listUsersRequestOpts(requestParameters: ListUsersRequest): Promise<runtime.RequestOpts> {
        const queryParameters: any = {};

        if (requestParameters['search'] != null) {
            queryParameters['search'] = requestParameters['search'];
        }

        if (requestParameters['status'] != null) {
            queryParameters['status'] = requestParameters['status'];
        }

        if (requestParameters['page'] != null) {
            queryParameters['page'] = requestParameters['page'];
        }

        if (requestParameters['pageSize'] != null) {
            queryParameters['pageSize'] = requestParameters['pageSize'];
        }

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/admin/users`;

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Accounts that were not deleted, the newest first; `search` keeps those whose username or e-mail begins so, or the one with this id. For administrators, like every operation here: others get 403 (2003), an API key does too.
     * List users
     */
    async listUsersRaw(requestParameters: ListUsersRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<AdminUserPageResponse>> {
        const requestOptions = await this.listUsersRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => AdminUserPageResponseFromJSON(jsonValue));
    }

    /**
     * Accounts that were not deleted, the newest first; `search` keeps those whose username or e-mail begins so, or the one with this id. For administrators, like every operation here: others get 403 (2003), an API key does too.
     * List users
     */
    async listUsers(requestParameters: ListUsersRequest = {}, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<AdminUserPageResponse> {
        const response = await this.listUsersRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for redriveStep without sending the request
     */
    async redriveStepRequestOpts(requestParameters: RedriveStepRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['stepId'] == null) {
            throw new runtime.RequiredError(
                'stepId',
                'Required parameter "stepId" was null or undefined when calling redriveStep().'
            );
        }

        if (requestParameters['adminReason'] == null) {
            throw new runtime.RequiredError(
                'adminReason',
                'Required parameter "adminReason" was null or undefined when calling redriveStep().'
            );
        }

        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

        headerParameters['Content-Type'] = 'application/json';

        if (requestParameters['idempotencyKey'] != null) {
            headerParameters['Idempotency-Key'] = String(requestParameters['idempotencyKey']);
        }

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/admin/steps/{stepId}/redrive`;
        urlPath = urlPath.replace('{stepId}', encodeURIComponent(String(requestParameters['stepId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: AdminReasonToJSON(requestParameters['adminReason']),
        };
    }

    /**
     * Makes a dead or failed step ready again, with fresh tries, and its task go on; what is done stays done. A call of it that was on its way is taken up under its key, one that failed for good is bought anew. A step in another state, of a cancelled task, of a disabled user or of a turn is refused (4002).
     * Redrive a step
     */
    async redriveStepRaw(requestParameters: RedriveStepRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<QueueStepResponse>> {
        const requestOptions = await this.redriveStepRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => QueueStepResponseFromJSON(jsonValue));
    }

    /**
     * Makes a dead or failed step ready again, with fresh tries, and its task go on; what is done stays done. A call of it that was on its way is taken up under its key, one that failed for good is bought anew. A step in another state, of a cancelled task, of a disabled user or of a turn is refused (4002).
     * Redrive a step
     */
    async redriveStep(requestParameters: RedriveStepRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<QueueStepResponse> {
        const response = await this.redriveStepRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for resolveDoubt without sending the request
     */
    async resolveDoubtRequestOpts(requestParameters: ResolveDoubtRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['stepId'] == null) {
            throw new runtime.RequiredError(
                'stepId',
                'Required parameter "stepId" was null or undefined when calling resolveDoubt().'
            );
        }

        if (requestParameters['doubtResolution'] == null) {
            throw new runtime.RequiredError(
                'doubtResolution',
                'Required parameter "doubtResolution" was null or undefined when calling resolveDoubt().'
            );
        }

        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

        headerParameters['Content-Type'] = 'application/json';

        if (requestParameters['idempotencyKey'] != null) {
            headerParameters['Idempotency-Key'] = String(requestParameters['idempotencyKey']);
        }

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/admin/steps/{stepId}/resolve`;
        urlPath = urlPath.replace('{stepId}', encodeURIComponent(String(requestParameters['stepId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: DoubtResolutionToJSON(requestParameters['doubtResolution']),
        };
    }

    /**
     * Decides for its user about a step in `needs_review`, as `resolveTaskStep` does: `retry` takes the call up again or buys anew, which may cost twice, `accept_loss` fails the step. A lost call counts as spent. Another state is refused (4002).
     * Decide about a user\'s call in doubt
     */
    async resolveDoubtRaw(requestParameters: ResolveDoubtRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<QueueStepResponse>> {
        const requestOptions = await this.resolveDoubtRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => QueueStepResponseFromJSON(jsonValue));
    }

    /**
     * Decides for its user about a step in `needs_review`, as `resolveTaskStep` does: `retry` takes the call up again or buys anew, which may cost twice, `accept_loss` fails the step. A lost call counts as spent. Another state is refused (4002).
     * Decide about a user\'s call in doubt
     */
    async resolveDoubt(requestParameters: ResolveDoubtRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<QueueStepResponse> {
        const response = await this.resolveDoubtRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for setPause without sending the request
     */
    async setPauseRequestOpts(requestParameters: SetPauseRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['pauseScope'] == null) {
            throw new runtime.RequiredError(
                'pauseScope',
                'Required parameter "pauseScope" was null or undefined when calling setPause().'
            );
        }

        if (requestParameters['pauseUpdate'] == null) {
            throw new runtime.RequiredError(
                'pauseUpdate',
                'Required parameter "pauseUpdate" was null or undefined when calling setPause().'
            );
        }

        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

        headerParameters['Content-Type'] = 'application/json';

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/admin/pauses/{pauseScope}`;
        urlPath = urlPath.replace('{pauseScope}', encodeURIComponent(String(requestParameters['pauseScope'])));

        return {
            path: urlPath,
            method: 'PUT',
            headers: headerParameters,
            query: queryParameters,
            body: PauseUpdateToJSON(requestParameters['pauseUpdate']),
        };
    }

    /**
     * While a vendor, or `all`, is paused, no process sends it a paid call; the answer comes when no further one can be written down. Calls on their way are not called back, what was paid for is still fetched. Work waits as ready (`paused` on its steps) and goes on after the resume; nothing fails of it. Orders are still accepted. Putting the same again is no fault.
     * Pause or resume spending
     */
    async setPauseRaw(requestParameters: SetPauseRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<PauseResponse>> {
        const requestOptions = await this.setPauseRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => PauseResponseFromJSON(jsonValue));
    }

    /**
     * While a vendor, or `all`, is paused, no process sends it a paid call; the answer comes when no further one can be written down. Calls on their way are not called back, what was paid for is still fetched. Work waits as ready (`paused` on its steps) and goes on after the resume; nothing fails of it. Orders are still accepted. Putting the same again is no fault.
     * Pause or resume spending
     */
    async setPause(requestParameters: SetPauseRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<PauseResponse> {
        const response = await this.setPauseRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for setUserLimits without sending the request
     */
    async setUserLimitsRequestOpts(requestParameters: SetUserLimitsRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['userId'] == null) {
            throw new runtime.RequiredError(
                'userId',
                'Required parameter "userId" was null or undefined when calling setUserLimits().'
            );
        }

        if (requestParameters['userLimitsUpdate'] == null) {
            throw new runtime.RequiredError(
                'userLimitsUpdate',
                'Required parameter "userLimitsUpdate" was null or undefined when calling setUserLimits().'
            );
        }

        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

        headerParameters['Content-Type'] = 'application/json';

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/admin/users/{userId}/limits`;
        urlPath = urlPath.replace('{userId}', encodeURIComponent(String(requestParameters['userId'])));

        return {
            path: urlPath,
            method: 'PATCH',
            headers: headerParameters,
            query: queryParameters,
            body: UserLimitsUpdateToJSON(requestParameters['userLimitsUpdate']),
        };
    }

    /**
     * Sets the limits given and leaves the others; `null` takes one away. Tasks at once stand in place of the service\'s own limit. The limits of money stand above the user\'s own budget: the lower one holds, from the next paid call on.
     * Limit a user
     */
    async setUserLimitsRaw(requestParameters: SetUserLimitsRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<AdminUserResponse>> {
        const requestOptions = await this.setUserLimitsRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => AdminUserResponseFromJSON(jsonValue));
    }

    /**
     * Sets the limits given and leaves the others; `null` takes one away. Tasks at once stand in place of the service\'s own limit. The limits of money stand above the user\'s own budget: the lower one holds, from the next paid call on.
     * Limit a user
     */
    async setUserLimits(requestParameters: SetUserLimitsRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<AdminUserResponse> {
        const response = await this.setUserLimitsRaw(requestParameters, initOverrides);
        return await response.value();
    }

}
