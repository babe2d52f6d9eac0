import type { Knex } from 'knex';

/** How many rows of each sort; some of each are the reader's, the rest is spread over other users. */
export interface Sizes {
  /** The reader's are the rows whose number this divides. */
  every: number;
  users: number;
  conversations: number;
  messages: number;
  tasks: number;
  events: number;
  /** Screenplays; of scenes, takes, media and paid calls as many each. */
  films: number;
  deliveries: number;
  audits: number;
}

const owner = `(select id from seed_owners o where o.n = case when r.n % :every = 0 then 0 else 1 + r.n % :users end)`;
const rows = (count: keyof Sizes) => `generate_series(1, :${count}) r(n)`;
const id = (kind: string, n = 'r.n') => `md5('${kind}' || ${n})::uuid`;
const at = "now() - r.n * interval '1 second'";
const status = (of: string) => `(array[${of}])[1 + r.n % ${of.split(',').length}]`;

const statements: readonly string[] = [
  `create temp table seed_owners as select 0 as n, cast(:reader as uuid) as id
   union all select n, gen_random_uuid() from generate_series(1, :users) n`,
  'create unique index on seed_owners (n)',
  `insert into users (id, username, email, password_hash, created_at)
   select id, 'seed' || n, 'seed' || n || '@example.com', '', now() - n * interval '1 minute' from seed_owners where n > 0`,
  `insert into conversations (id, user_id, title, is_pinned, updated_at)
   select ${id('conversation')}, ${owner}, 'Number ' || r.n, r.n % 100 = 0, ${at} from ${rows('conversations')}`,
  // The reader's messages are in one conversation, the one with number `every`.
  `insert into messages (id, conversation_id, role, content, type, created_at)
   select ${id('message')}, ${id('conversation', 'case when r.n % :every = 0 then :every else 1 + r.n % :conversations end')},
     ${status("'user','assistant'")}, 'Once upon a time by the sea', 'text', ${at} from ${rows('messages')}`,
  `insert into tasks (id, user_id, conversation_id, screenplay_id, type, status, total_weight, created_at, completed_at)
   select ${id('task')}, ${owner}, ${id('conversation', '1 + r.n % :conversations')}, case when r.n % 2 = 0 then ${id('screenplay')} end, ${status("'film','screenplay','image','video','message'")},
     case when r.n % 100 = 0 then 'processing' else 'completed' end, 1, ${at}, case when r.n % 100 > 0 then ${at} end from ${rows('tasks')}`,
  `insert into steps (id, task_id, user_id, kind, stage, status, result, created_at, updated_at)
   select ${id('step')}, ${id('task')}, ${owner}, 'drawSceneImage', 'images',
     case when r.n % 100 = 0 then 'ready' else 'done' end, case when r.n % 100 > 0 then '{}'::jsonb end, ${at}, ${at}
   from ${rows('tasks')}`,
  `insert into events (user_id, seq, task_id, type, data, created_at)
   select ${owner}, r.n, ${id('task', '1 + r.n % :tasks')}, 'task.progress', '{"status":"processing","progress":10}', ${at}
   from ${rows('events')}`,
  `insert into event_cursors (user_id, last_seq) select id, :events from seed_owners`,
  `insert into screenplays (id, task_id, user_id, title, created_at, updated_at)
   select ${id('screenplay')}, ${id('task', '1 + r.n % :tasks')}, ${owner}, 'The sea', ${at}, ${at} from ${rows('films')}`,
  `insert into media_files (id, user_id, type, storage_path, url, mime_type, size, sha256, created_at)
   select ${id('media')}, ${owner}, ${status("'image','video'")}, 'seed/' || r.n, '/api/v1/media/' || ${id('media')} || '/content',
     'image/png', 1000, '\\x00', ${at} from ${rows('films')}`,
  `insert into scenes (id, screenplay_id, scene_id, narration, image_prompt, video_prompt)
   select ${id('scene')}, ${id('screenplay')}, 1, '海', 'a sea', 'waves' from ${rows('films')}`,
  `insert into character_sheets (id, screenplay_id, position, name, description)
   select ${id('sheet')}, ${id('screenplay')}, 1, 'Mimi', 'a kitten' from ${rows('films')}`,
  // The reader's takes are of one scene, the one with number `every`; so are the deliveries of one endpoint.
  `insert into takes (id, user_id, step_id, kind, subject_id, media_id, input_hash)
   select ${id('take')}, ${owner}, ${id('step')}, ${status("'image','clip'")},
     ${id('scene', 'case when r.n % :every = 0 then :every else r.n end')}, ${id('media')}, '' from ${rows('films')}`,
  `insert into provider_calls (id, op_key, step_id, task_id, user_id, vendor, model, purpose, status, request_hash, request, fence,
     max_cost_micros, cost_micros, created_at)
   select ${id('call')}, 'seed:' || r.n, ${id('step')}, ${id('task')}, ${owner}, 'gemini', 'model', 'image', 'succeeded', '\\x00', '{}', 1,
     1000, 1000, ${at} from ${rows('films')}`,
  `insert into webhook_endpoints (id, user_id, url, events, secret)
   select ${id('endpoint')}, ${owner}, 'https://hooks.example.com/', '{task.completed}', '\\x00' from generate_series(1, 1000) r(n)`,
  `insert into webhook_deliveries (id, endpoint_id, user_id, event_type, payload, status, created_at)
   select ${id('delivery')}, ${id('endpoint', 'case when r.n % :every = 0 then :every else 1 + r.n % 1000 end')}, ${owner}, 'task.completed', '{}',
     case when r.n % 500 = 0 then 'failed' else 'delivered' end, ${at} from ${rows('deliveries')}`,
  `insert into audit_log (at, actor_id, action, subject, user_id, reason, address, request_id)
   select ${at}, ${owner}, ${status("'user.disable','step.redrive','user.limits'")}, '', ${owner}, 'because', '127.0.0.1', ''
   from ${rows('audits')}`,
  'drop table seed_owners',
];

/** Ids that the rows above have, by their kind and number. */
export async function idsOf<Kind extends string>(
  db: Knex,
  numbers: Record<Kind, number>,
): Promise<Record<Kind, string>> {
  const { rows: found } = await db.raw<{ rows: { kind: Kind; id: string }[] }>(
    'select key as kind, md5(key || value)::uuid as id from jsonb_each_text(?)',
    [JSON.stringify(numbers)],
  );
  return Object.fromEntries(found.map(({ kind, id: made }) => [kind, made])) as Record<Kind, string>;
}

/** Fills the tables behind the lists. Needs a superuser: references are not checked and triggers stay still, so it takes seconds. */
export async function seed(db: Knex, readerId: string, sizes: Sizes): Promise<void> {
  const bindings = { ...sizes, reader: readerId };
  await db.transaction(async (trx) => {
    await trx.raw(
      "set local session_replication_role = 'replica'; set local statement_timeout = 0; set local synchronous_commit = off",
    );
    for (const statement of statements) await trx.raw(statement, bindings);
  });
  await db.raw('vacuum analyze');
}
