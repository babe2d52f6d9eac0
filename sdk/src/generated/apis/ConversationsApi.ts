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
    type ConversationCreate,
    ConversationCreateFromJSON,
    ConversationCreateToJSON,
} from '../models/ConversationCreate.js';
import {
    type ConversationCreatedResponse,
    ConversationCreatedResponseFromJSON,
    ConversationCreatedResponseToJSON,
} from '../models/ConversationCreatedResponse.js';
import {
    type ConversationPageResponse,
    ConversationPageResponseFromJSON,
    ConversationPageResponseToJSON,
} from '../models/ConversationPageResponse.js';
import {
    type ConversationResponse,
    ConversationResponseFromJSON,
    ConversationResponseToJSON,
} from '../models/ConversationResponse.js';
import {
    type ConversationUpdate,
    ConversationUpdateFromJSON,
    ConversationUpdateToJSON,
} from '../models/ConversationUpdate.js';
import {
    type ConversationUpdatedResponse,
    ConversationUpdatedResponseFromJSON,
    ConversationUpdatedResponseToJSON,
} from '../models/ConversationUpdatedResponse.js';
import {
    type DoneResponse,
    DoneResponseFromJSON,
    DoneResponseToJSON,
} from '../models/DoneResponse.js';
import {
    type MessageAcceptedResponse,
    MessageAcceptedResponseFromJSON,
    MessageAcceptedResponseToJSON,
} from '../models/MessageAcceptedResponse.js';
import {
    type MessageCreate,
    MessageCreateFromJSON,
    MessageCreateToJSON,
} from '../models/MessageCreate.js';
import {
    type MessagePageResponse,
    MessagePageResponseFromJSON,
    MessagePageResponseToJSON,
} from '../models/MessagePageResponse.js';
import {
    type Problem,
    ProblemFromJSON,
    ProblemToJSON,
} from '../models/Problem.js';
import {
    type TurnResponse,
    TurnResponseFromJSON,
    TurnResponseToJSON,
} from '../models/TurnResponse.js';

export interface CancelTurnRequest {
    /**
     * The id of the conversation.
     */
    conversationId: string;
    /**
     * The id of the turn.
     */
    turnId: string;
}

export interface CreateConversationRequest {
    /**
     * 
     */
    conversationCreate: ConversationCreate;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
}

export interface CreateMessageRequest {
    /**
     * The id of the conversation.
     */
    conversationId: string;
    /**
     * 
     */
    messageCreate: MessageCreate;
    /**
     * A key of the client's own making. The same key with the same request is answered with the first answer, with another request 422.
     */
    idempotencyKey?: string;
}

export interface DeleteConversationRequest {
    /**
     * The id of the conversation.
     */
    conversationId: string;
}

export interface GetConversationRequest {
    /**
     * The id of the conversation.
     */
    conversationId: string;
}

export interface GetTurnRequest {
    /**
     * The id of the conversation.
     */
    conversationId: string;
    /**
     * The id of the turn.
     */
    turnId: string;
}

export interface ListConversationsRequest {
    /**
     * The page, counted from 1.
     */
    page?: number;
    /**
     * How many items a page holds.
     */
    pageSize?: number;
    /**
     * Only pinned (`true`) or only unpinned (`false`) conversations.
     */
    pinned?: boolean;
}

export interface ListMessagesRequest {
    /**
     * The id of the conversation.
     */
    conversationId: string;
    /**
     * The page, counted from 1.
     */
    page?: number;
    /**
     * How many items a page holds.
     */
    pageSize?: number;
    /**
     * The `nextCursor` of the answer before; only messages older than that.
     */
    cursor?: string;
}

export interface UpdateConversationRequest {
    /**
     * The id of the conversation.
     */
    conversationId: string;
    /**
     * 
     */
    conversationUpdate: ConversationUpdate;
}

/**
 * 
 */
export class ConversationsApi extends runtime.BaseAPI {

    /**
     * Creates request options for cancelTurn without sending the request
     */
    async cancelTurnRequestOpts(requestParameters: CancelTurnRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['conversationId'] == null) {
            throw new runtime.RequiredError(
                'conversationId',
                'Required parameter "conversationId" was null or undefined when calling cancelTurn().'
            );
        }

