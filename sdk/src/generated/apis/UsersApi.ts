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
    type AccountDeletion,
    AccountDeletionFromJSON,
    AccountDeletionToJSON,
} from '../models/AccountDeletion.js';
import {
    type ApiKeyCreate,
    ApiKeyCreateFromJSON,
    ApiKeyCreateToJSON,
} from '../models/ApiKeyCreate.js';
import {
    type ApiKeyCreatedResponse,
    ApiKeyCreatedResponseFromJSON,
    ApiKeyCreatedResponseToJSON,
} from '../models/ApiKeyCreatedResponse.js';
import {
    type ApiKeyPageResponse,
    ApiKeyPageResponseFromJSON,
    ApiKeyPageResponseToJSON,
} from '../models/ApiKeyPageResponse.js';
import {
    type BudgetResponse,
    BudgetResponseFromJSON,
    BudgetResponseToJSON,
} from '../models/BudgetResponse.js';
import {
    type BudgetUpdate,
    BudgetUpdateFromJSON,
    BudgetUpdateToJSON,
} from '../models/BudgetUpdate.js';
import {
    type DoneResponse,
    DoneResponseFromJSON,
    DoneResponseToJSON,
} from '../models/DoneResponse.js';
import {
    type PasswordChange,
    PasswordChangeFromJSON,
    PasswordChangeToJSON,
} from '../models/PasswordChange.js';
import {
    type Problem,
    ProblemFromJSON,
    ProblemToJSON,
} from '../models/Problem.js';
import {
    type ProfileUpdate,
    ProfileUpdateFromJSON,
    ProfileUpdateToJSON,
} from '../models/ProfileUpdate.js';
import {
    type SessionResponse,
    SessionResponseFromJSON,
    SessionResponseToJSON,
} from '../models/SessionResponse.js';
import {
    type UsageResponse,
    UsageResponseFromJSON,
    UsageResponseToJSON,
} from '../models/UsageResponse.js';
import {
    type UserResponse,
    UserResponseFromJSON,
    UserResponseToJSON,
} from '../models/UserResponse.js';

export interface ChangePasswordRequest {
    /**
     * 
     */
    passwordChange: PasswordChange;
}

export interface CreateApiKeyRequest {
    /**
     * 
     */
    apiKeyCreate: ApiKeyCreate;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
}

export interface DeleteCurrentUserRequest {
    /**
     * 
     */
    accountDeletion: AccountDeletion;
}

export interface GetUsageRequest {
    /**
     * From this moment on; thirty days before `to` if it is left out.
     */
    from?: Date;
    /**
     * Up to this moment, which is not included; up to now if it is left out.
     */
    to?: Date;
    /**
     * Whether `days` or `films` are filled in; days, if it is missing.
     */
    groupBy?: GetUsageGroupByEnum;
}

export interface ListApiKeysRequest {
    /**
     * The page, counted from 1.
     */
    page?: number;
    /**
     * How many items a page holds.
     */
    pageSize?: number;
}

export interface RevokeApiKeyRequest {
    /**
     * The id of the API key.
     */
    apiKeyId: string;
}

export interface SetAvatarRequest {
    /**
     * JPEG, PNG or WebP, at most 20 MiB.
     */
    file: Blob;
}

export interface SetBudgetRequest {
    /**
     * 
     */
    budgetUpdate: BudgetUpdate;
}

export interface UpdateCurrentUserRequest {
    /**
     * 
     */
    profileUpdate: ProfileUpdate;
}

/**
 * 
 */
export class UsersApi extends runtime.BaseAPI {

    /**
     * Creates request options for changePassword without sending the request
     */
    async changePasswordRequestOpts(requestParameters: ChangePasswordRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['passwordChange'] == null) {
            throw new runtime.RequiredError(
                'passwordChange',
                'Required parameter "passwordChange" was null or undefined when calling changePassword().'
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

        let urlPath = `/users/me/password`;

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: PasswordChangeToJSON(requestParameters['passwordChange']),
        };
    }

    /**
     * Ends every session of the account, this one too, and answers with a new pair of tokens. API keys live on. A wrong present password counts like a failed login. An API key may not do this (2003).
     * Change my password
     */
    async changePasswordRaw(requestParameters: ChangePasswordRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<SessionResponse>> {
        const requestOptions = await this.changePasswordRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => SessionResponseFromJSON(jsonValue));
    }

