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

import { mapValues, parseDate, parseDateTime, serializeDate, serializeDateTime } from '../runtime.js';
import type { DroppedReference } from './DroppedReference.js';
import {
    DroppedReferenceFromJSON,
    DroppedReferenceFromJSONTyped,
    DroppedReferenceToJSON,
    DroppedReferenceToJSONTyped,
} from './DroppedReference.js';

/**
 * One generated sheet of a character; takes are never overwritten.
 * @export
 * @interface CharacterSheetTake
 */
export interface CharacterSheetTake {
    /**
     * 
     */
    id: string;
    /**
     * The combined view.
     */
    mediaId: string;
    /**
     * Absolute; that of a file is signed and expires.
     */
    combinedViewUrl: string;
    /**
     * Null for a take from before views were kept.
     */
    frontViewUrl: string | null;
    /**
     * Null for a take from before views were kept.
     */
    sideViewUrl: string | null;
    /**
     * Null for a take from before views were kept.
     */
    backViewUrl: string | null;
    /**
     * Absolute; that of a file is signed and expires.
     */
    thumbnailUrl: string;
    /**
     * The prompt as it was sent to the vendor, with what the service added.
     */
    prompt: string;
    /**
     * Who drew it.
     */
    vendor: string | null;
    /**
     * The vendor's name of what drew it.
     */
    model: string | null;
    /**
     * Pictures really attached.
     */
    referencesSent: Array<string>;
    /**
     * Pictures that were left out of the call.
     */
    referencesDropped: Array<DroppedReference>;
    /**
     * Millionths of a US dollar.
     */
    costMicros: number;
    /**
     * Shown by the character.
     */
    selected: boolean;
    /**
     * 
     */
    createdAt: Date;
}

/**
 * Check if a given object implements the CharacterSheetTake interface.
 */
export function instanceOfCharacterSheetTake(value: object): value is CharacterSheetTake {
    if (!('id' in value) || value['id'] === undefined) return false;
    if (!('mediaId' in value) || value['mediaId'] === undefined) return false;
    if (!('combinedViewUrl' in value) || value['combinedViewUrl'] === undefined) return false;
    if (!('frontViewUrl' in value) || value['frontViewUrl'] === undefined) return false;
    if (!('sideViewUrl' in value) || value['sideViewUrl'] === undefined) return false;
    if (!('backViewUrl' in value) || value['backViewUrl'] === undefined) return false;
    if (!('thumbnailUrl' in value) || value['thumbnailUrl'] === undefined) return false;
    if (!('prompt' in value) || value['prompt'] === undefined) return false;
    if (!('vendor' in value) || value['vendor'] === undefined) return false;
    if (!('model' in value) || value['model'] === undefined) return false;
    if (!('referencesSent' in value) || value['referencesSent'] === undefined) return false;
    if (!('referencesDropped' in value) || value['referencesDropped'] === undefined) return false;
    if (!('costMicros' in value) || value['costMicros'] === undefined) return false;
    if (!('selected' in value) || value['selected'] === undefined) return false;
    if (!('createdAt' in value) || value['createdAt'] === undefined) return false;
    return true;
}

export function CharacterSheetTakeFromJSON(json: any): CharacterSheetTake {
    return CharacterSheetTakeFromJSONTyped(json, false);
}

export function CharacterSheetTakeFromJSONTyped(json: any, ignoreDiscriminator: boolean): CharacterSheetTake {
    if (json == null) {
        return json;
    }
    return {
        
        'id': json['id'],
        'mediaId': json['mediaId'],
        'combinedViewUrl': json['combinedViewUrl'],
        'frontViewUrl': json['frontViewUrl'],
        'sideViewUrl': json['sideViewUrl'],
        'backViewUrl': json['backViewUrl'],
        'thumbnailUrl': json['thumbnailUrl'],
        'prompt': json['prompt'],
        'vendor': json['vendor'],
        'model': json['model'],
        'referencesSent': json['referencesSent'],
        'referencesDropped': ((json['referencesDropped'] as Array<any>).map(DroppedReferenceFromJSON)),
        'costMicros': json['costMicros'],
        'selected': json['selected'],
        'createdAt': (json['createdAt'] == null ? json['createdAt'] : parseDateTime(json['createdAt'])),
    };
}

export function CharacterSheetTakeToJSON(json: any): CharacterSheetTake {
    return CharacterSheetTakeToJSONTyped(json, false);
}

export function CharacterSheetTakeToJSONTyped(value?: CharacterSheetTake | null, ignoreDiscriminator: boolean = false): any {
    if (value == null) {
        return value;
    }

    return {
        
        'id': value['id'],
        'mediaId': value['mediaId'],
        'combinedViewUrl': value['combinedViewUrl'],
        'frontViewUrl': value['frontViewUrl'],
        'sideViewUrl': value['sideViewUrl'],
        'backViewUrl': value['backViewUrl'],
        'thumbnailUrl': value['thumbnailUrl'],
        'prompt': value['prompt'],
        'vendor': value['vendor'],
        'model': value['model'],
        'referencesSent': value['referencesSent'],
        'referencesDropped': ((value['referencesDropped'] as Array<any>).map(DroppedReferenceToJSON)),
        'costMicros': value['costMicros'],
        'selected': value['selected'],
        'createdAt': value['createdAt'] == null ? value['createdAt'] : serializeDateTime(value['createdAt']),
    };
}