        if (requestParameters['turnId'] == null) {
            throw new runtime.RequiredError(
                'turnId',
                'Required parameter "turnId" was null or undefined when calling cancelTurn().'
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

        let urlPath = `/conversations/{conversationId}/turns/{turnId}/cancel`;
        urlPath = urlPath.replace('{conversationId}', encodeURIComponent(String(requestParameters['conversationId'])));
        urlPath = urlPath.replace('{turnId}', encodeURIComponent(String(requestParameters['turnId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Stops the agent before it has answered. Nothing of the answer is kept, and the conversation takes the next message at once. A turn that is over cannot be cancelled (4002).
     * Cancel a turn
     */
    async cancelTurnRaw(requestParameters: CancelTurnRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TurnResponse>> {
        const requestOptions = await this.cancelTurnRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TurnResponseFromJSON(jsonValue));
    }

    /**
     * Stops the agent before it has answered. Nothing of the answer is kept, and the conversation takes the next message at once. A turn that is over cannot be cancelled (4002).
     * Cancel a turn
     */
    async cancelTurn(requestParameters: CancelTurnRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TurnResponse> {
        const response = await this.cancelTurnRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for createConversation without sending the request
     */
    async createConversationRequestOpts(requestParameters: CreateConversationRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['conversationCreate'] == null) {
            throw new runtime.RequiredError(
                'conversationCreate',
                'Required parameter "conversationCreate" was null or undefined when calling createConversation().'
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

        let urlPath = `/conversations`;

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: ConversationCreateToJSON(requestParameters['conversationCreate']),
        };
    }

    /**
     * Creates an empty conversation.
     * Start a conversation
     */
    async createConversationRaw(requestParameters: CreateConversationRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<ConversationCreatedResponse>> {
        const requestOptions = await this.createConversationRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => ConversationCreatedResponseFromJSON(jsonValue));
    }

    /**
     * Creates an empty conversation.
     * Start a conversation
     */
    async createConversation(requestParameters: CreateConversationRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<ConversationCreatedResponse> {
        const response = await this.createConversationRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for createMessage without sending the request
     */
    async createMessageRequestOpts(requestParameters: CreateMessageRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['conversationId'] == null) {
            throw new runtime.RequiredError(
                'conversationId',
                'Required parameter "conversationId" was null or undefined when calling createMessage().'
            );
        }

        if (requestParameters['messageCreate'] == null) {
            throw new runtime.RequiredError(
                'messageCreate',
                'Required parameter "messageCreate" was null or undefined when calling createMessage().'
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

        let urlPath = `/conversations/{conversationId}/messages`;
        urlPath = urlPath.replace('{conversationId}', encodeURIComponent(String(requestParameters['conversationId'])));

        return {
            path: urlPath,
            method: 'POST',
            headers: headerParameters,
            query: queryParameters,
            body: MessageCreateToJSON(requestParameters['messageCreate']),
        };
    }

    /**
     * Keeps the message and lets the agent answer: that is a turn. The answer comes as `message.delta` events of `streamEvents` while it is written, then whole as `message.completed`, and is a message of the conversation from then on. Asked for a film, the agent starts a screenplay task: its answer is of type `screenplay` with the `taskId`, and the pictures of the messages are the screenplay\'s references. With `screenplayId` the agent is told what is being looked at and can speak of its scenes; it changes nothing in it. One turn at a time: while the agent answers, another message is refused (4002). A turn costs one call of the text model.
     * Say something to the agent
     */
    async createMessageRaw(requestParameters: CreateMessageRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<MessageAcceptedResponse>> {
        const requestOptions = await this.createMessageRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => MessageAcceptedResponseFromJSON(jsonValue));
    }

    /**
     * Keeps the message and lets the agent answer: that is a turn. The answer comes as `message.delta` events of `streamEvents` while it is written, then whole as `message.completed`, and is a message of the conversation from then on. Asked for a film, the agent starts a screenplay task: its answer is of type `screenplay` with the `taskId`, and the pictures of the messages are the screenplay\'s references. With `screenplayId` the agent is told what is being looked at and can speak of its scenes; it changes nothing in it. One turn at a time: while the agent answers, another message is refused (4002). A turn costs one call of the text model.
     * Say something to the agent
     */
    async createMessage(requestParameters: CreateMessageRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<MessageAcceptedResponse> {
        const response = await this.createMessageRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for deleteConversation without sending the request
     */
    async deleteConversationRequestOpts(requestParameters: DeleteConversationRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['conversationId'] == null) {
            throw new runtime.RequiredError(
                'conversationId',
                'Required parameter "conversationId" was null or undefined when calling deleteConversation().'
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

        let urlPath = `/conversations/{conversationId}`;
        urlPath = urlPath.replace('{conversationId}', encodeURIComponent(String(requestParameters['conversationId'])));

        return {
            path: urlPath,
            method: 'DELETE',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * Deletes the conversation and its messages; tasks started in it stay.
     * Delete a conversation
     */
    async deleteConversationRaw(requestParameters: DeleteConversationRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<DoneResponse>> {
        const requestOptions = await this.deleteConversationRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => DoneResponseFromJSON(jsonValue));
    }

    /**
     * Deletes the conversation and its messages; tasks started in it stay.
     * Delete a conversation
     */
    async deleteConversation(requestParameters: DeleteConversationRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<DoneResponse> {
        const response = await this.deleteConversationRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for getConversation without sending the request
     */
    async getConversationRequestOpts(requestParameters: GetConversationRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['conversationId'] == null) {
            throw new runtime.RequiredError(
                'conversationId',
                'Required parameter "conversationId" was null or undefined when calling getConversation().'
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

        let urlPath = `/conversations/{conversationId}`;
        urlPath = urlPath.replace('{conversationId}', encodeURIComponent(String(requestParameters['conversationId'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * One conversation of one\'s own.
     * Get a conversation
     */
    async getConversationRaw(requestParameters: GetConversationRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<ConversationResponse>> {
        const requestOptions = await this.getConversationRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => ConversationResponseFromJSON(jsonValue));
    }

    /**
     * One conversation of one\'s own.
     * Get a conversation
     */
    async getConversation(requestParameters: GetConversationRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<ConversationResponse> {
        const response = await this.getConversationRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for getTurn without sending the request
     */
    async getTurnRequestOpts(requestParameters: GetTurnRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['conversationId'] == null) {
            throw new runtime.RequiredError(
                'conversationId',
                'Required parameter "conversationId" was null or undefined when calling getTurn().'
            );
        }

        if (requestParameters['turnId'] == null) {
            throw new runtime.RequiredError(
                'turnId',
                'Required parameter "turnId" was null or undefined when calling getTurn().'
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

        let urlPath = `/conversations/{conversationId}/turns/{turnId}`;
        urlPath = urlPath.replace('{conversationId}', encodeURIComponent(String(requestParameters['conversationId'])));
        urlPath = urlPath.replace('{turnId}', encodeURIComponent(String(requestParameters['turnId'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * How the agent\'s answer to a message stands; `answerId` is the message\'s id once the turn is completed.
     * Get a turn
     */
    async getTurnRaw(requestParameters: GetTurnRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<TurnResponse>> {
        const requestOptions = await this.getTurnRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => TurnResponseFromJSON(jsonValue));
    }

    /**
     * How the agent\'s answer to a message stands; `answerId` is the message\'s id once the turn is completed.
     * Get a turn
     */
    async getTurn(requestParameters: GetTurnRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<TurnResponse> {
        const response = await this.getTurnRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for listConversations without sending the request
     */
    async listConversationsRequestOpts(requestParameters: ListConversationsRequest): Promise<runtime.RequestOpts> {
        const queryParameters: any = {};

        if (requestParameters['page'] != null) {
            queryParameters['page'] = requestParameters['page'];
        }

        if (requestParameters['pageSize'] != null) {
            queryParameters['pageSize'] = requestParameters['pageSize'];
        }

        if (requestParameters['pinned'] != null) {
            queryParameters['pinned'] = requestParameters['pinned'];
        }

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/conversations`;

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * The newest activity first; `pinned` keeps only pinned or only unpinned ones.
     * List conversations
     */
    async listConversationsRaw(requestParameters: ListConversationsRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<ConversationPageResponse>> {
        const requestOptions = await this.listConversationsRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => ConversationPageResponseFromJSON(jsonValue));
    }

    /**
     * The newest activity first; `pinned` keeps only pinned or only unpinned ones.
     * List conversations
     */
    async listConversations(requestParameters: ListConversationsRequest = {}, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<ConversationPageResponse> {
        const response = await this.listConversationsRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for listMessages without sending the request
     */
    async listMessagesRequestOpts(requestParameters: ListMessagesRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['conversationId'] == null) {
            throw new runtime.RequiredError(
                'conversationId',
                'Required parameter "conversationId" was null or undefined when calling listMessages().'
            );
        }

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

        const headerParameters: runtime.HTTPHeaders = {};

        if (this.configuration && this.configuration.accessToken) {
            const token = this.configuration.accessToken;
            const tokenString = await token("bearerAuth", []);

            if (tokenString) {
                headerParameters["Authorization"] = `Bearer ${tokenString}`;
            }
        }

        let urlPath = `/conversations/{conversationId}/messages`;
        urlPath = urlPath.replace('{conversationId}', encodeURIComponent(String(requestParameters['conversationId'])));

        return {
            path: urlPath,
            method: 'GET',
            headers: headerParameters,
            query: queryParameters,
        };
    }

    /**
     * The newest first. `cursor` takes the `nextCursor` of the answer before and gives what is older than that, whatever was said meanwhile; `page` is then ignored.
     * List messages
     */
    async listMessagesRaw(requestParameters: ListMessagesRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<MessagePageResponse>> {
        const requestOptions = await this.listMessagesRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => MessagePageResponseFromJSON(jsonValue));
    }

    /**
     * The newest first. `cursor` takes the `nextCursor` of the answer before and gives what is older than that, whatever was said meanwhile; `page` is then ignored.
     * List messages
     */
    async listMessages(requestParameters: ListMessagesRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<MessagePageResponse> {
        const response = await this.listMessagesRaw(requestParameters, initOverrides);
        return await response.value();
    }

    /**
     * Creates request options for updateConversation without sending the request
     */
    async updateConversationRequestOpts(requestParameters: UpdateConversationRequest): Promise<runtime.RequestOpts> {
        if (requestParameters['conversationId'] == null) {
            throw new runtime.RequiredError(
                'conversationId',
                'Required parameter "conversationId" was null or undefined when calling updateConversation().'
            );
        }

        if (requestParameters['conversationUpdate'] == null) {
            throw new runtime.RequiredError(
                'conversationUpdate',
                'Required parameter "conversationUpdate" was null or undefined when calling updateConversation().'
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

        let urlPath = `/conversations/{conversationId}`;
        urlPath = urlPath.replace('{conversationId}', encodeURIComponent(String(requestParameters['conversationId'])));

        return {
            path: urlPath,
            method: 'PUT',
            headers: headerParameters,
            query: queryParameters,
            body: ConversationUpdateToJSON(requestParameters['conversationUpdate']),
        };
    }

    /**
     * Changes what the body names and leaves the rest.
     * Rename or pin a conversation
     */
    async updateConversationRaw(requestParameters: UpdateConversationRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<runtime.ApiResponse<ConversationUpdatedResponse>> {
        const requestOptions = await this.updateConversationRequestOpts(requestParameters);
        const response = await this.request(requestOptions, initOverrides);

        return new runtime.JSONApiResponse(response, (jsonValue) => ConversationUpdatedResponseFromJSON(jsonValue));
    }

    /**
     * Changes what the body names and leaves the rest.
     * Rename or pin a conversation
     */
    async updateConversation(requestParameters: UpdateConversationRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction): Promise<ConversationUpdatedResponse> {
        const response = await this.updateConversationRaw(requestParameters, initOverrides);
        return await response.value();
    }

}
