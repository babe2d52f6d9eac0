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

export const BASE_PATH = "/api/v1".replace(/\/+$/, "");

export interface ConfigurationParameters {
    basePath?: string; // override base path
    fetchApi?: FetchAPI; // override for fetch implementation
    middleware?: Middleware[]; // middleware to apply before/after fetch requests
    queryParamsStringify?: (params: HTTPQuery) => string; // stringify function for query strings
    username?: string; // parameter for basic security
    password?: string; // parameter for basic security
    apiKey?: string | Promise<string> | ((name: string) => string | Promise<string>); // parameter for apiKey security
    accessToken?: string | Promise<string> | ((name?: string, scopes?: string[]) => string | Promise<string>); // parameter for oauth2 security
    headers?: HTTPHeaders; //header params we want to use on every request
    credentials?: RequestCredentials; //value for the credentials param we want to use on each request
}

export class Configuration {
    constructor(private configuration: ConfigurationParameters = {}) {}

    set config(configuration: Configuration) {
        this.configuration = configuration;
    }

    get basePath(): string {
        return this.configuration.basePath != null ? this.configuration.basePath : BASE_PATH;
    }

    get fetchApi(): FetchAPI | undefined {
        return this.configuration.fetchApi;
    }

    get middleware(): Middleware[] {
        return this.configuration.middleware || [];
    }

    get queryParamsStringify(): (params: HTTPQuery) => string {
        return this.configuration.queryParamsStringify || querystring;
    }

    get username(): string | undefined {
        return this.configuration.username;
    }

    get password(): string | undefined {
        return this.configuration.password;
    }

    get apiKey(): ((name: string) => string | Promise<string>) | undefined {
        const apiKey = this.configuration.apiKey;
        if (apiKey) {
            return typeof apiKey === 'function' ? apiKey : () => apiKey;
        }
        return undefined;
    }

    get accessToken(): ((name?: string, scopes?: string[]) => string | Promise<string>) | undefined {
        const accessToken = this.configuration.accessToken;
        if (accessToken) {
            return typeof accessToken === 'function' ? accessToken : async () => accessToken;
        }
        return undefined;
    }

    get headers(): HTTPHeaders | undefined {
        return this.configuration.headers;
    }

    get credentials(): RequestCredentials | undefined {
        return this.configuration.credentials;
    }
}

export const DefaultConfig = new Configuration();

/**
 * This is the base class for all generated API classes.
 */
export class BaseAPI {

    private static readonly jsonRegex = /^(:?application\/json|[^;/ \t]+\/[^;/ \t]+[+]json)[ \t]*(:?;.*)?$/i;
    private middleware: Middleware[];

    constructor(protected configuration = DefaultConfig) {
        this.middleware = configuration.middleware;
    }

    withMiddleware<T extends BaseAPI>(this: T, ...middlewares: Middleware[]) {
        const next = this.clone<T>();
        next.middleware = next.middleware.concat(...middlewares);
        return next;
    }

    withPreMiddleware<T extends BaseAPI>(this: T, ...preMiddlewares: Array<Middleware['pre']>) {
        const middlewares = preMiddlewares.map((pre) => ({ pre }));
        return this.withMiddleware<T>(...middlewares);
    }

    withPostMiddleware<T extends BaseAPI>(this: T, ...postMiddlewares: Array<Middleware['post']>) {
        const middlewares = postMiddlewares.map((post) => ({ post }));
        return this.withMiddleware<T>(...middlewares);
    }

    /**
     * Check if the given MIME is a JSON MIME.
     * JSON MIME examples:
     *   application/json
     *   application/json; charset=UTF8
     *   APPLICATION/JSON
     *   application/vnd.company+json
     * @param mime - MIME (Multipurpose Internet Mail Extensions)
     * @return True if the given MIME is JSON, false otherwise.
     */
    protected isJsonMime(mime: string | null | undefined): boolean {
        if (!mime) {
            return false;
        }
        return BaseAPI.jsonRegex.test(mime);
    }

    protected async request(context: RequestOpts, initOverrides?: RequestInit | InitOverrideFunction): Promise<Response> {
        const { url, init } = await this.createFetchParams(context, initOverrides);
        const response = await this.fetchApi(url, init);
        if (response && (response.status >= 200 && response.status < 300)) {
            return response;
        }
        throw new ResponseError(response, 'Response returned an error code');
    }

