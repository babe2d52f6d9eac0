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
    type Problem,
    ProblemFromJSON,
    ProblemToJSON,
} from '../models/Problem.js';
import {
    type ProgressEvent,
    ProgressEventFromJSON,
    ProgressEventToJSON,
} from '../models/ProgressEvent.js';
import {
    type StepResolution,
    StepResolutionFromJSON,
    StepResolutionToJSON,
} from '../models/StepResolution.js';
import {
    type TaskAcceptedResponse,
    TaskAcceptedResponseFromJSON,
    TaskAcceptedResponseToJSON,
} from '../models/TaskAcceptedResponse.js';
import {
    type TaskCreate,
    TaskCreateFromJSON,
    TaskCreateToJSON,
} from '../models/TaskCreate.js';
import {
    type TaskEstimateResponse,
    TaskEstimateResponseFromJSON,
    TaskEstimateResponseToJSON,
} from '../models/TaskEstimateResponse.js';
import {
    type TaskPageResponse,
    TaskPageResponseFromJSON,
    TaskPageResponseToJSON,
} from '../models/TaskPageResponse.js';
import {
    type TaskProgressResponse,
    TaskProgressResponseFromJSON,
    TaskProgressResponseToJSON,
} from '../models/TaskProgressResponse.js';
import {
    type TaskResponse,
    TaskResponseFromJSON,
    TaskResponseToJSON,
} from '../models/TaskResponse.js';
import {
    type TaskStatus,
    TaskStatusFromJSON,
    TaskStatusToJSON,
} from '../models/TaskStatus.js';
import {
    type TaskType,
    TaskTypeFromJSON,
    TaskTypeToJSON,
} from '../models/TaskType.js';
import {
    type UserEvent,
    UserEventFromJSON,
    UserEventToJSON,
} from '../models/UserEvent.js';

export interface CancelTaskRequest {
    /**
     * The id of the task.
     */
    taskId: string;
}

export interface CreateTaskRequest {
    /**
     * 
     */
    taskCreate: TaskCreate;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
    /**
     * `wait=N` (RFC 7240) holds the answer until the task has ended, N seconds at most and never more than 60. Other preferences are ignored.
     */
    prefer?: string;
}

export interface EstimateTaskRequest {
    /**
     * 
     */
    taskCreate: TaskCreate;
}

export interface GetTaskRequest {
    /**
     * The id of the task.
     */
    taskId: string;
    /**
     * `wait=N` (RFC 7240) holds the answer until the task has ended, N seconds at most and never more than 60. Other preferences are ignored.
     */
    prefer?: string;
}

export interface GetTaskProgressRequest {
    /**
     * The id of the task.
     */
    taskId: string;
}

export interface ListTasksRequest {
    /**
     * The page, counted from 1.
     */
    page?: number;
    /**
     * How many items a page holds.
     */
    pageSize?: number;
    /**
     * The `nextCursor` of the answer before; only tasks older than that.
     */
    cursor?: string;
    /**
     * Only tasks of this type.
     */
    type?: TaskType;
    /**
     * Only tasks in this state.
     */
    status?: TaskStatus;
    /**
     * Only tasks of this conversation.
     */
    conversationId?: string;
    /**
     * Only tasks of this screenplay: the one that wrote it, its films, and what was made anew of its scenes and characters.
     */
    screenplayId?: string;
    /**
     * Only what was asked for after this moment.
     */
    createdAfter?: Date;
    /**
     * Only what was asked for before this moment.
     */
    createdBefore?: Date;
}

export interface ResolveTaskStepRequest {
    /**
     * The id of the task.
     */
    taskId: string;
    /**
     * The id of the step.
     */
    stepId: string;
    /**
     * 
     */
    stepResolution: StepResolution;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
}

export interface RetryTaskRequest {
    /**
     * The id of the task.
     */
    taskId: string;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
}

export interface StreamEventsRequest {
    /**
     * The number of the last event received; browsers send it when they reconnect. It is preferred to `after`.
     */
    lastEventID?: number;
    /**
     * Only events with a greater number than this.
     */
    after?: number;
    /**
     * A ticket of `createStreamTicket`, in place of the access token.
     */
    ticket?: string;
}

