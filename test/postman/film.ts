import type { Ask } from './request.ts';

const film = {
  type: 'film',
  conversationId: '{{conversationId}}',
  params: {
    prompt: '一只想看海的小猫，踏上了穿越城市的旅程',
    sceneCount: 2,
    characterCount: 1,
    sceneSeconds: 5,
    images: ['{{mediaId}}'],
  },
};

const looksLikeMp4 = [
  "pm.test('is an MP4', () => {",
  "  pm.expect(pm.response.headers.get('Content-Type')).to.equal('video/mp4');",
  "  pm.expect(pm.response.stream.slice(4, 8).toString()).to.equal('ftyp');",
  '});',
];

/** From nothing to a film on the disk, as an integrator goes. */
export const filmFlow: Ask[] = [
  {
    id: 'registerUser',
    body: { username: '{{username}}', email: '{{email}}', password: '{{password}}' },
    keep: { token: 'data.token', refreshToken: 'data.refreshToken' },
  },
  {
    id: 'loginUser',
    form: { grant_type: 'password', username: '{{email}}', password: '{{password}}' },
    keep: { token: 'data.token', refreshToken: 'data.refreshToken' },
  },
  { id: 'getCurrentUser' },
  { id: 'createConversation', keep: { conversationId: 'data.id' } },
  { id: 'uploadMedia', keep: { mediaId: 'data.id' } },
  { id: 'createTask', name: 'Ask for a film', body: film, keep: { taskId: 'data.id' } },
  {
    id: 'getTask',
    name: 'Wait for the film',
    until: { path: 'data.status', values: ['completed', 'failed', 'cancelled'] },
  },
  {
    id: 'getTask',
    name: 'The film is there',
    keep: { screenplayId: 'data.result.screenplayId', filmId: 'data.result.mediaId', stepId: 'data.steps.0.id' },
    more: ["pm.test('the film is completed', () => pm.expect(pm.response.json().data.status).to.equal('completed'));"],
  },
  {
    id: 'getScreenplay',
    name: 'Read its screenplay',
    keep: {
      sceneUuid: 'data.scenes.0.id',
      secondScene: 'data.scenes.1.id',
      characterSheetId: 'data.characterSheets.0.id',
    },
  },
  {
    id: 'getMediaContent',
    name: 'Download the film',
    path: { mediaId: '{{filmId}}' },
    status: [200],
    more: looksLikeMp4,
  },
  {
    id: 'getMediaContent',
    name: 'Download a part of the film',
    path: { mediaId: '{{filmId}}' },
    headers: { Range: 'bytes=0-99' },
    status: [206],
  },
];
