import type { OperationId } from '../../src/contract/operation.ts';
import type { Client } from './sdk.ts';

/** An id for every place in an address; the one of the scene is another, so that mixed-up arguments show. */
export const ids = {
  id: '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e01',
  second: '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e02',
  third: '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e03',
} as const;
const { id, second, third } = ids;
const account = { username: 'ada', email: 'ada@example.com', password: 'correct horse battery' };

const first = (stream: AsyncGenerator<unknown>) => stream.next();

/** How each operation is asked for: one without a method of the SDK does not compile. */
export const methods: Record<OperationId, (client: Client) => Promise<unknown>> = {
  registerUser: ({ auth }) => auth.register(account),
  loginUser: ({ auth }) => auth.login(account),
  refreshSession: ({ auth }) => auth.refresh('once'),
  logoutUser: ({ auth }) => auth.logout(),
  getCurrentUser: ({ auth }) => auth.me(),
  createStreamTicket: ({ auth }) => auth.createStreamTicket(),
  listConversations: ({ conversations }) => conversations.list(),
  createConversation: ({ conversations }) => conversations.create({ title: 'x' }),
  getConversation: ({ conversations }) => conversations.get(id),
  updateConversation: ({ conversations }) => conversations.update(id, { title: 'x' }),
  deleteConversation: ({ conversations }) => conversations.delete(id),
  listMessages: ({ messages }) => messages.list(id),
  createMessage: ({ messages }) => messages.create(id, { content: 'x' }),
  getTurn: ({ turns }) => turns.get(id, second),
  cancelTurn: ({ turns }) => turns.cancel(id, second),
  listTasks: ({ tasks }) => tasks.list(),
  createTask: ({ films }) => films.create({ prompt: 'x' }),
  getTask: ({ tasks }) => tasks.get(id),
  getTaskProgress: ({ tasks }) => tasks.progress(id),
  cancelTask: ({ tasks }) => tasks.cancel(id),
  retryTask: ({ tasks }) => tasks.retry(id),
  resolveTaskStep: ({ tasks }) => tasks.resolveStep(id, second, { decision: 'retry' }),
  streamTaskEvents: ({ tasks }) => first(tasks.stream(id)),
  streamEvents: ({ events }) => first(events.stream()),
  listScreenplays: ({ screenplays }) => screenplays.list(),
  getScreenplay: ({ screenplays }) => screenplays.get(id),
  updateScreenplay: ({ screenplays }) => screenplays.update(id, { title: 'x' }),
  confirmScreenplay: ({ screenplays }) => screenplays.confirm(id),
  deleteScreenplay: ({ screenplays }) => screenplays.delete(id),
  exportScreenplay: ({ screenplays }) => screenplays.export(id),
  addScene: ({ scenes }) => scenes.add(id, { narration: 'x', imagePrompt: 'x', videoPrompt: 'x' }),
  updateScene: ({ scenes }) => scenes.update(id, second, { narration: 'x' }),
  deleteScene: ({ scenes }) => scenes.delete(id, second),
  reorderScenes: ({ scenes }) => scenes.reorder(id, [second]),
  regenerateSceneImage: ({ scenes }) => scenes.regenerateImage(id, second),
  regenerateSceneVideo: ({ scenes }) => scenes.regenerateVideo(id, second, { prompt: 'x' }),
  listSceneTakes: ({ takes }) => takes.list(id, second),
  selectTake: ({ takes }) => takes.select(id, second, third),
  updateCharacterSheet: ({ characters }) => characters.update(id, second, { description: 'x' }),
  regenerateCharacterSheet: ({ characters }) => characters.regenerate(id, second),
  listMedia: ({ media }) => media.list(),
  uploadMedia: ({ media }) => media.upload(new Blob(['x'])),
  getMedia: ({ media }) => media.get(id),
  deleteMedia: ({ media }) => media.delete(id),
  getMediaContent: ({ media }) => media.content(id),
  getMediaThumbnail: ({ media }) => media.thumbnail(id),
  getLiveness: ({ system }) => system.live(),
  getReadiness: ({ system }) => system.ready(),
};
