import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { join, type Person } from '../program/client.ts';
import { spawnProgram } from '../program/programProcess.ts';
import { makeDataDir } from '../support/dataDir.ts';

const help = `Fuzzes a running service against openapi.yaml with Schemathesis: every operation but the event streams, good and bad input.

  SCHEMATHESIS=path/to/schemathesis npm run fuzz [-- --examples 200] [--seed N] [--only operationId]… [--phases LIST]
`;

const { values } = parseArgs({
  options: {
    examples: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', multiple: true, default: [] },
    phases: { type: 'string', default: 'examples,coverage,fuzzing,stateful' },
    help: { type: 'boolean', default: false },
  },
});

/** They never end, so there is no answer to check. */
const streams = ['streamTaskEvents', 'streamEvents'];

type Ids = Record<string, string>;

/** A screenplay with two scenes, a conversation and a file. */
async function furnish(ada: Person, picture: Buffer): Promise<Ids> {
  const { data: conversation } = await ada.call('POST', '/conversations', { title: 'Sea' });
  const params = { prompt: 'a kitten who wants to see the sea', sceneCount: 2, characterCount: 1, sceneSeconds: 5 };
  const task = await ada.make({ type: 'screenplay', params });
  const screenplayId = String((task.result as { screenplayId: string }).screenplayId);
  const { data: screenplay } = await ada.call('GET', `/screenplays/${screenplayId}`);
  const [scene] = screenplay.scenes as { id: string }[];
  const [sheet] = screenplay.characterSheets as { id: string }[];
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'sea.png');
  const { data: media } = await ada.call('POST', '/media', form);
  return {
    conversationId: conversation.id,
    taskId: task.id,
    screenplayId,
    sceneUuid: scene?.id ?? '',
    characterSheetId: sheet?.id ?? '',
    mediaId: media.id,
  };
}

/** Refusals of input that is good by its schema, which no schema can tell: what is unknown, past, too dear, too common or no picture. */
const refusals: Record<string, number> = {
  registerUser: 400,
  changePassword: 400,
  createApiKey: 400,
  getUsage: 400,
  getAnalyticsOverview: 400,
  getAnalyticsTimeline: 400,
  listMessages: 400,
  listTasks: 400,
  addScene: 400,
  updateScene: 400,
  reorderScenes: 400,
  createWebhookEndpoint: 400,
  updateWebhookEndpoint: 400,
  createTask: 402,
  generateImage: 402,
  generateVideo: 402,
  uploadMedia: 415,
  startUpload: 409,
  setAvatar: 415,
};

/** Single calls go to what a person has; sequences of calls find what earlier ones of them made. */
const runs = [
  { phases: ['examples', 'coverage', 'fuzzing'], furnished: true },
  { phases: ['stateful'], furnished: false },
];

const settingsOf = (ids: Ids) =>
  [
    ...Object.entries(refusals).map(
      ([id, status]) =>
        `[[operations]]\ninclude-operation-id = "${id}"\nchecks.positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "429", "${status}"]`,
    ),
    '[parameters]',
    ...Object.entries(ids).map(([name, id]) => `"path.${name}" = "${id}"`),
  ].join('\n');

interface Subject {
  url: string;
  folder: string;
  ids: Ids;
  env: NodeJS.ProcessEnv;
}

async function fuzz(schemathesis: string, { url, folder, ids, env }: Subject, phases: string[]): Promise<number> {
  const config = joinPath(folder, 'schemathesis.toml');
  await writeFile(config, settingsOf(ids));
  const chosen = values.only.flatMap((id) => ['--include-operation-id', id]);
  const left = streams.flatMap((id) => ['--exclude-operation-id', id]);
  const args = [
    ...['--config-file', config, 'run', new URL('/openapi.yaml', url).href, '--url', url],
    ...['--checks', 'all', '--phases', phases.join()],
    ...['--max-examples', values.examples, '--seed', values.seed, '--workers', '2', '--continue-on-failure'],
    ...['--suppress-health-check', 'all', '--request-timeout', '30', '--no-color'],
    ...(chosen.length > 0 ? chosen : left),
  ];
  const child = spawn(schemathesis, args, { stdio: 'inherit', cwd: folder, env: { ...process.env, ...env } });
  const [code] = await once(child, 'exit');
  return Number(code ?? 1);
}

/** The exit code: 0 where every run was clean. */
async function fuzzAll(schemathesis: string, folder: string): Promise<number> {
  const program = spawnProgram({
    DATA_DIR: folder,
    RATE_LIMIT_PER_MINUTE: '1000000',
    MAX_TASKS_PER_USER: '100000',
    TRUST_PROXY: '1',
    SANDBOX: 'on',
  });
  try {
    const url = await program.url();
    const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const ada = await join(url, 'ada');
    const [ids, doomed] = [await furnish(ada, picture), await furnish(ada, picture)];
    const env = {
      SCHEMATHESIS_HOOKS: fileURLToPath(new URL('hooks.py', import.meta.url)),
      FUZZ_API: url,
      FUZZ_TOKEN: ada.token,
      FUZZ_PICTURE: picture.toString('base64'),
      FUZZ_DOOMED: JSON.stringify(Object.fromEntries(Object.keys(ids).map((name) => [ids[name], doomed[name]]))),
    };
    const wanted = values.phases.split(',');
    const codes = [];
    for (const run of runs) {
      const phases = run.phases.filter((phase) => wanted.includes(phase));
      const subject = { url, folder, ids: run.furnished ? ids : {}, env };
      if (phases.length > 0) codes.push(await fuzz(schemathesis, subject, phases));
    }
    return Math.max(...codes);
  } finally {
    program.child.kill('SIGTERM');
    await program.end();
  }
}

if (values.help) {
  console.log(help);
} else {
  const schemathesis = process.env.SCHEMATHESIS;
  if (!schemathesis) throw new Error('Set SCHEMATHESIS to the path of the schemathesis command (pip install it).');
  const folder = await makeDataDir('fuzz');
  process.exitCode = await fuzzAll(schemathesis, folder);
  await rm(folder, { recursive: true, force: true });
}
