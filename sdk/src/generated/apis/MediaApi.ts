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
    type DoneResponse,
    DoneResponseFromJSON,
    DoneResponseToJSON,
} from '../models/DoneResponse.js';
import {
    type MediaPageResponse,
    MediaPageResponseFromJSON,
    MediaPageResponseToJSON,
} from '../models/MediaPageResponse.js';
import {
    type MediaResponse,
    MediaResponseFromJSON,
    MediaResponseToJSON,
} from '../models/MediaResponse.js';
import {
    type MediaType,
    MediaTypeFromJSON,
    MediaTypeToJSON,
} from '../models/MediaType.js';
import {
    type Problem,
    ProblemFromJSON,
    ProblemToJSON,
} from '../models/Problem.js';
import {
    type UploadStart,
    UploadStartFromJSON,
    UploadStartToJSON,
} from '../models/UploadStart.js';
import {
    type UploadTicketResponse,
    UploadTicketResponseFromJSON,
    UploadTicketResponseToJSON,
} from '../models/UploadTicketResponse.js';

export interface CompleteUploadRequest {
    /**
     * The id of the upload.
     */
    uploadId: string;
}

export interface DeleteMediaRequest {
    /**
     * The id of the file.
     */
    mediaId: string;
}

export interface GetMediaRequest {
    /**
     * The id of the file.
     */
    mediaId: string;
}

export interface GetMediaContentRequest {
    /**
     * The id of the file.
     */
    mediaId: string;
    /**
     * The part of the file that is wanted, such as `bytes=0-1023`.
     */
    range?: string;
    /**
     * Answers as an attachment to be saved rather than shown.
     */
    download?: boolean;
    /**
     * When the signature expires, in seconds since 1970.
     */
    expires?: number;
    /**
     * The signature of a signed URL, in place of the access token.
     */
    signature?: string;
}

export interface GetMediaThumbnailRequest {
    /**
     * The id of the file.
     */
    mediaId: string;
    /**
     * The greatest width in pixels.
     */
    width?: number;
    /**
     * When the signature expires, in seconds since 1970.
     */
    expires?: number;
    /**
     * The signature of a signed URL, in place of the access token.
     */
    signature?: string;
}

export interface ListMediaRequest {
    /**
     * The page, counted from 1.
     */
    page?: number;
    /**
     * How many items a page holds.
     */
    pageSize?: number;
    /**
     * Only files of this kind.
     */
    type?: MediaType;
}

export interface StartUploadRequest {
    /**
     * 
     */
    uploadStart: UploadStart;
}

export interface UploadMediaRequest {
    /**
     * JPEG, PNG or WebP, at most 20 MiB.
     */
    file: Blob;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
}

/**
 * 
 */
export class MediaApi extends runtime.BaseAPI {