    private async createFetchParams(context: RequestOpts, initOverrides?: RequestInit | InitOverrideFunction) {
        let url = this.configuration.basePath + context.path;
        if (context.query !== undefined && Object.keys(context.query).length !== 0) {
            // only add the querystring to the URL if there are query parameters.
            // this is done to avoid urls ending with a "?" character which buggy webservers
            // do not handle correctly sometimes.
            url += '?' + this.configuration.queryParamsStringify(context.query);
        }

        const headers = Object.assign({}, this.configuration.headers, context.headers);
        Object.keys(headers).forEach(key => headers[key] === undefined ? delete headers[key] : {});

        const initOverrideFn =
            typeof initOverrides === "function"
                ? initOverrides
                : async () => initOverrides;

        const initParams = {
            method: context.method,
            headers,
            body: context.body,
            credentials: this.configuration.credentials,
        };

        const overriddenInit: RequestInit = {
            ...initParams,
            ...(await initOverrideFn({
                init: initParams,
                context,
            }))
        };

        let body: any;
        if (isFormData(overriddenInit.body)
            || (overriddenInit.body instanceof URLSearchParams)
            || isBlob(overriddenInit.body)) {
          body = overriddenInit.body;
        } else if (this.isJsonMime(headers['Content-Type'])) {
          body = JSON.stringify(overriddenInit.body);
        } else {
          body = overriddenInit.body;
        }

        const init: RequestInit = {
            ...overriddenInit,
            body
        };

        return { url, init };
    }

    private fetchApi = async (url: string, init: RequestInit) => {
        let fetchParams = { url, init };
        for (const middleware of this.middleware) {
            if (middleware.pre) {
                fetchParams = await middleware.pre({
                    fetch: this.fetchApi,
                    ...fetchParams,
                }) || fetchParams;
            }
        }
        let response: Response | undefined = undefined;
        try {
            response = await (this.configuration.fetchApi || fetch)(fetchParams.url, fetchParams.init);
        } catch (e) {
            for (const middleware of this.middleware) {
                if (middleware.onError) {
                    response = await middleware.onError({
                        fetch: this.fetchApi,
                        url: fetchParams.url,
                        init: fetchParams.init,
                        error: e,
                        response: response ? response.clone() : undefined,
                    }) || response;
                }
            }
            if (response === undefined) {
              if (e instanceof Error) {
                throw new FetchError(e, 'The request failed and the interceptors did not return an alternative response');
              } else {
                throw e;
              }
            }
        }
        for (const middleware of this.middleware) {
            if (middleware.post) {
                response = await middleware.post({
                    fetch: this.fetchApi,
                    url: fetchParams.url,
                    init: fetchParams.init,
                    response: response.clone(),
                }) || response;
            }
        }
        return response;
    }

    /**
     * Create a shallow clone of `this` by constructing a new instance
     * and then shallow cloning data members.
     */
    private clone<T extends BaseAPI>(this: T): T {
        const constructor = this.constructor as any;
        const next = new constructor(this.configuration);
        next.middleware = this.middleware.slice();
        return next;
    }
};

function isBlob(value: any): value is Blob {
    return typeof Blob !== 'undefined' && value instanceof Blob;
}

function isFormData(value: any): value is FormData {
    return typeof FormData !== "undefined" && value instanceof FormData;
}

export class ResponseError extends Error {
    override name: "ResponseError" = "ResponseError";
    constructor(public response: Response, msg?: string) {
        super(msg);

        // restore prototype chain
        const actualProto = new.target.prototype;
        if (Object.setPrototypeOf) {
            Object.setPrototypeOf(this, actualProto);
        }
    }
}

export class FetchError extends Error {
    override name: "FetchError" = "FetchError";
    constructor(public cause: Error, msg?: string) {
        super(msg);

        // restore prototype chain
        const actualProto = new.target.prototype;
        if (Object.setPrototypeOf) {
            Object.setPrototypeOf(this, actualProto);
        }
    }
}

export class RequiredError extends Error {
    override name: "RequiredError" = "RequiredError";
    constructor(public field: string, msg?: string) {
        super(msg);

        // restore prototype chain
        const actualProto = new.target.prototype;
        if (Object.setPrototypeOf) {
            Object.setPrototypeOf(this, actualProto);
        }
    }
}

export const COLLECTION_FORMATS = {
    csv: ",",
    ssv: " ",
    tsv: "\t",
    pipes: "|",
};

export type FetchAPI = WindowOrWorkerGlobalScope['fetch'];

export type Json = any;
export type HTTPMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'HEAD';
export type HTTPHeaders = { [key: string]: string };
export type HTTPQuery = { [key: string]: string | number | null | boolean | Array<string | number | null | boolean> | Set<string | number | null | boolean> | HTTPQuery };
export type HTTPBody = Json | FormData | URLSearchParams;
export type HTTPRequestInit = { headers?: HTTPHeaders; method: HTTPMethod; credentials?: RequestCredentials; body?: HTTPBody };
export type ModelPropertyNaming = 'camelCase' | 'snake_case' | 'PascalCase' | 'original';

export type InitOverrideFunction = (requestContext: { init: HTTPRequestInit, context: RequestOpts }) => Promise<RequestInit>

export interface FetchParams {
    url: string;
    init: RequestInit;
}

export interface RequestOpts {
    path: string;
    method: HTTPMethod;
    headers: HTTPHeaders;
    query?: HTTPQuery;
    body?: HTTPBody;
}

export function querystring(params: HTTPQuery, prefix: string = ''): string {
    return Object.keys(params)
        .map(key => querystringSingleKey(key, params[key], prefix))
        .filter(part => part.length > 0)
        .join('&');
}

