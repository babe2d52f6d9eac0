import type {
  BodyOf,
  DataOf,
  HeaderOf,
  JsonOperationId,
  Operation,
  PathOf,
  QueryOf,
  ResultOf,
  UploadedFile,
} from '../../src/contract/operation.ts';

// Compiled, never run: each line says what the types promise, each @ts-expect-error what they refuse.
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_T extends true>(): void => undefined;
const done = { code: 200, message: 'OK' };
const id = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e03';

holds<Equal<PathOf<'resolveTaskStep'>, { taskId: string; stepId: string }>>();
holds<Equal<QueryOf<'listConversations'>, { page: number; pageSize: number; pinned?: boolean }>>();
holds<Equal<HeaderOf<'createTask'>, { 'idempotency-key'?: string; prefer?: string }>>();
holds<Equal<HeaderOf<'streamEvents'>, { 'last-event-id'?: number }>>();
holds<Equal<QueryOf<'getMediaThumbnail'>, { width: number; expires?: number; signature?: string }>>();
holds<Equal<BodyOf<'updateConversation'>, { title?: string; isPinned?: boolean }>>();
holds<Equal<BodyOf<'uploadMedia'>, { file: UploadedFile }>>();
holds<Equal<BodyOf<'cancelTask'>, undefined>>();
holds<Equal<ResultOf<'createTask'>['status'], 202>>();
holds<Equal<ResultOf<'createConversation'>['status'], 201>>();
holds<Equal<DataOf<'getTaskProgress'>['status'], 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled'>>();
holds<Equal<DataOf<'getTask'>['conversationId'], string | null>>();

export const deletes: Operation<'deleteMedia', undefined> = async () => ({ status: 200, body: done });
export const renames: Operation<'updateConversation', { user: string }> = async ({ user }, { path, body }) => ({
  status: 200,
  body: { ...done, data: { id: path.conversationId, title: body.title ?? user, isPinned: body.isPinned ?? false } },
});
export const narrows: Operation<'createTask', undefined> = async (_, { body }) => {
  const scenes: number = body.type === 'screenplay' ? body.params.sceneCount : 0;
  if (body.type === 'film' && 'prompt' in body.params) body.params.render.aspectRatio satisfies '16:9' | '9:16' | '1:1';
  const data = { id, type: body.type, status: 'pending' as const, progress: scenes, createdAt: '2026-11-23T09:30:00Z' };
  return { status: 202, body: { ...done, data }, headers: { location: `/api/v1/tasks/${id}` } };
};

// @ts-expect-error an undeclared status
export const wrongStatus: Operation<'deleteMedia', undefined> = async () => ({ status: 204, body: done });
// @ts-expect-error `data` is missing
export const noData: Operation<'getCurrentUser', undefined> = async () => ({ status: 200, body: done });
// @ts-expect-error an enum value that is not in the contract
export const noDecision: BodyOf<'resolveTaskStep'> = { decision: 'shrug' };
// @ts-expect-error a task of no known type
export const noType: BodyOf<'createTask'> = { type: 'novel', params: { prompt: 'x' } };
// @ts-expect-error an unknown query parameter
export const noQuery: QueryOf<'listTasks'> = { page: 1, pageSize: 20, state: 'failed' };
// @ts-expect-error a stream has no value to return
export const noStream: JsonOperationId = 'streamEvents';
