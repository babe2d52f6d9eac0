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

import { mapValues } from '../runtime.js';
import type { TakeState } from './TakeState.js';
import {
    TakeStateFromJSON,
    TakeStateFromJSONTyped,
    TakeStateToJSON,
    TakeStateToJSONTyped,
} from './TakeState.js';
import type { SceneStatus } from './SceneStatus.js';
import {
    SceneStatusFromJSON,
    SceneStatusFromJSONTyped,
    SceneStatusToJSON,
    SceneStatusToJSONTyped,
} from './SceneStatus.js';

/**
 * One shot of the film.
 * @export
 * @interface Scene
 */
export interface Scene {
    /**
     * Names the scene in addresses and params; `sceneId` is its number, for showing.
     */
    id: string;
    /**
     * The scene's number as shown; addresses take `id`.
     */
    sceneId: number;
    /**
     * Spoken over the scene, and its subtitle.
     */
    narration: string;
    /**
     * What the picture shows; a fixed opening and the style are added when it is drawn.
     */
    imagePrompt: string;
    /**
     * What moves in the clip.
     */
    videoPrompt: string;
    /**
     * How those in it look, as it was written.
     */
    characterDescription: string;
    /**
     * Who is in the scene, out of the screenplay's characters.
     */
    characterSheetIds: Array<string>;
    /**
     * The picture shown; null until there is one.
     */
    imageUrl: string | null;
    /**
     * The clip shown; null until there is one.
     */
    videoUrl: string | null;
    /**
     * 
     */
    imageState: TakeState;
    /**
     * 
     */
    videoState: TakeState;
    /**
     * Whether the latest film says the narration as it is now; `missing` where that film has no such scene, or was cut before this was recorded. Nothing is paid for what a film says.
     */
    narrationState: TakeState;
    /**
     * `generating` while a film works on it; whether picture and clip still hold is told by `imageState` and `videoState`.
     */
    status: SceneStatus;
}



/**
 * Check if a given object implements the Scene interface.
 */
export function instanceOfScene(value: object): value is Scene {
    if (!('id' in value) || value['id'] === undefined) return false;
    if (!('sceneId' in value) || value['sceneId'] === undefined) return false;
    if (!('narration' in value) || value['narration'] === undefined) return false;
    if (!('imagePrompt' in value) || value['imagePrompt'] === undefined) return false;
    if (!('videoPrompt' in value) || value['videoPrompt'] === undefined) return false;
    if (!('characterDescription' in value) || value['characterDescription'] === undefined) return false;
    if (!('characterSheetIds' in value) || value['characterSheetIds'] === undefined) return false;
    if (!('imageUrl' in value) || value['imageUrl'] === undefined) return false;
    if (!('videoUrl' in value) || value['videoUrl'] === undefined) return false;
    if (!('imageState' in value) || value['imageState'] === undefined) return false;
    if (!('videoState' in value) || value['videoState'] === undefined) return false;
    if (!('narrationState' in value) || value['narrationState'] === undefined) return false;
    if (!('status' in value) || value['status'] === undefined) return false;
    return true;
}

export function SceneFromJSON(json: any): Scene {
    return SceneFromJSONTyped(json, false);
}

export function SceneFromJSONTyped(json: any, ignoreDiscriminator: boolean): Scene {
    if (json == null) {
        return json;
    }
    return {
        
        'id': json['id'],
        'sceneId': json['sceneId'],
        'narration': json['narration'],
        'imagePrompt': json['imagePrompt'],
        'videoPrompt': json['videoPrompt'],
        'characterDescription': json['characterDescription'],
        'characterSheetIds': json['characterSheetIds'],
        'imageUrl': json['imageUrl'],
        'videoUrl': json['videoUrl'],
        'imageState': TakeStateFromJSON(json['imageState']),
        'videoState': TakeStateFromJSON(json['videoState']),
        'narrationState': TakeStateFromJSON(json['narrationState']),
        'status': SceneStatusFromJSON(json['status']),
    };
}

export function SceneToJSON(json: any): Scene {
    return SceneToJSONTyped(json, false);
}

export function SceneToJSONTyped(value?: Scene | null, ignoreDiscriminator: boolean = false): any {
    if (value == null) {
        return value;
    }

    return {
        
        'id': value['id'],
        'sceneId': value['sceneId'],
        'narration': value['narration'],
        'imagePrompt': value['imagePrompt'],
        'videoPrompt': value['videoPrompt'],
        'characterDescription': value['characterDescription'],
        'characterSheetIds': value['characterSheetIds'],
        'imageUrl': value['imageUrl'],
        'videoUrl': value['videoUrl'],
        'imageState': TakeStateToJSON(value['imageState']),
        'videoState': TakeStateToJSON(value['videoState']),
        'narrationState': TakeStateToJSON(value['narrationState']),
        'status': SceneStatusToJSON(value['status']),
    };
}