function querystringSingleKey(key: string, value: string | number | null | undefined | boolean | Array<string | number | null | boolean> | Set<string | number | null | boolean> | HTTPQuery, keyPrefix: string = ''): string {
    const fullKey = keyPrefix + (keyPrefix.length ? `[${key}]` : key);
    if (value instanceof Array) {
        const multiValue = value.map(singleValue => encodeURIComponent(String(singleValue)))
            .join(`&${encodeURIComponent(fullKey)}=`);
        return `${encodeURIComponent(fullKey)}=${multiValue}`;
    }
    if (value instanceof Set) {
        const valueAsArray = Array.from(value);
        return querystringSingleKey(key, valueAsArray, keyPrefix);
    }
    if (value instanceof Date) {
        return `${encodeURIComponent(fullKey)}=${encodeURIComponent(serializeDateTime(value))}`;
    }
    if (value instanceof Object) {
        return querystring(value as HTTPQuery, fullKey);
    }
    return `${encodeURIComponent(fullKey)}=${encodeURIComponent(String(value))}`;
}

export function exists(json: any, key: string) {
    const value = json[key];
    return value !== null && value !== undefined;
}

/**
 * Every generated date call site routes through these.
 *
 * `format: date` is a calendar date, with no time and no offset, so it is converted
 * against the local calendar on both ends: they have to agree or the date shifts by
 * a day. `format: date-time` is an instant and uses UTC.
 */
export function serializeDateTime(value: Date): string {
    return value.toISOString();
}

export function serializeDate(value: Date): string {
    if (isNaN(value.getTime())) {
        throw new RangeError('Invalid time value');
    }
    const year = ('000' + value.getFullYear()).slice(-4);
    const month = ('0' + (value.getMonth() + 1)).slice(-2);
    const day = ('0' + value.getDate()).slice(-2);
    return `${year}-${month}-${day}`;
}


export function parseDate(value: Date | string): Date {
    if (value instanceof Date) {
        return value;
    }
    // `new Date("2026-08-05")` would parse as UTC midnight: a different day west of UTC.
    // Local midnight is the stated day everywhere. setFullYear avoids the 1900 offset the
    // multi-argument constructor applies to years 0-99.
    const fullDate = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(value));
    if (fullDate) {
        const year = Number(fullDate[1]);
        const month = Number(fullDate[2]) - 1;
        const day = Number(fullDate[3]);
        const date = new Date(0);
        date.setFullYear(year, month, day);
        date.setHours(0, 0, 0, 0);
        // Out-of-range components (or a day the local zone skipped) silently roll over,
        // which would hand back a date the server never sent.
        if (date.getFullYear() !== year || date.getMonth() !== month || date.getDate() !== day) {
            return new Date(NaN);
        }
        return date;
    }
    return new Date(value);
}

export function parseDateTime(value: any): Date {
    return new Date(value);
}

export function mapValues(data: any, fn: (item: any) => any) {
    const result: { [key: string]: any } = {};
    for (const key of Object.keys(data)) {
        result[key] = fn(data[key]);
    }
    return result;
}

// Pass-through serializer for `any`-typed properties in form data. See #1877.
export function anyToJSON(value: any): any {
    return value;
}

export function canConsumeForm(consumes: Consume[]): boolean {
    for (const consume of consumes) {
        if (consume.contentType?.startsWith('multipart/form-data') == true) {
            return true;
        }
    }
    return false;
}

export interface Consume {
    contentType: string;
}

export interface RequestContext {
    fetch: FetchAPI;
    url: string;
    init: RequestInit;
}

export interface ResponseContext {
    fetch: FetchAPI;
    url: string;
    init: RequestInit;
    response: Response;
}

export interface ErrorContext {
    fetch: FetchAPI;
    url: string;
    init: RequestInit;
    error: unknown;
    response?: Response;
}

export interface Middleware {
    pre?(context: RequestContext): Promise<FetchParams | void>;
    post?(context: ResponseContext): Promise<Response | void>;
    onError?(context: ErrorContext): Promise<Response | void>;
}

export interface ApiResponse<T> {
    raw: Response;
    value(): Promise<T>;
}

export interface ResponseTransformer<T> {
    (json: any): T;
}

export class JSONApiResponse<T> {
    constructor(public raw: Response, private transformer: ResponseTransformer<T> = (jsonValue: any) => jsonValue) {}

    async value(): Promise<T> {
        return this.transformer(await this.raw.json());
    }
}

export class VoidApiResponse {
    constructor(public raw: Response) {}

    async value(): Promise<void> {
        return undefined;
    }
}

export class BlobApiResponse {
    constructor(public raw: Response) {}

    async value(): Promise<Blob> {
        return await this.raw.blob();
    };
}

export class TextApiResponse {
    constructor(public raw: Response) {}

    async value(): Promise<string> {
        return await this.raw.text();
    };
}