    /**
     * Creates request options for completeUpload without sending the request
     */
    async completeUploadRequestOpts(requestParameters: CompleteUploadRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['uploadId'] == null) {
            throw new runtime.RequiredError(
                'uploadId',
                'Required parameter "uploadId" was null or undefined when calling completeUpload().'
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

        let urlPath = `/media/uploads/{uploadId}/complete`;
        urlPath = urlPath.replace('{uploadId}', encodeURIComponent(String(requestParameters['uploadId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Reads what was sent, checks it and keeps it as `uploadMedia` does. Asked again, it answers with the same file. Before the bytes have arrived it is refused (4002); bytes that are no such picture, or not those announced, are answered 400 or 415, and the upload is gone.
     * Complete an upload to the bucket
     */
    async completeUploadRaw(requestParameters: CompleteUploadRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<MediaResponse>> {
        const requestOptions = await this.completeUploadRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => MediaResponseFromJSON(jsonValue));
    }

    /**
     * Reads what was sent, checks it and keeps it as `uploadMedia` does. Asked again, it answers with the same file. Before the bytes have arrived it is refused (4002); bytes that are no such picture, or not those announced, are answered 400 or 415, and the upload is gone.
     * Complete an upload to the bucket
     */
    async completeUpload(requestParameters: CompleteUploadRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<MediaResponse> {
        const response = await this.completeUploadRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for deleteMedia without sending the request
     */
    async deleteMediaRequestOpts(requestParameters: DeleteMediaRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['mediaId'] == null) {
            throw new runtime.RequiredError(
                'mediaId',
                'Required parameter "mediaId" was null or undefined when calling deleteMedia().'
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

        let urlPath = `/media/{mediaId}`;
        urlPath = urlPath.replace('{mediaId}', encodeURIComponent(String(requestParameters['mediaId'])));

        return {
            path: urlPath,
            method: 'DELETE',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Deletes the description and the bytes. A file that a screenplay or an unfinished task needs is refused with 4002.
     * Delete a file
     */
    async deleteMediaRaw(requestParameters: DeleteMediaRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<DoneResponse>> {
        const requestOptions = await this.deleteMediaRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => DoneResponseFromJSON(jsonValue));
    }

    /**
     * Deletes the description and the bytes. A file that a screenplay or an unfinished task needs is refused with 4002.
     * Delete a file
     */
    async deleteMedia(requestParameters: DeleteMediaRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<DoneResponse> {
        const response = await this.deleteMediaRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for getMedia without sending the request
     */
    async getMediaRequestOpts(requestParameters: GetMediaRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['mediaId'] == null) {
            throw new runtime.RequiredError(
                'mediaId',
                'Required parameter "mediaId" was null or undefined when calling getMedia().'
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

        let urlPath = `/media/{mediaId}`;
        urlPath = urlPath.replace('{mediaId}', encodeURIComponent(String(requestParameters['mediaId'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * What the file is, with fresh signed URLs of its content and thumbnail.
     * Get a file\'s description
     */
    async getMediaRaw(requestParameters: GetMediaRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<MediaResponse>> {
        const requestOptions = await this.getMediaRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => MediaResponseFromJSON(jsonValue));
    }

    /**
     * What the file is, with fresh signed URLs of its content and thumbnail.
     * Get a file\'s description
     */
    async getMedia(requestParameters: GetMediaRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<MediaResponse> {
        const response = await this.getMediaRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for getMediaContent without sending the request
     */
    async getMediaContentRequestOpts(requestParameters: GetMediaContentRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['mediaId'] == null) {
            throw new runtime.RequiredError(
                'mediaId',
                'Required parameter "mediaId" was null or undefined when calling getMediaContent().'
            );
        }

        const queryParameters: any = {};

        if (requestParameters['download'] != null) {
            queryParameters['download'] = requestParameters['download'];
        }

        if (requestParameters['expires'] != null) {
            queryParameters['expires'] = requestParameters['expires'];
        }

        if (requestParameters['signature'] != null) {
            queryParameters['signature'] = requestParameters['signature'];
        }

        const headerParameters: runtime.HTTPHeaders = {};

        if (requestParameters['range'] != null) {
            headerParameters['Range'] = String(requestParameters['range']);
        }

        if (this.configuration && this.configuration.apiKey) {
            queryParameters["signature"] = await this.configuration.apiKey("signature"); // mediaSignature authentication
        }

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/media/{mediaId}/content`;
        urlPath = urlPath.replace('{mediaId}', encodeURIComponent(String(requestParameters['mediaId'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * The bytes, whole or in part, for the owner\'s access token or for a signed URL that has not expired. A service that keeps its files in a bucket answers with a redirect to it; do not send the access token on to there.
     * Get a file\'s bytes
     */
    async getMediaContentRaw(requestParameters: GetMediaContentRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<Blob>> {
        const requestOptions = await this.getMediaContentRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.BlobApiResponse(response);
    }

    /**
     * The bytes, whole or in part, for the owner\'s access token or for a signed URL that has not expired. A service that keeps its files in a bucket answers with a redirect to it; do not send the access token on to there.
     * Get a file\'s bytes
     */
    async getMediaContent(requestParameters: GetMediaContentRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<Blob> {
        const response = await this.getMediaContentRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for getMediaThumbnail without sending the request
     */
    async getMediaThumbnailRequestOpts(requestParameters: GetMediaThumbnailRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['mediaId'] == null) {
            throw new runtime.RequiredError(
                'mediaId',
                'Required parameter "mediaId" was null or undefined when calling getMediaThumbnail().'
            );
        }

        const queryParameters: any = {};

        if (requestParameters['width'] != null) {
            queryParameters['width'] = requestParameters['width'];
        }

        if (requestParameters['expires'] != null) {
            queryParameters['expires'] = requestParameters['expires'];
        }

        if (requestParameters['signature'] != null) {
            queryParameters['signature'] = requestParameters['signature'];
        }

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.apiKey) {
            queryParameters["signature"] = await this.configuration.apiKey("signature"); // mediaSignature authentication
        }

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/media/{mediaId}/thumbnail`;
        urlPath = urlPath.replace('{mediaId}', encodeURIComponent(String(requestParameters['mediaId'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * A picture or a film\'s poster, made no wider than `width` and never enlarged. WebP where the client accepts it, else JPEG. Other kinds of files have none: 404.
     * Get a small picture of a file
     */
    async getMediaThumbnailRaw(requestParameters: GetMediaThumbnailRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<Blob>> {
        const requestOptions = await this.getMediaThumbnailRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.BlobApiResponse(response);
    }

    /**
     * A picture or a film\'s poster, made no wider than `width` and never enlarged. WebP where the client accepts it, else JPEG. Other kinds of files have none: 404.
     * Get a small picture of a file
     */
    async getMediaThumbnail(requestParameters: GetMediaThumbnailRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<Blob> {
        const response = await this.getMediaThumbnailRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for listMedia without sending the request
     */
    async listMediaRequestOpts(requestParameters: ListMediaRequest): Promise<runtime.RequestOpts> {
        const queryParameters: any = {};

        if (requestParameters['page'] != null) {
            queryParameters['page'] = requestParameters['page'];
        }

        if (requestParameters['pageSize'] != null) {
            queryParameters['pageSize'] = requestParameters['pageSize'];
        }

        if (requestParameters['type'] != null) {
            queryParameters['type'] = requestParameters['type'];
        }

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/media`;

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * The newest first; `type` keeps one kind.
     * List media
     */
    async listMediaRaw(requestParameters: ListMediaRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<MediaPageResponse>> {
        const requestOptions = await this.listMediaRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => MediaPageResponseFromJSON(jsonValue));
    }

    /**
     * The newest first; `type` keeps one kind.
     * List media
     */
    async listMedia(requestParameters: ListMediaRequest = {}, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<MediaPageResponse> {
        const response = await this.listMediaRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for startUpload without sending the request
     */
    async startUploadRequestOpts(requestParameters: StartUploadRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['uploadStart'] == null) {
            throw new runtime.RequiredError(
                'uploadStart',
                'Required parameter "uploadStart" was null or undefined when calling startUpload().'
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

        let urlPath = `/media/uploads`;

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: UploadStartToJSON(requestParameters['uploadStart']),
        };
    }

    /**
     * For one JPEG (at most 64 megapixels), PNG or WebP (40) of at most 20 MiB: an address at the object store that takes exactly these bytes, without a token, for 15 minutes. Send them there with the `method` and the `headers` of the answer, then call `completeUpload`. A service whose files are not in a bucket that clients reach refuses with 4002 and `urn:directorai:problem:direct_upload_unsupported`; `uploadMedia` works everywhere, and for small files it is one request in place of three. An upload that nobody completes is gone after a day.
     * Start an upload to the bucket
     */
    async startUploadRaw(requestParameters: StartUploadRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<UploadTicketResponse>> {
        const requestOptions = await this.startUploadRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => UploadTicketResponseFromJSON(jsonValue));
    }

    /**
     * For one JPEG (at most 64 megapixels), PNG or WebP (40) of at most 20 MiB: an address at the object store that takes exactly these bytes, without a token, for 15 minutes. Send them there with the `method` and the `headers` of the answer, then call `completeUpload`. A service whose files are not in a bucket that clients reach refuses with 4002 and `urn:directorai:problem:direct_upload_unsupported`; `uploadMedia` works everywhere, and for small files it is one request in place of three. An upload that nobody completes is gone after a day.
     * Start an upload to the bucket
     */
    async startUpload(requestParameters: StartUploadRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<UploadTicketResponse> {
        const response = await this.startUploadRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for uploadMedia without sending the request
     */
    async uploadMediaRequestOpts(requestParameters: UploadMediaRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['file'] == null) {
            throw new runtime.RequiredError(
                'file',
                'Required parameter "file" was null or undefined when calling uploadMedia().'
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


        let urlPath = `/media`;

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: formParams,
        };
    }

    /**
     * Takes one JPEG of at most 64 megapixels, or PNG or WebP of at most 40, of at most 20 MiB. It is read, turned upright and stored without its metadata.
     * Upload a picture
     */
    async uploadMediaRaw(requestParameters: UploadMediaRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<MediaResponse>> {
        const requestOptions = await this.uploadMediaRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => MediaResponseFromJSON(jsonValue));
    }

    /**
     * Takes one JPEG of at most 64 megapixels, or PNG or WebP of at most 40, of at most 20 MiB. It is read, turned upright and stored without its metadata.
     * Upload a picture
     */
    async uploadMedia(requestParameters: UploadMediaRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<MediaResponse> {
        const response = await this.uploadMediaRaw(requestParameters, initOverrides);
        return await response.value();
    }

}
