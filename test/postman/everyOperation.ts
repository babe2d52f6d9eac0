import type { ContractOperation } from './contract.ts';
import type { Ask } from './request.ts';

/** The stream of all tasks never ends, so there is no answer to look at; the tests of `streamEvents` follow it. */
const endless = ['streamEvents'];

/** What takes away what the others need, in this order. */
export const closing: Ask[] = [
  { id: 'deleteConversation' },
  // The first picture is one that the film's screenplay refers to.
  { id: 'deleteMedia', path: { mediaId: '{{uploadedPicture}}' } },
  { id: 'deleteScene', path: { sceneUuid: '{{addedScene}}' } },
  { id: 'deleteScreenplay', status: [200, 409] },
  { id: 'revokeApiKey' },
  { id: 'deleteWebhookEndpoint' },
  { id: 'deleteAvatar' },
  { id: 'logoutUser' },
  {
    id: 'loginUser',
    name: 'Log in again',
    form: { username: '{{email}}', password: '{{password}}' },
    keep: { token: 'data.token' },
  },
  {
    id: 'changePassword',
    body: { currentPassword: '{{password}}', newPassword: 'a lantern by the sea' },
    keep: { token: 'data.token' },
  },
  { id: 'deleteCurrentUser', body: { password: 'a lantern by the sea' } },
];

/** What has to be said beside the contract's example. */
const special: Record<string, Partial<Ask>> = {
  registerUser: { body: { username: '{{username}}-2', email: 'second.{{email}}', password: '{{password}}' } },
  loginUser: { form: { username: '{{email}}', password: '{{password}}' } },
  refreshSession: {
    body: { refreshToken: '{{refreshToken}}' },
    keep: { token: 'data.token', refreshToken: 'data.refreshToken' },
  },
  updateCurrentUser: { body: { username: '{{username}}' } },
  setBudget: { body: { dayMicros: 500_000_000, monthMicros: null } },
  createApiKey: { keep: { apiKeyId: 'data.id' } },
  createMessage: { body: { content: 'What could a film about the sea be like?' }, keep: { turnId: 'data.turn.id' } },
  cancelTurn: { status: [200, 409] },
  createTask: { body: { type: 'screenplay', params: { prompt: 'a kitten by the sea', sceneCount: 1 } } },
  cancelTask: { status: [200, 409] },
  retryTask: { status: [202, 409] },
  resolveTaskStep: { status: [404, 409] },
  streamTaskEvents: { status: [200] },
  confirmScreenplay: { status: [200, 409] },
  addScene: { keep: { addedScene: 'data.id' } },
  reorderScenes: { body: { sceneIds: ['{{secondScene}}', '{{sceneUuid}}', '{{addedScene}}'] } },
  listSceneTakes: { keep: { takeId: 'data.items.0.id' } },
  listCharacterSheetTakes: { keep: { takeId: 'data.items.0.id' } },
  exportScreenplay: { status: [200] },
  startUpload: { status: [201, 409] },
  completeUpload: { path: { uploadId: '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e40' }, status: [404] },
  uploadMedia: { keep: { uploadedPicture: 'data.id' } },
  getMediaContent: { status: [200] },
  getMediaThumbnail: { status: [200] },
  createWebhookEndpoint: { keep: { webhookId: 'data.id' } },
  testWebhookEndpoint: { keep: { deliveryId: 'data.id' } },
  redeliverWebhook: { status: [202, 409] },
};

/** An operation goes where what it needs is already there, not where the contract has it. */
const goesAfter: Record<string, string> = { updateScene: 'addScene', redeliverWebhook: 'testWebhookEndpoint' };

function inOrder(asks: Ask[]): Ask[] {
  const moved = asks.filter(({ id }) => goesAfter[id]);
  return asks
    .filter(({ id }) => !goesAfter[id])
    .flatMap((ask) => [ask, ...moved.filter(({ id }) => goesAfter[id] === ask.id)]);
}

/** The account of the collection is no administrator, and is told so. */
const refused = (tag: string): Partial<Ask> => (tag === 'admin' ? { status: [403] } : {});

/** Each operation of the contract once, but those of `closing`. */
export function everyOperation(operations: ContractOperation[]): Ask[] {
  const closed = closing.flatMap(({ id, name }) => (name ? [] : [id]));
  const asked = operations.filter(({ operationId }) => ![...endless, ...closed].includes(operationId));
  return inOrder(asked.map(({ operationId, tag }) => ({ id: operationId, ...refused(tag), ...special[operationId] })));
}
