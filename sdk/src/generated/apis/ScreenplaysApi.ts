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
    type CharacterRedraw,
    CharacterRedrawFromJSON,
    CharacterRedrawToJSON,
} from '../models/CharacterRedraw.js';
import {
    type CharacterSheetResponse,
    CharacterSheetResponseFromJSON,
    CharacterSheetResponseToJSON,
} from '../models/CharacterSheetResponse.js';
import {
    type CharacterSheetTakePageResponse,
    CharacterSheetTakePageResponseFromJSON,
    CharacterSheetTakePageResponseToJSON,
} from '../models/CharacterSheetTakePageResponse.js';
import {
    type CharacterSheetUpdate,
    CharacterSheetUpdateFromJSON,
    CharacterSheetUpdateToJSON,
} from '../models/CharacterSheetUpdate.js';
import {
    type DoneResponse,
    DoneResponseFromJSON,
    DoneResponseToJSON,
} from '../models/DoneResponse.js';
import {
    type Problem,
    ProblemFromJSON,
    ProblemToJSON,
} from '../models/Problem.js';
import {
    type SceneCreate,
    SceneCreateFromJSON,
    SceneCreateToJSON,
} from '../models/SceneCreate.js';
import {
    type SceneOrder,
    SceneOrderFromJSON,
    SceneOrderToJSON,
} from '../models/SceneOrder.js';
import {
    type SceneRedraw,
    SceneRedrawFromJSON,
    SceneRedrawToJSON,
} from '../models/SceneRedraw.js';
import {
    type SceneResponse,
    SceneResponseFromJSON,
    SceneResponseToJSON,
} from '../models/SceneResponse.js';
import {
    type SceneTakeKind,
    SceneTakeKindFromJSON,
    SceneTakeKindToJSON,
} from '../models/SceneTakeKind.js';
import {
    type SceneUpdate,
    SceneUpdateFromJSON,
    SceneUpdateToJSON,
} from '../models/SceneUpdate.js';
import {
    type ScreenplayPageResponse,
    ScreenplayPageResponseFromJSON,
    ScreenplayPageResponseToJSON,
} from '../models/ScreenplayPageResponse.js';
import {
    type ScreenplayResponse,
    ScreenplayResponseFromJSON,
    ScreenplayResponseToJSON,
} from '../models/ScreenplayResponse.js';
import {
    type ScreenplayUpdate,
    ScreenplayUpdateFromJSON,
    ScreenplayUpdateToJSON,
} from '../models/ScreenplayUpdate.js';
import {
    type TakePageResponse,
    TakePageResponseFromJSON,
    TakePageResponseToJSON,
} from '../models/TakePageResponse.js';
import {
    type TaskSummaryResponse,
    TaskSummaryResponseFromJSON,
    TaskSummaryResponseToJSON,
} from '../models/TaskSummaryResponse.js';

export interface AddSceneRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
    /**
     * 
     */
    sceneCreate: SceneCreate;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
}

export interface ConfirmScreenplayRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
}

export interface DeleteSceneRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
    /**
     * The scene's `id`, not its number.
     */
    sceneUuid: string;
}

export interface DeleteScreenplayRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
}

export interface ExportScreenplayRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
}

export interface GetScreenplayRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
}

export interface ListCharacterSheetTakesRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
    /**
     * The id of the character sheet.
     */
    characterSheetId: string;
    /**
     * The page, counted from 1.
     */
    page?: number;
    /**
     * How many items a page holds.
     */
    pageSize?: number;
}

export interface ListSceneTakesRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
    /**
     * The scene's `id`, not its number.
     */
    sceneUuid: string;
    /**
     * Only pictures, or only clips.
     */
    kind?: SceneTakeKind;
    /**
     * The page, counted from 1.
     */
    page?: number;
    /**
     * How many items a page holds.
     */
    pageSize?: number;
}

export interface ListScreenplaysRequest {
    /**
     * The page, counted from 1.
     */
    page?: number;
    /**
     * How many items a page holds.
     */
    pageSize?: number;
}

export interface RegenerateCharacterSheetRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
    /**
     * The id of the character sheet.
     */
    characterSheetId: string;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
    /**
     * 
     */
    characterRedraw?: CharacterRedraw;
}

export interface RegenerateSceneImageRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
    /**
     * The scene's `id`, not its number.
     */
    sceneUuid: string;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
    /**
     * 
     */
    sceneRedraw?: SceneRedraw;
}