export interface StreamTaskEventsRequest {
    /**
     * The id of the task.
     */
    taskId: string;
    /**
     * The number of the last event received; browsers send it when they reconnect. It is preferred to `after`.
     */
    lastEventID?: number;
    /**
     * Only events with a greater number than this.
     */
    after?: number;
    /**
     * A ticket of `createStreamTicket`, in place of the access token.
     */
    ticket?: string;
}

/**
 * 
 */
export class TasksApi extends runtime.BaseAPI {

    /**
     * Creates request options for cancelTask without sending the request
     */
    async cancelTaskRequestOpts(requestParameters: CancelTaskRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['taskId'] == null) {
            throw new runtime.RequiredError(
                'taskId',
                'Required parameter "taskId" was null or undefined when calling cancelTask().'
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

        let urlPath = `/tasks/{taskId}/cancel`;
        urlPath = urlPath.replace('{taskId}', encodeURIComponent(String(requestParameters['taskId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Unstarted steps stop at once, running ones at their next safe point. What was paid for is kept. A task that has ended, cancelled ones included, is refused with 4002.
     * Cancel a task
     */
    async cancelTaskRaw(requestParameters: CancelTaskRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TaskResponse>> {
        const requestOptions = await this.cancelTaskRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TaskResponseFromJSON(jsonValue));
    }

    /**
     * Unstarted steps stop at once, running ones at their next safe point. What was paid for is kept. A task that has ended, cancelled ones included, is refused with 4002.
     * Cancel a task
     */
    async cancelTask(requestParameters: CancelTaskRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TaskResponse> {
        const response = await this.cancelTaskRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for createTask without sending the request
     */
    async createTaskRequestOpts(requestParameters: CreateTaskRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['taskCreate'] == null) {
            throw new runtime.RequiredError(
                'taskCreate',
                'Required parameter "taskCreate" was null or undefined when calling createTask().'
            );
        }

        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

        headerParameters['Content-Type'] = 'application/json';

        if (requestParameters['idempotencyKey'] != null) {
            headerParameters['Idempotency-Key'] = String(requestParameters['idempotencyKey']);
        }

        if (requestParameters['prefer'] != null) {
            headerParameters['Prefer'] = String(requestParameters['prefer']);
        }

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/tasks`;

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: TaskCreateToJSON(requestParameters['taskCreate']),
        };
    }

    /**
     * Accepts the work and answers at once; the work goes on in the background. The task and its first step are stored together. Media, scene, screenplay and conversation ids must be one\'s own; others are answered 404. A film of a screenplay needs that screenplay confirmed. `maxCost` refuses what is estimated at more (5001), and holds for the paid calls of the task from then on. With `Prefer: wait=N` the answer comes when the task has ended, with its `result` and `errorMessage`, or after N seconds without them.
     * Ask for a screenplay, picture, clip or film
     */
    async createTaskRaw(requestParameters: CreateTaskRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TaskAcceptedResponse>> {
        const requestOptions = await this.createTaskRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TaskAcceptedResponseFromJSON(jsonValue));
    }

    /**
     * Accepts the work and answers at once; the work goes on in the background. The task and its first step are stored together. Media, scene, screenplay and conversation ids must be one\'s own; others are answered 404. A film of a screenplay needs that screenplay confirmed. `maxCost` refuses what is estimated at more (5001), and holds for the paid calls of the task from then on. With `Prefer: wait=N` the answer comes when the task has ended, with its `result` and `errorMessage`, or after N seconds without them.
     * Ask for a screenplay, picture, clip or film
     */
    async createTask(requestParameters: CreateTaskRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TaskAcceptedResponse> {
        const response = await this.createTaskRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for estimateTask without sending the request
     */
    async estimateTaskRequestOpts(requestParameters: EstimateTaskRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['taskCreate'] == null) {
            throw new runtime.RequiredError(
                'taskCreate',
                'Required parameter "taskCreate" was null or undefined when calling estimateTask().'
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

        let urlPath = `/tasks/estimate`;

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: TaskCreateToJSON(requestParameters['taskCreate']),
        };
    }

    /**
     * Plans the task as `createTask` would and prices each stage: calls, what one of them costs, and how long it usually takes. What a film would find already made costs nothing. Nothing is spent, reserved or stored. A screenplay can be estimated while it is a draft. One call per step is counted; a call repeated because its answer was unusable comes on top.
     * Estimate what a task costs
     */
    async estimateTaskRaw(requestParameters: EstimateTaskRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TaskEstimateResponse>> {
        const requestOptions = await this.estimateTaskRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TaskEstimateResponseFromJSON(jsonValue));
    }

    /**
     * Plans the task as `createTask` would and prices each stage: calls, what one of them costs, and how long it usually takes. What a film would find already made costs nothing. Nothing is spent, reserved or stored. A screenplay can be estimated while it is a draft. One call per step is counted; a call repeated because its answer was unusable comes on top.
     * Estimate what a task costs
     */
    async estimateTask(requestParameters: EstimateTaskRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TaskEstimateResponse> {
        const response = await this.estimateTaskRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for getTask without sending the request
     */
    async getTaskRequestOpts(requestParameters: GetTaskRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['taskId'] == null) {
            throw new runtime.RequiredError(
                'taskId',
                'Required parameter "taskId" was null or undefined when calling getTask().'
            );
        }

        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

        if (requestParameters['prefer'] != null) {
            headerParameters['Prefer'] = String(requestParameters['prefer']);
        }

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/tasks/{taskId}`;
        urlPath = urlPath.replace('{taskId}', encodeURIComponent(String(requestParameters['taskId'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * The task with its parameters, its steps and what it has made so far. With `Prefer: wait=N` the answer comes when the task has ended, or after N seconds.
     * Get a task
     */
    async getTaskRaw(requestParameters: GetTaskRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TaskResponse>> {
        const requestOptions = await this.getTaskRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TaskResponseFromJSON(jsonValue));
    }

    /**
     * The task with its parameters, its steps and what it has made so far. With `Prefer: wait=N` the answer comes when the task has ended, or after N seconds.
     * Get a task
     */
    async getTask(requestParameters: GetTaskRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TaskResponse> {
        const response = await this.getTaskRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for getTaskProgress without sending the request
     */
    async getTaskProgressRequestOpts(requestParameters: GetTaskProgressRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['taskId'] == null) {
            throw new runtime.RequiredError(
                'taskId',
                'Required parameter "taskId" was null or undefined when calling getTaskProgress().'
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

        let urlPath = `/tasks/{taskId}/progress`;
        urlPath = urlPath.replace('{taskId}', encodeURIComponent(String(requestParameters['taskId'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * The present progress, for clients that would rather ask than listen.
     * Get a task\'s progress
     */
    async getTaskProgressRaw(requestParameters: GetTaskProgressRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TaskProgressResponse>> {
        const requestOptions = await this.getTaskProgressRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TaskProgressResponseFromJSON(jsonValue));
    }

    /**
     * The present progress, for clients that would rather ask than listen.
     * Get a task\'s progress
     */
    async getTaskProgress(requestParameters: GetTaskProgressRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TaskProgressResponse> {
        const response = await this.getTaskProgressRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for listTasks without sending the request
     */
    async listTasksRequestOpts(requestParameters: ListTasksRequest): Promise<runtime.RequestOpts> {
        const queryParameters: any = {};

        if (requestParameters['page'] != null) {
            queryParameters['page'] = requestParameters['page'];
        }

        if (requestParameters['pageSize'] != null) {
            queryParameters['pageSize'] = requestParameters['pageSize'];
        }

        if (requestParameters['cursor'] != null) {
            queryParameters['cursor'] = requestParameters['cursor'];
        }

        if (requestParameters['type'] != null) {
            queryParameters['type'] = requestParameters['type'];
        }

        if (requestParameters['status'] != null) {
            queryParameters['status'] = requestParameters['status'];
        }

        if (requestParameters['conversationId'] != null) {
            queryParameters['conversationId'] = requestParameters['conversationId'];
        }

        if (requestParameters['screenplayId'] != null) {
            queryParameters['screenplayId'] = requestParameters['screenplayId'];
        }

        if (requestParameters['createdAfter'] != null) {
            queryParameters['createdAfter'] = runtime.serializeDateTime(requestParameters['createdAfter'] as any);
        }

        if (requestParameters['createdBefore'] != null) {
            queryParameters['createdBefore'] = runtime.serializeDateTime(requestParameters['createdBefore'] as any);
        }

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/tasks`;

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * The newest first, filtered by whatever is given. `cursor` takes the `nextCursor` of the answer before and gives what is older than that, whatever was asked for meanwhile; `page` is then ignored.
     * List tasks
     */
    async listTasksRaw(requestParameters: ListTasksRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TaskPageResponse>> {
        const requestOptions = await this.listTasksRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TaskPageResponseFromJSON(jsonValue));
    }

    /**
     * The newest first, filtered by whatever is given. `cursor` takes the `nextCursor` of the answer before and gives what is older than that, whatever was asked for meanwhile; `page` is then ignored.
     * List tasks
     */
    async listTasks(requestParameters: ListTasksRequest = {}, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TaskPageResponse> {
        const response = await this.listTasksRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for resolveTaskStep without sending the request
     */
    async resolveTaskStepRequestOpts(requestParameters: ResolveTaskStepRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['taskId'] == null) {
            throw new runtime.RequiredError(
                'taskId',
                'Required parameter "taskId" was null or undefined when calling resolveTaskStep().'
            );
        }

        if (requestParameters['stepId'] == null) {
            throw new runtime.RequiredError(
                'stepId',
                'Required parameter "stepId" was null or undefined when calling resolveTaskStep().'
            );
        }

        if (requestParameters['stepResolution'] == null) {
            throw new runtime.RequiredError(
                'stepResolution',
                'Required parameter "stepResolution" was null or undefined when calling resolveTaskStep().'
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

        let urlPath = `/tasks/{taskId}/steps/{stepId}/resolve`;
        urlPath = urlPath.replace('{taskId}', encodeURIComponent(String(requestParameters['taskId'])));
        urlPath = urlPath.replace('{stepId}', encodeURIComponent(String(requestParameters['stepId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: StepResolutionToJSON(requestParameters['stepResolution']),
        };
    }

    /**
     * A step in `needs_review` has a paid call whose answer was lost. `retry` takes it up again, at no further cost where the vendor can recognise it, else as a new call, which may cost twice; `accept_loss` gives the step up.
     * Decide about a call in doubt
     */
    async resolveTaskStepRaw(requestParameters: ResolveTaskStepRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TaskResponse>> {
        const requestOptions = await this.resolveTaskStepRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TaskResponseFromJSON(jsonValue));
    }

    /**
     * A step in `needs_review` has a paid call whose answer was lost. `retry` takes it up again, at no further cost where the vendor can recognise it, else as a new call, which may cost twice; `accept_loss` gives the step up.
     * Decide about a call in doubt
     */
    async resolveTaskStep(requestParameters: ResolveTaskStepRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TaskResponse> {
        const response = await this.resolveTaskStepRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for retryTask without sending the request
     */
    async retryTaskRequestOpts(requestParameters: RetryTaskRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['taskId'] == null) {
            throw new runtime.RequiredError(
                'taskId',
                'Required parameter "taskId" was null or undefined when calling retryTask().'
            );
        }

        const queryParameters: any = {};

        const headerParameters: runtime.HTTPHeaders = {};

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

        let urlPath = `/tasks/{taskId}/retry`;
        urlPath = urlPath.replace('{taskId}', encodeURIComponent(String(requestParameters['taskId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Runs the failed and cancelled steps again and keeps everything that succeeded, so nothing is bought twice. Only a failed or cancelled task can be retried, and one that is about a screenplay only while nothing else is made of that (4002). Where scenes came or went since a film was planned it is refused with 4002 and `urn:directorai:problem:film_outdated`: order the film of the screenplay, which makes only what is missing.
     * Retry what failed
     */
    async retryTaskRaw(requestParameters: RetryTaskRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TaskResponse>> {
        const requestOptions = await this.retryTaskRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TaskResponseFromJSON(jsonValue));
    }

    /**
     * Runs the failed and cancelled steps again and keeps everything that succeeded, so nothing is bought twice. Only a failed or cancelled task can be retried, and one that is about a screenplay only while nothing else is made of that (4002). Where scenes came or went since a film was planned it is refused with 4002 and `urn:directorai:problem:film_outdated`: order the film of the screenplay, which makes only what is missing.
     * Retry what failed
     */
    async retryTask(requestParameters: RetryTaskRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TaskResponse> {
        const response = await this.retryTaskRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for streamEvents without sending the request
     */
    async streamEventsRequestOpts(requestParameters: StreamEventsRequest): Promise<runtime.RequestOpts> {
        const queryParameters: any = {};

        if (requestParameters['after'] != null) {
            queryParameters['after'] = requestParameters['after'];
        }

        if (requestParameters['ticket'] != null) {
            queryParameters['ticket'] = requestParameters['ticket'];
        }

        const headerParameters: runtime.HTTPHeaders = {};

        if (requestParameters['lastEventID'] != null) {
            headerParameters['Last-Event-ID'] = String(requestParameters['lastEventID']);
        }

        if (this.configuration && this.configuration.apiKey) {
            queryParameters["ticket"] = await this.configuration.apiKey("ticket"); // streamTicket authentication
        }

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/events`;

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Every event of all of one\'s tasks and conversations: all later than `Last-Event-ID` or `after`, then live. Without either it begins with what happens next. The answers of the agent come as `message.delta` while they are written and whole as `message.completed`.
     * Watch all events
     */
    async streamEventsRaw(requestParameters: StreamEventsRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<UserEvent>> {
        const requestOptions = await this.streamEventsRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => UserEventFromJSON(jsonValue));
    }

    /**
     * Every event of all of one\'s tasks and conversations: all later than `Last-Event-ID` or `after`, then live. Without either it begins with what happens next. The answers of the agent come as `message.delta` while they are written and whole as `message.completed`.
     * Watch all events
     */
    async streamEvents(requestParameters: StreamEventsRequest = {}, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<UserEvent | null | undefined > {
        const response = await this.streamEventsRaw(requestParameters, initOverrides);
        switch (response.raw.status) {
            case 200:
                return await response.value();
            case 204:
                return null;
            default:
                return await response.value();
        }
    }

    /**
     * Creates request options for streamTaskEvents without sending the request
     */
    async streamTaskEventsRequestOpts(requestParameters: StreamTaskEventsRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['taskId'] == null) {
            throw new runtime.RequiredError(
                'taskId',
                'Required parameter "taskId" was null or undefined when calling streamTaskEvents().'
            );
        }

        const queryParameters: any = {};

        if (requestParameters['after'] != null) {
            queryParameters['after'] = requestParameters['after'];
        }

        if (requestParameters['ticket'] != null) {
            queryParameters['ticket'] = requestParameters['ticket'];
        }

        const headerParameters: runtime.HTTPHeaders = {};

        if (requestParameters['lastEventID'] != null) {
            headerParameters['Last-Event-ID'] = String(requestParameters['lastEventID']);
        }

        if (this.configuration && this.configuration.apiKey) {
            queryParameters["ticket"] = await this.configuration.apiKey("ticket"); // streamTicket authentication
        }

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/tasks/{taskId}/events`;
        urlPath = urlPath.replace('{taskId}', encodeURIComponent(String(requestParameters['taskId'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Every progress event of the task: from its first one, or all later than `Last-Event-ID` or `after`, then live. The stream ends after the task\'s last event. Nothing is left out and nothing is repeated; of a task that ended so long ago that its history was deleted, the last event is left. While `details.needsReview` is there, a step waits for `resolveTaskStep`.
     * Watch one task
     */
    async streamTaskEventsRaw(requestParameters: StreamTaskEventsRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<ProgressEvent>> {
        const requestOptions = await this.streamTaskEventsRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => ProgressEventFromJSON(jsonValue));
    }

    /**
     * Every progress event of the task: from its first one, or all later than `Last-Event-ID` or `after`, then live. The stream ends after the task\'s last event. Nothing is left out and nothing is repeated; of a task that ended so long ago that its history was deleted, the last event is left. While `details.needsReview` is there, a step waits for `resolveTaskStep`.
     * Watch one task
     */
    async streamTaskEvents(requestParameters: StreamTaskEventsRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<ProgressEvent | null | undefined > {
        const response = await this.streamTaskEventsRaw(requestParameters, initOverrides);
        switch (response.raw.status) {
            case 200:
                return await response.value();
            case 204:
                return null;
            default:
                return await response.value();
        }
    }

}
