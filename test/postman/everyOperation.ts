import type { ContractOperation } from './contract.ts';
import type { Ask } from './request.ts';

/** The stream of all tasks never ends, so there is no answer to look at; the tests of `streamEvents` follow it. */
const endless = ['streamEvents'];

/** They take away what the others need, so they come last, in this order. */
export const lastOperations = ['deleteConversation', 'deleteMedia', 'logoutUser'];

/** What has to be said beside the contract's example. */
const special: Record<string, Partial<Ask>> = {
  registerUser: { body: { username: '{{username}}-2', email: 'second.{{email}}', password: '{{password}}' } },
  loginUser: { form: { username: '{{email}}', password: '{{password}}' } },
  refreshSession: {
    body: { refreshToken: '{{refreshToken}}' },
    keep: { token: 'data.token', refreshToken: 'data.refreshToken' },
  },
  createTask: { body: { type: 'screenplay', params: { prompt: 'a kitten by the sea', sceneCount: 1 } } },
  cancelTask: { status: [200, 409] },
  retryTask: { status: [202, 409] },
  resolveTaskStep: { status: [404, 409] },
  streamTaskEvents: { status: [200] },
  confirmScreenplay: { status: [200, 409] },
  getMediaContent: { status: [200] },
  getMediaThumbnail: { status: [200] },
};

/** Each operation of the contract once. */
export const everyOperation = (operations: ContractOperation[]): Ask[] =>
  operations
    .filter(({ operationId }) => !endless.includes(operationId))
    .map(({ operationId }) => ({ id: operationId, ...special[operationId] }));