export interface RegenerateSceneVideoRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
    /**
     * The scene's `id`, not its number.
     */
    sceneUuid: string;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
    /**
     * 
     */
    sceneRedraw?: SceneRedraw;
}

export interface ReorderScenesRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
    /**
     * 
     */
    sceneOrder: SceneOrder;
}

export interface SelectCharacterSheetTakeRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
    /**
     * The id of the character sheet.
     */
    characterSheetId: string;
    /**
     * The id of the take.
     */
    takeId: string;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
}

export interface SelectTakeRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
    /**
     * The scene's `id`, not its number.
     */
    sceneUuid: string;
    /**
     * The id of the take.
     */
    takeId: string;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
}

export interface UpdateCharacterSheetRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
    /**
     * The id of the character sheet.
     */
    characterSheetId: string;
    /**
     * 
     */
    characterSheetUpdate: CharacterSheetUpdate;
}

export interface UpdateSceneRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
    /**
     * The scene's `id`, not its number.
     */
    sceneUuid: string;
    /**
     * 
     */
    sceneUpdate: SceneUpdate;
}

export interface UpdateScreenplayRequest {
    /**
     * The id of the screenplay.
     */
    screenplayId: string;
    /**
     * 
     */
    screenplayUpdate: ScreenplayUpdate;
}

/**
 * 
 */
export class ScreenplaysApi extends runtime.BaseAPI {

