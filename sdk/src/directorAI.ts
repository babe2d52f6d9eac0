import { type Core, createCore } from './core.js';
import { type Credentials, createCredentials, type Entrance } from './credentials.js';
import { DirectorAIError } from './errors.js';
import type { ClientOptions } from './options.js';
import { type Admin, createAdmin } from './resources/admin.js';
import { type Analytics, createAnalytics } from './resources/analytics.js';
import { type Auth, createAuth, createEntrance } from './resources/auth.js';
import { type Conversations, createConversations } from './resources/conversations.js';
import { createEvents, type Events } from './resources/events.js';
import { createMedia, type Media } from './resources/media.js';
import { createMessages, createTurns, type Messages, type Turns } from './resources/messages.js';
import {
  type Characters,
  createCharacters,
  createScenes,
  createTakes,
  type Scenes,
  type Takes,
} from './resources/scenes.js';
import { createScreenplays, type Screenplays } from './resources/screenplays.js';
import { createModels, createSystem, type Models, type System } from './resources/system.js';
import { createTasks, type Tasks } from './resources/tasks.js';
import {
  type ApiKeys,
  type Budgets,
  createApiKeys,
  createBudgets,
  createUsers,
  type Users,
} from './resources/users.js';
import { createWebhooks, type Webhooks } from './resources/webhooks.js';
import { createFilms, createImages, createVideos, type Films, type Images, type Videos } from './resources/works.js';
import { createTransport } from './transport.js';

/** A client of the DirectorAI API. It holds no connection, so there is nothing to close. */
export class DirectorAI {
  readonly admin: Admin;
  readonly analytics: Analytics;
  readonly apiKeys: ApiKeys;
  readonly auth: Auth;
  readonly budgets: Budgets;
  readonly characters: Characters;
  readonly conversations: Conversations;
  readonly events: Events;
  readonly films: Films;
  readonly images: Images;
  readonly media: Media;
  readonly messages: Messages;
  readonly models: Models;
  readonly scenes: Scenes;
  readonly screenplays: Screenplays;
  readonly system: System;
  readonly takes: Takes;
  readonly tasks: Tasks;
  readonly turns: Turns;
  readonly users: Users;
  readonly videos: Videos;
  readonly webhooks: Webhooks;

  constructor(options: ClientOptions = {}) {
    const { core, credentials } = connect(options);
    this.admin = createAdmin(core);
    this.analytics = createAnalytics(core);
    this.apiKeys = createApiKeys(core);
    this.auth = createAuth(core, credentials);
    this.budgets = createBudgets(core);
    this.models = createModels(core);
    this.users = createUsers(core, credentials);
    this.conversations = createConversations(core);
    this.events = createEvents(core);
    this.media = createMedia(core);
    this.messages = createMessages(core);
    this.turns = createTurns(core);
    this.system = createSystem(core);
    this.tasks = createTasks(core);
    this.films = createFilms(this.tasks);
    this.images = createImages(core);
    this.videos = createVideos(core);
    this.webhooks = createWebhooks(core, options.webhookSecret);
    this.scenes = createScenes(core);
    this.takes = createTakes(core);
    this.characters = createCharacters(core);
    this.screenplays = createScreenplays(core, this.tasks);
  }
}

/** The transport needs the credentials, and the credentials need calls: those are looked up when they are made. */
function connect(options: ClientOptions): { core: Core; credentials: Credentials } {
  const { timeoutMs = 60_000, maxRetries = 3, language, logger } = options;
  const entrance: Entrance = {
    login: (email, password) => createEntrance(core).login({ email, password }),
    refresh: (refreshToken) => createEntrance(core).refresh(refreshToken),
  };
  const credentials = createCredentials(options, entrance);
  const fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const send = createTransport({ fetch, timeoutMs, maxRetries, language, logger, credentials });
  const core = createCore({ basePath: basePathOf(options.baseUrl), send, fetch, timeoutMs, logger });
  return { core, credentials };
}

function basePathOf(baseUrl: string | URL = 'http://localhost:8080'): string {
  const url = URL.canParse(String(baseUrl)) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new DirectorAIError(`baseUrl is no web address: ${baseUrl}`);
  if (url.username || url.password) throw new DirectorAIError('baseUrl may hold no user and no password');
  const path = url.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
  return `${url.origin}${path}/api/v1`;
}
