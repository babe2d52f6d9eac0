import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findConversation, insertConversation } from '../../src/db/conversations.ts';
import { newId } from '../../src/db/ids.ts';
import { insertMessage, listMessages, type Message } from '../../src/db/messages.ts';
import type { Turn } from '../../src/db/turns.ts';
import type { Upstream, VendorPolicy } from '../../src/engine/step.ts';
import { startTurn } from '../../src/engine/turns.ts';
import { findBinaries } from '../../src/media/binaries.ts';
import { createMediaRoom } from '../../src/media/room.ts';
import { createProviders } from '../../src/providers/providers.ts';
import { createSteps } from '../../src/steps/index.ts';
import type { StepTools } from '../../src/steps/tools.ts';
import type { ObjectStore } from '../../src/storage/objectStore.ts';
import { openStore } from '../../src/storage/store.ts';
import { type Rig, startRig } from '../engine/engineRig.ts';
import type { TestDatabase } from '../support/database.ts';

const vendor = (model: string) =>
  ({
    baseUrl: '',
    apiKey: 'sandbox',
    model,
    idempotency: 'key',
    onDoubt: 'hold',
    maxInFlight: 100,
    sandbox: true,
  }) as const;
const vendors = { glm: vendor('glm-4'), gemini: vendor('gemini'), tuzi: vendor('sora-1') };

export interface AgentRig extends Rig {
  /** A folder for the test's own files; it goes with the rig. */
  dir: string;
  tools: Omit<StepTools, 'attachable'>;
}

export interface AgentRigOptions {
  maxTasksPerUser?: number;
  policy?: Partial<VendorPolicy>;
  /** Put around the poll loop's questions and the store's writes, to hold them up or break them. */
  poll?: (ask: Upstream['poll']) => Upstream['poll'];
  put?: (put: ObjectStore['put']) => ObjectStore['put'];
}

/** A worker with every real step, and the sandbox's vendors. */
export async function startAgentRig(
  database: TestDatabase,
  sandboxUrl: string,
  { maxTasksPerUser = 5, policy, poll = (ask) => ask, put = (write) => write }: AgentRigOptions = {},
): Promise<AgentRig> {
  const dir = await mkdtemp(join(tmpdir(), 'directorai-agent-'));
  const providers = createProviders({ vendors, videoPollMs: 20 }, sandboxUrl);
  const store = await openStore({ kind: 'local', dir: join(dir, 'media') });
  const tools = {
    providers,
    store: { ...store, put: put(store.put) },
    media: await createMediaRoom({ binaries: await findBinaries({}), cores: 2, jobsDir: join(dir, 'jobs') }),
    prices: { 'glm-4': { perCall: 1000, perSecond: 0 } },
    maxTasksPerUser,
  };
  const upstream = { pollMs: 20, poll: poll(providers.video.poll), cancel: providers.video.cancel };
  const rig = await startRig(database, { steps: createSteps(tools), upstream, ...(policy && { policy }) });
  return {
    ...{ worker: rig.worker, dir, tools },
    async stop(graceMs) {
      await rig.stop(graceMs);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export interface Talk {
  id: string;
  say(content: string, images?: string[]): Promise<Turn>;
  /** Oldest first. */
  messages(): Promise<Message[]>;
  count(): Promise<number | undefined>;
}

/** A conversation as the API makes it and speaks in it. */
export async function startTalk({ db }: TestDatabase, userId: string): Promise<Talk> {
  const { id } = await insertConversation(db, userId, 'The kitten and the sea');
  return {
    id,
    say: (content, images = []) =>
      db.transaction(async (trx) => {
        const params = { messageId: newId(), answerId: newId(), images };
        const turn = await startTurn(trx, { userId, conversationId: id, params });
        const metadata = { turnId: turn.id, ...(images.length > 0 && { images }) };
        const type = images.length > 0 ? 'image' : 'text';
        await insertMessage(trx, { id: params.messageId, conversationId: id, role: 'user', content, type, metadata });
        return turn;
      }),
    async messages() {
      const page = await listMessages(db, id, { page: 1, pageSize: 100 });
      return (page?.items ?? []).toReversed();
    },
    count: async () => (await findConversation(db, id, userId))?.messageCount,
  };
}