    /**
     * Creates request options for addScene without sending the request
     */
    async addSceneRequestOpts(requestParameters: AddSceneRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling addScene().'
            );
        }

        if (requestParameters['sceneCreate'] == null) {
            throw new runtime.RequiredError(
                'sceneCreate',
                'Required parameter "sceneCreate" was null or undefined when calling addScene().'
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

        let urlPath = `/screenplays/{screenplayId}/scenes`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: SceneCreateToJSON(requestParameters['sceneCreate']),
        };
    }

    /**
     * Puts a new scene at `position`, or at the end; the scenes from there on move back. A screenplay has at most 30 scenes; one more is refused with 5002.
     * Add a scene
     */
    async addSceneRaw(requestParameters: AddSceneRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<SceneResponse>> {
        const requestOptions = await this.addSceneRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => SceneResponseFromJSON(jsonValue));
    }

    /**
     * Puts a new scene at `position`, or at the end; the scenes from there on move back. A screenplay has at most 30 scenes; one more is refused with 5002.
     * Add a scene
     */
    async addScene(requestParameters: AddSceneRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<SceneResponse> {
        const response = await this.addSceneRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for confirmScreenplay without sending the request
     */
    async confirmScreenplayRequestOpts(requestParameters: ConfirmScreenplayRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling confirmScreenplay().'
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

        let urlPath = `/screenplays/{screenplayId}/confirm`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Turns a draft into a confirmed screenplay, of which a film can be made. Spends nothing; anything but a draft is refused with 4002.
     * Confirm a screenplay
     */
    async confirmScreenplayRaw(requestParameters: ConfirmScreenplayRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<ScreenplayResponse>> {
        const requestOptions = await this.confirmScreenplayRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => ScreenplayResponseFromJSON(jsonValue));
    }

    /**
     * Turns a draft into a confirmed screenplay, of which a film can be made. Spends nothing; anything but a draft is refused with 4002.
     * Confirm a screenplay
     */
    async confirmScreenplay(requestParameters: ConfirmScreenplayRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<ScreenplayResponse> {
        const response = await this.confirmScreenplayRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for deleteScene without sending the request
     */
    async deleteSceneRequestOpts(requestParameters: DeleteSceneRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling deleteScene().'
            );
        }

        if (requestParameters['sceneUuid'] == null) {
            throw new runtime.RequiredError(
                'sceneUuid',
                'Required parameter "sceneUuid" was null or undefined when calling deleteScene().'
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

        let urlPath = `/screenplays/{screenplayId}/scenes/{sceneUuid}`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));
        urlPath = urlPath.replace('{sceneUuid}', encodeURIComponent(String(requestParameters['sceneUuid'])));

        return {
            path: urlPath,
            method: 'DELETE',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Deletes the scene with all its takes and their files; the scenes behind it move up. The last scene of a screenplay stays, and so does one that is being drawn or shot: 4002.
     * Delete a scene
     */
    async deleteSceneRaw(requestParameters: DeleteSceneRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<DoneResponse>> {
        const requestOptions = await this.deleteSceneRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => DoneResponseFromJSON(jsonValue));
    }

    /**
     * Deletes the scene with all its takes and their files; the scenes behind it move up. The last scene of a screenplay stays, and so does one that is being drawn or shot: 4002.
     * Delete a scene
     */
    async deleteScene(requestParameters: DeleteSceneRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<DoneResponse> {
        const response = await this.deleteSceneRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for deleteScreenplay without sending the request
     */
    async deleteScreenplayRequestOpts(requestParameters: DeleteScreenplayRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling deleteScreenplay().'
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

        let urlPath = `/screenplays/{screenplayId}`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));

        return {
            path: urlPath,
            method: 'DELETE',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Deletes the screenplay with its scenes, character sheets and every take of them: their pictures, clips and films, and the bytes. One\'s own uploads and the tasks stay. Refused with 4002 while a film is made of it, or anything in it is drawn or shot.
     * Delete a screenplay
     */
    async deleteScreenplayRaw(requestParameters: DeleteScreenplayRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<DoneResponse>> {
        const requestOptions = await this.deleteScreenplayRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => DoneResponseFromJSON(jsonValue));
    }

    /**
     * Deletes the screenplay with its scenes, character sheets and every take of them: their pictures, clips and films, and the bytes. One\'s own uploads and the tasks stay. Refused with 4002 while a film is made of it, or anything in it is drawn or shot.
     * Delete a screenplay
     */
    async deleteScreenplay(requestParameters: DeleteScreenplayRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<DoneResponse> {
        const response = await this.deleteScreenplayRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for exportScreenplay without sending the request
     */
    async exportScreenplayRequestOpts(requestParameters: ExportScreenplayRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling exportScreenplay().'
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

        let urlPath = `/screenplays/{screenplayId}/export`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * A ZIP file of everything that is shown: `screenplay.json`, the characters\' views, each scene\'s picture and clip, the latest film with poster and subtitles, one\'s own reference pictures, and `manifest.json` with the size and SHA-256 of each file.
     * Export a screenplay
     */
    async exportScreenplayRaw(requestParameters: ExportScreenplayRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<Blob>> {
        const requestOptions = await this.exportScreenplayRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.BlobApiResponse(response);
    }

    /**
     * A ZIP file of everything that is shown: `screenplay.json`, the characters\' views, each scene\'s picture and clip, the latest film with poster and subtitles, one\'s own reference pictures, and `manifest.json` with the size and SHA-256 of each file.
     * Export a screenplay
     */
    async exportScreenplay(requestParameters: ExportScreenplayRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<Blob> {
        const response = await this.exportScreenplayRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for getScreenplay without sending the request
     */
    async getScreenplayRequestOpts(requestParameters: GetScreenplayRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling getScreenplay().'
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

        let urlPath = `/screenplays/{screenplayId}`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * The screenplay with its scenes in order, its character sheets and its latest film. Each `…State` tells what a film made now would do: use what is there (`current`), make it anew (`stale`), or make it for the first time (`missing`). What is made from something that is not current is not current either.
     * Get a screenplay
     */
    async getScreenplayRaw(requestParameters: GetScreenplayRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<ScreenplayResponse>> {
        const requestOptions = await this.getScreenplayRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => ScreenplayResponseFromJSON(jsonValue));
    }

    /**
     * The screenplay with its scenes in order, its character sheets and its latest film. Each `…State` tells what a film made now would do: use what is there (`current`), make it anew (`stale`), or make it for the first time (`missing`). What is made from something that is not current is not current either.
     * Get a screenplay
     */
    async getScreenplay(requestParameters: GetScreenplayRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<ScreenplayResponse> {
        const response = await this.getScreenplayRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for listCharacterSheetTakes without sending the request
     */
    async listCharacterSheetTakesRequestOpts(requestParameters: ListCharacterSheetTakesRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling listCharacterSheetTakes().'
            );
        }

        if (requestParameters['characterSheetId'] == null) {
            throw new runtime.RequiredError(
                'characterSheetId',
                'Required parameter "characterSheetId" was null or undefined when calling listCharacterSheetTakes().'
            );
        }

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

        let urlPath = `/screenplays/{screenplayId}/character-sheets/{characterSheetId}/takes`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));
        urlPath = urlPath.replace('{characterSheetId}', encodeURIComponent(String(requestParameters['characterSheetId'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Every sheet ever drawn of the character, the newest first, with what was really sent for it and what it cost.
     * List a character\'s takes
     */
    async listCharacterSheetTakesRaw(requestParameters: ListCharacterSheetTakesRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<CharacterSheetTakePageResponse>> {
        const requestOptions = await this.listCharacterSheetTakesRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => CharacterSheetTakePageResponseFromJSON(jsonValue));
    }

    /**
     * Every sheet ever drawn of the character, the newest first, with what was really sent for it and what it cost.
     * List a character\'s takes
     */
    async listCharacterSheetTakes(requestParameters: ListCharacterSheetTakesRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<CharacterSheetTakePageResponse> {
        const response = await this.listCharacterSheetTakesRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for listSceneTakes without sending the request
     */
    async listSceneTakesRequestOpts(requestParameters: ListSceneTakesRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling listSceneTakes().'
            );
        }

        if (requestParameters['sceneUuid'] == null) {
            throw new runtime.RequiredError(
                'sceneUuid',
                'Required parameter "sceneUuid" was null or undefined when calling listSceneTakes().'
            );
        }

        const queryParameters: any = {};

        if (requestParameters['kind'] != null) {
            queryParameters['kind'] = requestParameters['kind'];
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

        let urlPath = `/screenplays/{screenplayId}/scenes/{sceneUuid}/takes`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));
        urlPath = urlPath.replace('{sceneUuid}', encodeURIComponent(String(requestParameters['sceneUuid'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Every picture and clip ever made for the scene, the newest first, with what was really sent for it and what it cost.
     * List a scene\'s takes
     */
    async listSceneTakesRaw(requestParameters: ListSceneTakesRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TakePageResponse>> {
        const requestOptions = await this.listSceneTakesRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TakePageResponseFromJSON(jsonValue));
    }

    /**
     * Every picture and clip ever made for the scene, the newest first, with what was really sent for it and what it cost.
     * List a scene\'s takes
     */
    async listSceneTakes(requestParameters: ListSceneTakesRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TakePageResponse> {
        const response = await this.listSceneTakesRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for listScreenplays without sending the request
     */
    async listScreenplaysRequestOpts(requestParameters: ListScreenplaysRequest): Promise<runtime.RequestOpts> {
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

        let urlPath = `/screenplays`;

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * The newest first.
     * List screenplays
     */
    async listScreenplaysRaw(requestParameters: ListScreenplaysRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<ScreenplayPageResponse>> {
        const requestOptions = await this.listScreenplaysRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => ScreenplayPageResponseFromJSON(jsonValue));
    }

    /**
     * The newest first.
     * List screenplays
     */
    async listScreenplays(requestParameters: ListScreenplaysRequest = {}, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<ScreenplayPageResponse> {
        const response = await this.listScreenplaysRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for regenerateCharacterSheet without sending the request
     */
    async regenerateCharacterSheetRequestOpts(requestParameters: RegenerateCharacterSheetRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling regenerateCharacterSheet().'
            );
        }

        if (requestParameters['characterSheetId'] == null) {
            throw new runtime.RequiredError(
                'characterSheetId',
                'Required parameter "characterSheetId" was null or undefined when calling regenerateCharacterSheet().'
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

        let urlPath = `/screenplays/{screenplayId}/character-sheets/{characterSheetId}/image`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));
        urlPath = urlPath.replace('{characterSheetId}', encodeURIComponent(String(requestParameters['characterSheetId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: CharacterRedrawToJSON(requestParameters['characterRedraw']),
        };
    }

    /**
     * Draws the sheet once more: a new take even where an equal one is there. A `description` becomes the character\'s first; without a body, or with `{}`, it is kept. The pictures and clips the character is in are then `stale`.
     * Draw a character anew
     */
    async regenerateCharacterSheetRaw(requestParameters: RegenerateCharacterSheetRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TaskSummaryResponse>> {
        const requestOptions = await this.regenerateCharacterSheetRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TaskSummaryResponseFromJSON(jsonValue));
    }

    /**
     * Draws the sheet once more: a new take even where an equal one is there. A `description` becomes the character\'s first; without a body, or with `{}`, it is kept. The pictures and clips the character is in are then `stale`.
     * Draw a character anew
     */
    async regenerateCharacterSheet(requestParameters: RegenerateCharacterSheetRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TaskSummaryResponse> {
        const response = await this.regenerateCharacterSheetRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for regenerateSceneImage without sending the request
     */
    async regenerateSceneImageRequestOpts(requestParameters: RegenerateSceneImageRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling regenerateSceneImage().'
            );
        }

        if (requestParameters['sceneUuid'] == null) {
            throw new runtime.RequiredError(
                'sceneUuid',
                'Required parameter "sceneUuid" was null or undefined when calling regenerateSceneImage().'
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

        let urlPath = `/screenplays/{screenplayId}/scenes/{sceneUuid}/image`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));
        urlPath = urlPath.replace('{sceneUuid}', encodeURIComponent(String(requestParameters['sceneUuid'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: SceneRedrawToJSON(requestParameters['sceneRedraw']),
        };
    }

    /**
     * Draws the scene once more: a new take even where an equal one is there, shown from then on. A `prompt` becomes the scene\'s `imagePrompt` first; without a body, or with `{}`, it is kept. The rest stays as it is; the clip is then `stale`.
     * Draw a scene anew
     */
    async regenerateSceneImageRaw(requestParameters: RegenerateSceneImageRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TaskSummaryResponse>> {
        const requestOptions = await this.regenerateSceneImageRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TaskSummaryResponseFromJSON(jsonValue));
    }

    /**
     * Draws the scene once more: a new take even where an equal one is there, shown from then on. A `prompt` becomes the scene\'s `imagePrompt` first; without a body, or with `{}`, it is kept. The rest stays as it is; the clip is then `stale`.
     * Draw a scene anew
     */
    async regenerateSceneImage(requestParameters: RegenerateSceneImageRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TaskSummaryResponse> {
        const response = await this.regenerateSceneImageRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for regenerateSceneVideo without sending the request
     */
    async regenerateSceneVideoRequestOpts(requestParameters: RegenerateSceneVideoRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling regenerateSceneVideo().'
            );
        }

        if (requestParameters['sceneUuid'] == null) {
            throw new runtime.RequiredError(
                'sceneUuid',
                'Required parameter "sceneUuid" was null or undefined when calling regenerateSceneVideo().'
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

        let urlPath = `/screenplays/{screenplayId}/scenes/{sceneUuid}/video`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));
        urlPath = urlPath.replace('{sceneUuid}', encodeURIComponent(String(requestParameters['sceneUuid'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: SceneRedrawToJSON(requestParameters['sceneRedraw']),
        };
    }

    /**
     * Shoots the scene once more from its present picture: a new take even where an equal one is there, shown from then on. A `prompt` becomes the scene\'s `videoPrompt` first; without a body, or with `{}`, it is kept. A scene without a picture is refused with 4002.
     * Shoot a scene anew
     */
    async regenerateSceneVideoRaw(requestParameters: RegenerateSceneVideoRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TaskSummaryResponse>> {
        const requestOptions = await this.regenerateSceneVideoRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TaskSummaryResponseFromJSON(jsonValue));
    }

    /**
     * Shoots the scene once more from its present picture: a new take even where an equal one is there, shown from then on. A `prompt` becomes the scene\'s `videoPrompt` first; without a body, or with `{}`, it is kept. A scene without a picture is refused with 4002.
     * Shoot a scene anew
     */
    async regenerateSceneVideo(requestParameters: RegenerateSceneVideoRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TaskSummaryResponse> {
        const response = await this.regenerateSceneVideoRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for reorderScenes without sending the request
     */
    async reorderScenesRequestOpts(requestParameters: ReorderScenesRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling reorderScenes().'
            );
        }

        if (requestParameters['sceneOrder'] == null) {
            throw new runtime.RequiredError(
                'sceneOrder',
                'Required parameter "sceneOrder" was null or undefined when calling reorderScenes().'
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

        let urlPath = `/screenplays/{screenplayId}/scene-order`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));

        return {
            path: urlPath,
            method: 'PUT',
            headers: headerParameters,
            query: queryParameters,
            body: SceneOrderToJSON(requestParameters['sceneOrder']),
        };
    }

    /**
     * Takes the ids of all scenes of the screenplay, each once, in their new order.
     * Reorder the scenes
     */
    async reorderScenesRaw(requestParameters: ReorderScenesRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<ScreenplayResponse>> {
        const requestOptions = await this.reorderScenesRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => ScreenplayResponseFromJSON(jsonValue));
    }

    /**
     * Takes the ids of all scenes of the screenplay, each once, in their new order.
     * Reorder the scenes
     */
    async reorderScenes(requestParameters: ReorderScenesRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<ScreenplayResponse> {
        const response = await this.reorderScenesRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for selectCharacterSheetTake without sending the request
     */
    async selectCharacterSheetTakeRequestOpts(requestParameters: SelectCharacterSheetTakeRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling selectCharacterSheetTake().'
            );
        }

        if (requestParameters['characterSheetId'] == null) {
            throw new runtime.RequiredError(
                'characterSheetId',
                'Required parameter "characterSheetId" was null or undefined when calling selectCharacterSheetTake().'
            );
        }

        if (requestParameters['takeId'] == null) {
            throw new runtime.RequiredError(
                'takeId',
                'Required parameter "takeId" was null or undefined when calling selectCharacterSheetTake().'
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

        let urlPath = `/screenplays/{screenplayId}/character-sheets/{characterSheetId}/takes/{takeId}/select`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));
        urlPath = urlPath.replace('{characterSheetId}', encodeURIComponent(String(requestParameters['characterSheetId'])));
        urlPath = urlPath.replace('{takeId}', encodeURIComponent(String(requestParameters['takeId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Shows this sheet, with its views, from now on. Films use a chosen sheet whatever it was made from, until the character is edited; pictures and clips the character is in become `stale`. A take from before views were kept is refused with 4002. Spends nothing.
     * Choose a character\'s take
     */
    async selectCharacterSheetTakeRaw(requestParameters: SelectCharacterSheetTakeRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<CharacterSheetResponse>> {
        const requestOptions = await this.selectCharacterSheetTakeRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => CharacterSheetResponseFromJSON(jsonValue));
    }

    /**
     * Shows this sheet, with its views, from now on. Films use a chosen sheet whatever it was made from, until the character is edited; pictures and clips the character is in become `stale`. A take from before views were kept is refused with 4002. Spends nothing.
     * Choose a character\'s take
     */
    async selectCharacterSheetTake(requestParameters: SelectCharacterSheetTakeRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<CharacterSheetResponse> {
        const response = await this.selectCharacterSheetTakeRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for selectTake without sending the request
     */
    async selectTakeRequestOpts(requestParameters: SelectTakeRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling selectTake().'
            );
        }

        if (requestParameters['sceneUuid'] == null) {
            throw new runtime.RequiredError(
                'sceneUuid',
                'Required parameter "sceneUuid" was null or undefined when calling selectTake().'
            );
        }

        if (requestParameters['takeId'] == null) {
            throw new runtime.RequiredError(
                'takeId',
                'Required parameter "takeId" was null or undefined when calling selectTake().'
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

        let urlPath = `/screenplays/{screenplayId}/scenes/{sceneUuid}/takes/{takeId}/select`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));
        urlPath = urlPath.replace('{sceneUuid}', encodeURIComponent(String(requestParameters['sceneUuid'])));
        urlPath = urlPath.replace('{takeId}', encodeURIComponent(String(requestParameters['takeId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Shows this take from now on. Films use a chosen take whatever it was made from, until what it is made from is edited; a clip of another picture than the one chosen becomes `stale`. Spends nothing.
     * Choose a take
     */
    async selectTakeRaw(requestParameters: SelectTakeRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<SceneResponse>> {
        const requestOptions = await this.selectTakeRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => SceneResponseFromJSON(jsonValue));
    }

    /**
     * Shows this take from now on. Films use a chosen take whatever it was made from, until what it is made from is edited; a clip of another picture than the one chosen becomes `stale`. Spends nothing.
     * Choose a take
     */
    async selectTake(requestParameters: SelectTakeRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<SceneResponse> {
        const response = await this.selectTakeRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for updateCharacterSheet without sending the request
     */
    async updateCharacterSheetRequestOpts(requestParameters: UpdateCharacterSheetRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling updateCharacterSheet().'
            );
        }

        if (requestParameters['characterSheetId'] == null) {
            throw new runtime.RequiredError(
                'characterSheetId',
                'Required parameter "characterSheetId" was null or undefined when calling updateCharacterSheet().'
            );
        }

        if (requestParameters['characterSheetUpdate'] == null) {
            throw new runtime.RequiredError(
                'characterSheetUpdate',
                'Required parameter "characterSheetUpdate" was null or undefined when calling updateCharacterSheet().'
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

        let urlPath = `/screenplays/{screenplayId}/character-sheets/{characterSheetId}`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));
        urlPath = urlPath.replace('{characterSheetId}', encodeURIComponent(String(requestParameters['characterSheetId'])));

        return {
            path: urlPath,
            method: 'PATCH',
            headers: headerParameters,
            query: queryParameters,
            body: CharacterSheetUpdateToJSON(requestParameters['characterSheetUpdate']),
        };
    }

    /**
     * Changes what the body names. The sheet is drawn anew when it is asked for, or by the next film.
     * Edit a character
     */
    async updateCharacterSheetRaw(requestParameters: UpdateCharacterSheetRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<CharacterSheetResponse>> {
        const requestOptions = await this.updateCharacterSheetRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => CharacterSheetResponseFromJSON(jsonValue));
    }

    /**
     * Changes what the body names. The sheet is drawn anew when it is asked for, or by the next film.
     * Edit a character
     */
    async updateCharacterSheet(requestParameters: UpdateCharacterSheetRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<CharacterSheetResponse> {
        const response = await this.updateCharacterSheetRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for updateScene without sending the request
     */
    async updateSceneRequestOpts(requestParameters: UpdateSceneRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling updateScene().'
            );
        }

        if (requestParameters['sceneUuid'] == null) {
            throw new runtime.RequiredError(
                'sceneUuid',
                'Required parameter "sceneUuid" was null or undefined when calling updateScene().'
            );
        }

        if (requestParameters['sceneUpdate'] == null) {
            throw new runtime.RequiredError(
                'sceneUpdate',
                'Required parameter "sceneUpdate" was null or undefined when calling updateScene().'
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

        let urlPath = `/screenplays/{screenplayId}/scenes/{sceneUuid}`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));
        urlPath = urlPath.replace('{sceneUuid}', encodeURIComponent(String(requestParameters['sceneUuid'])));

        return {
            path: urlPath,
            method: 'PATCH',
            headers: headerParameters,
            query: queryParameters,
            body: SceneUpdateToJSON(requestParameters['sceneUpdate']),
        };
    }

    /**
     * Changes what the body names. The next film of the screenplay buys anew only what the change touches: `imageState` and `videoState` of the scenes tell what that is, and `narrationState` that it says something else, which costs nothing. A completed or failed screenplay is `confirmed` again after any edit but a new title.
     * Edit a scene
     */
    async updateSceneRaw(requestParameters: UpdateSceneRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<SceneResponse>> {
        const requestOptions = await this.updateSceneRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => SceneResponseFromJSON(jsonValue));
    }

    /**
     * Changes what the body names. The next film of the screenplay buys anew only what the change touches: `imageState` and `videoState` of the scenes tell what that is, and `narrationState` that it says something else, which costs nothing. A completed or failed screenplay is `confirmed` again after any edit but a new title.
     * Edit a scene
     */
    async updateScene(requestParameters: UpdateSceneRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<SceneResponse> {
        const response = await this.updateSceneRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for updateScreenplay without sending the request
     */
    async updateScreenplayRequestOpts(requestParameters: UpdateScreenplayRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['screenplayId'] == null) {
            throw new runtime.RequiredError(
                'screenplayId',
                'Required parameter "screenplayId" was null or undefined when calling updateScreenplay().'
            );
        }

        if (requestParameters['screenplayUpdate'] == null) {
            throw new runtime.RequiredError(
                'screenplayUpdate',
                'Required parameter "screenplayUpdate" was null or undefined when calling updateScreenplay().'
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

        let urlPath = `/screenplays/{screenplayId}`;
        urlPath = urlPath.replace('{screenplayId}', encodeURIComponent(String(requestParameters['screenplayId'])));

        return {
            path: urlPath,
            method: 'PATCH',
            headers: headerParameters,
            query: queryParameters,
            body: ScreenplayUpdateToJSON(requestParameters['screenplayUpdate']),
        };
    }

    /**
     * Changes the title.
     * Rename a screenplay
     */
    async updateScreenplayRaw(requestParameters: UpdateScreenplayRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<ScreenplayResponse>> {
        const requestOptions = await this.updateScreenplayRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => ScreenplayResponseFromJSON(jsonValue));
    }

    /**
     * Changes the title.
     * Rename a screenplay
     */
    async updateScreenplay(requestParameters: UpdateScreenplayRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<ScreenplayResponse> {
        const response = await this.updateScreenplayRaw(requestParameters, initOverrides);
        return await response.value();
    }

}