    /**
     * Ends every session of the account, this one too, and answers with a new pair of tokens. API keys live on. A wrong present password counts like a failed login. An API key may not do this (2003).
     * Change my password
     */
    async changePassword(requestParameters: ChangePasswordRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<SessionResponse> {
        const response = await this.changePasswordRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for createApiKey without sending the request
     */
    async createApiKeyRequestOpts(requestParameters: CreateApiKeyRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['apiKeyCreate'] == null) {
            throw new runtime.RequiredError(
                'apiKeyCreate',
                'Required parameter "apiKeyCreate" was null or undefined when calling createApiKey().'
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

        let urlPath = `/users/me/api-keys`;

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: ApiKeyCreateToJSON(requestParameters['apiKeyCreate']),
        };
    }

    /**
     * A key for programs: `Authorization: Bearer dai_…` is taken wherever an access token is, except for managing keys, the password, the budget, the deletion of the account and administration. The key is shown in this answer only. An account has at most 50 that are neither revoked nor expired (5002). An API key may not do this (2003).
     * Make an API key
     */
    async createApiKeyRaw(requestParameters: CreateApiKeyRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<ApiKeyCreatedResponse>> {
        const requestOptions = await this.createApiKeyRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => ApiKeyCreatedResponseFromJSON(jsonValue));
    }

    /**
     * A key for programs: `Authorization: Bearer dai_…` is taken wherever an access token is, except for managing keys, the password, the budget, the deletion of the account and administration. The key is shown in this answer only. An account has at most 50 that are neither revoked nor expired (5002). An API key may not do this (2003).
     * Make an API key
     */
    async createApiKey(requestParameters: CreateApiKeyRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<ApiKeyCreatedResponse> {
        const response = await this.createApiKeyRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for deleteAvatar without sending the request
     */
    async deleteAvatarRequestOpts(): Promise<runtime.RequestOpts> {
        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/users/me/avatar`;

        return {
            path: urlPath,
            method: 'DELETE',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * The account shows no picture any more; doing so twice is a success.
     * Remove my avatar
     */
    async deleteAvatarRaw(initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<UserResponse>> {
        const requestOptions = await this.deleteAvatarRequestOpts();
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => UserResponseFromJSON(jsonValue));
    }

    /**
     * The account shows no picture any more; doing so twice is a success.
     * Remove my avatar
     */
    async deleteAvatar(initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<UserResponse> {
        const response = await this.deleteAvatarRaw(initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for deleteCurrentUser without sending the request
     */
    async deleteCurrentUserRequestOpts(requestParameters: DeleteCurrentUserRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['accountDeletion'] == null) {
            throw new runtime.RequiredError(
                'accountDeletion',
                'Required parameter "accountDeletion" was null or undefined when calling deleteCurrentUser().'
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

        let urlPath = `/users/me`;

        return {
            path: urlPath,
            method: 'DELETE',
            headers: headerParameters,
            query: queryParameters,
            body: AccountDeletionToJSON(requestParameters['accountDeletion']),
        };
    }

    /**
     * Asks for the password once more and deletes the account with everything in it. From the answer on no token, key, ticket or signed URL of it works, its streams end, and its e-mail and username are free. Work under way is cancelled; files and rows follow within minutes. What was spent stays on the books, without what was asked for. An API key may not do this (2003). An account whose e-mail makes it an administrator (`ADMIN_EMAILS`) is refused with 4002 and `urn:directorai:problem:listed_administrator` until the operator has taken it out of there.
     * Delete my account
     */
    async deleteCurrentUserRaw(requestParameters: DeleteCurrentUserRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<DoneResponse>> {
        const requestOptions = await this.deleteCurrentUserRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => DoneResponseFromJSON(jsonValue));
    }

    /**
     * Asks for the password once more and deletes the account with everything in it. From the answer on no token, key, ticket or signed URL of it works, its streams end, and its e-mail and username are free. Work under way is cancelled; files and rows follow within minutes. What was spent stays on the books, without what was asked for. An API key may not do this (2003). An account whose e-mail makes it an administrator (`ADMIN_EMAILS`) is refused with 4002 and `urn:directorai:problem:listed_administrator` until the operator has taken it out of there.
     * Delete my account
     */
    async deleteCurrentUser(requestParameters: DeleteCurrentUserRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<DoneResponse> {
        const response = await this.deleteCurrentUserRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for getBudget without sending the request
     */
    async getBudgetRequestOpts(): Promise<runtime.RequestOpts> {
        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/users/me/budget`;

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * What may be spent per UTC day and month, and what counts against it: spent, reserved by calls on their way, and in doubt where an answer was lost and nobody has decided about it.
     * Get the budget
     */
    async getBudgetRaw(initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<BudgetResponse>> {
        const requestOptions = await this.getBudgetRequestOpts();
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => BudgetResponseFromJSON(jsonValue));
    }

    /**
     * What may be spent per UTC day and month, and what counts against it: spent, reserved by calls on their way, and in doubt where an answer was lost and nobody has decided about it.
     * Get the budget
     */
    async getBudget(initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<BudgetResponse> {
        const response = await this.getBudgetRaw(initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for getUsage without sending the request
     */
    async getUsageRequestOpts(requestParameters: GetUsageRequest): Promise<runtime.RequestOpts> {
        const queryParameters: any = {};

        if (requestParameters['from'] != null) {
            queryParameters['from'] = runtime.serializeDateTime(requestParameters['from'] as any);
        }

        if (requestParameters['to'] != null) {
            queryParameters['to'] = runtime.serializeDateTime(requestParameters['to'] as any);
        }

        if (requestParameters['groupBy'] != null) {
            queryParameters['groupBy'] = requestParameters['groupBy'];
        }

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/users/me/usage`;

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Calls that providers accepted, seconds of clips, and cost, by day (UTC) or by film. `ambiguousCalls` lost their answer and may have been charged. Without `from` and `to` the last thirty days; at most 366.
     * Get what was bought
     */
    async getUsageRaw(requestParameters: GetUsageRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<UsageResponse>> {
        const requestOptions = await this.getUsageRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => UsageResponseFromJSON(jsonValue));
    }

    /**
     * Calls that providers accepted, seconds of clips, and cost, by day (UTC) or by film. `ambiguousCalls` lost their answer and may have been charged. Without `from` and `to` the last thirty days; at most 366.
     * Get what was bought
     */
    async getUsage(requestParameters: GetUsageRequest = {}, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<UsageResponse> {
        const response = await this.getUsageRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for listApiKeys without sending the request
     */
    async listApiKeysRequestOpts(requestParameters: ListApiKeysRequest): Promise<runtime.RequestOpts> {
        const queryParameters: any = {};

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

        let urlPath = `/users/me/api-keys`;

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * The newest first, revoked and expired ones too. A key itself is never shown again. An API key may not do this (2003).
     * List API keys
     */
    async listApiKeysRaw(requestParameters: ListApiKeysRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<ApiKeyPageResponse>> {
        const requestOptions = await this.listApiKeysRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => ApiKeyPageResponseFromJSON(jsonValue));
    }

    /**
     * The newest first, revoked and expired ones too. A key itself is never shown again. An API key may not do this (2003).
     * List API keys
     */
    async listApiKeys(requestParameters: ListApiKeysRequest = {}, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<ApiKeyPageResponse> {
        const response = await this.listApiKeysRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for revokeApiKey without sending the request
     */
    async revokeApiKeyRequestOpts(requestParameters: RevokeApiKeyRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['apiKeyId'] == null) {
            throw new runtime.RequiredError(
                'apiKeyId',
                'Required parameter "apiKeyId" was null or undefined when calling revokeApiKey().'
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

        let urlPath = `/users/me/api-keys/{apiKeyId}`;
        urlPath = urlPath.replace('{apiKeyId}', encodeURIComponent(String(requestParameters['apiKeyId'])));

        return {
            path: urlPath,
            method: 'DELETE',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * The key stops working at once, the streams it opened end, and the webhook endpoints it set up are disabled (`disabledReason: key_revoked`). To keep such an endpoint, enable it with another key or a session, before or after: it belongs to whoever last did so. Revoking a key twice is a success. An API key may not do this (2003).
     * Revoke an API key
     */
    async revokeApiKeyRaw(requestParameters: RevokeApiKeyRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<DoneResponse>> {
        const requestOptions = await this.revokeApiKeyRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => DoneResponseFromJSON(jsonValue));
    }

    /**
     * The key stops working at once, the streams it opened end, and the webhook endpoints it set up are disabled (`disabledReason: key_revoked`). To keep such an endpoint, enable it with another key or a session, before or after: it belongs to whoever last did so. Revoking a key twice is a success. An API key may not do this (2003).
     * Revoke an API key
     */
    async revokeApiKey(requestParameters: RevokeApiKeyRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<DoneResponse> {
        const response = await this.revokeApiKeyRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for setAvatar without sending the request
     */
    async setAvatarRequestOpts(requestParameters: SetAvatarRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['file'] == null) {
            throw new runtime.RequiredError(
                'file',
                'Required parameter "file" was null or undefined when calling setAvatar().'
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
        const consumes: runtime.Consume[] = [
            { contentType: 'multipart/form-data' },
        ];
        // @ts-ignore: canConsumeForm may be unused
        const canConsumeForm = runtime.canConsumeForm(consumes);

        let formParams: { append(param: string, value: any): any };
        let useForm = false;
        // use FormData to transmit files using content-type "multipart/form-data"
        useForm = canConsumeForm;
        if (useForm) {
            formParams = new FormData();
        } else {
            formParams = new URLSearchParams();
        }

        if (requestParameters['file'] != null) {
            formParams.append('file', requestParameters['file'] as any);
        }


        let urlPath = `/users/me/avatar`;

        return {
            path: urlPath,
            method: 'PUT',
            headers: headerParameters,
            query: queryParameters,
            body: formParams,
        };
    }

    /**
     * Takes one JPEG, PNG or WebP of at most 20 MiB, cuts a square of 512 pixels out of its middle and keeps that as a file of one\'s own. The avatar before is deleted unless it is used elsewhere.
     * Set my avatar
     */
    async setAvatarRaw(requestParameters: SetAvatarRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<UserResponse>> {
        const requestOptions = await this.setAvatarRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => UserResponseFromJSON(jsonValue));
    }

    /**
     * Takes one JPEG, PNG or WebP of at most 20 MiB, cuts a square of 512 pixels out of its middle and keeps that as a file of one\'s own. The avatar before is deleted unless it is used elsewhere.
     * Set my avatar
     */
    async setAvatar(requestParameters: SetAvatarRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<UserResponse> {
        const response = await this.setAvatarRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for setBudget without sending the request
     */
    async setBudgetRequestOpts(requestParameters: SetBudgetRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['budgetUpdate'] == null) {
            throw new runtime.RequiredError(
                'budgetUpdate',
                'Required parameter "budgetUpdate" was null or undefined when calling setBudget().'
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

        let urlPath = `/users/me/budget`;

        return {
            path: urlPath,
            method: 'PUT',
            headers: headerParameters,
            query: queryParameters,
            body: BudgetUpdateToJSON(requestParameters['budgetUpdate']),
        };
    }

    /**
     * Sets the limits given and leaves the others; `null` takes a limit away. It holds from the next paid call on. Not for API keys (403): what a lost one may spend stays what its owner set. A call that would exceed it does not leave: its step fails with 5001, and the task can be retried once the limit is higher or the period over.
     * Set the budget
     */
    async setBudgetRaw(requestParameters: SetBudgetRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<BudgetResponse>> {
        const requestOptions = await this.setBudgetRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => BudgetResponseFromJSON(jsonValue));
    }

    /**
     * Sets the limits given and leaves the others; `null` takes a limit away. It holds from the next paid call on. Not for API keys (403): what a lost one may spend stays what its owner set. A call that would exceed it does not leave: its step fails with 5001, and the task can be retried once the limit is higher or the period over.
     * Set the budget
     */
    async setBudget(requestParameters: SetBudgetRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<BudgetResponse> {
        const response = await this.setBudgetRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for updateCurrentUser without sending the request
     */
    async updateCurrentUserRequestOpts(requestParameters: UpdateCurrentUserRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['profileUpdate'] == null) {
            throw new runtime.RequiredError(
                'profileUpdate',
                'Required parameter "profileUpdate" was null or undefined when calling updateCurrentUser().'
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

        let urlPath = `/users/me`;

        return {
            path: urlPath,
            method: 'PATCH',
            headers: headerParameters,
            query: queryParameters,
            body: ProfileUpdateToJSON(requestParameters['profileUpdate']),
        };
    }

    /**
     * Gives the account another username.
     * Change my profile
     */
    async updateCurrentUserRaw(requestParameters: UpdateCurrentUserRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<UserResponse>> {
        const requestOptions = await this.updateCurrentUserRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => UserResponseFromJSON(jsonValue));
    }

    /**
     * Gives the account another username.
     * Change my profile
     */
    async updateCurrentUser(requestParameters: UpdateCurrentUserRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<UserResponse> {
        const response = await this.updateCurrentUserRaw(requestParameters, initOverrides);
        return await response.value();
    }

}

/**
 * @export
 */
export const GetUsageGroupByEnum = {
    Day: 'day',
    Film: 'film',
} as const;
export type GetUsageGroupByEnum = typeof GetUsageGroupByEnum[keyof typeof GetUsageGroupByEnum];
