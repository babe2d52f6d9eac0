import { join, resolve } from 'node:path';
import { z } from 'zod';
import { SetupError } from './errors.ts';

const flag = z.enum(['on', 'off']);
const port = z.coerce.number().int().min(0).max(65535);
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);
const count = (low: number, high: number) => z.coerce.number().int().min(low).max(high);

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const databaseAddress = z
  .url({ protocol: /^postgres(ql)?$/ })
  .refine((text) => decoded(text) !== undefined, 'has a % that encodes nothing; a % itself is written %25');

/** `name=value`, separated by commas, values percent-encoded, as OpenTelemetry has it; nothing but what may be a header of HTTP. */
const headers = list.transform((items, context) => {
  const read = items.flatMap((item) => {
    const [, name, written = ''] = /^([!#$%&'*+.^_`|~\w-]+)\s*=\s*(.*)$/.exec(item) ?? [];
    const value = decoded(written);
    return name !== undefined && value !== undefined && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
      ? [[name, value] as const]
      : [];
  });
  if (read.length < items.length)
    context.addIssue({
      code: 'custom',
      message: 'is not name=value, separated by commas, with percent-encoded values',
    });
  return Object.fromEntries(read);
});

/** Micro-USD per accepted call, or per second of a clip. */
const prices = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch (cause) {
      context.addIssue({ code: 'custom', message: `is not JSON: ${cause instanceof Error ? cause.message : cause}` });
      return z.NEVER;
    }
  })
  .pipe(
    z.record(z.string(), z.strictObject({ perCall: count(0, 1e9).default(0), perSecond: count(0, 1e9).default(0) })),
  );

const key = z.string().max(500).optional();
const idempotency = z.enum(['key', 'lookup', 'none']).optional();
const onDoubt = z.enum(['hold', 'resend']);
const inFlight = count(1, 10_000);

const environment = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: port.default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: databaseAddress.optional(),
  PGPASSWORD: key,
  DATA_DIR: z.string().min(1).default('.data'),
  JWT_SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
  JWT_SECRET_PREVIOUS: z.string().min(32, 'needs at least 32 characters').optional(),
  PUBLIC_URL: url.optional(),
  CORS_ORIGINS: list.default([]),
  TRUST_PROXY: count(0, 10).default(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  WORKER_CONCURRENCY: count(1, 1000).default(60),
  STORAGE: z.enum(['local', 'gcs', 's3']).default('local'),
  GCS_BUCKET: z.string().min(3).max(222).optional(),
  GCS_ENDPOINT: url.optional(),
  S3_BUCKET: z.string().min(3).max(63).optional(),
  S3_REGION: z.string().min(1).max(50).default('us-east-1'),
  S3_ENDPOINT: url.optional(),
  S3_PUBLIC_ENDPOINT: url.optional(),
  S3_PATH_STYLE: flag.optional(),
  S3_ACCESS_KEY_ID: key,
  S3_SECRET_ACCESS_KEY: key,
  GLM_BASE_URL: url.default('https://open.bigmodel.cn/api/paas/v4'),
  GLM_MODEL: z.string().min(1).max(200).default('glm-4'),
  GEMINI_BASE_URL: url.default('https://api.ourzhishi.top'),
  IMAGE_MODEL: z.string().min(1).max(200).default('gemini-3-pro-image-preview-hd'),
  TUZI_BASE_URL: url.default('https://api.ourzhishi.top'),
  VIDEO_MODEL: z.string().min(1).max(200).default('sora-1'),
  GLM_API_KEY: key,
  GLM_IDEMPOTENCY: idempotency,
  GLM_ON_DOUBT: onDoubt.default('resend'),
  GLM_MAX_IN_FLIGHT: inFlight.default(50),
  GEMINI_API_KEY: key,
  GEMINI_IDEMPOTENCY: idempotency,
  GEMINI_ON_DOUBT: onDoubt.default('resend'),
  GEMINI_MAX_IN_FLIGHT: inFlight.default(50),
  TUZI_API_KEY: key,
  TUZI_IDEMPOTENCY: idempotency,
  TUZI_ON_DOUBT: onDoubt.default('hold'),
  TUZI_MAX_IN_FLIGHT: inFlight.default(100),
  VIDEO_POLL_MS: count(50, 60_000).optional(),
  PRICES: prices.optional(),
  SANDBOX: flag.optional(),
  SANDBOX_LATENCY_SCALE: z.coerce.number().min(0).max(100).default(1),
  RATE_LIMIT_PER_MINUTE: count(1, 1_000_000).default(600),
  MAX_STREAMS_PER_USER: count(1, 1000).default(5),
  MAX_TASKS_PER_USER: count(1, 100_000).default(100),
  MAX_MEDIA_BYTES_PER_USER: count(0, 1e15).default(50 * 1024 ** 3),
  STEP_CRASH_LIMIT: count(1, 100).default(8),
  EVENTS_KEPT_DAYS: count(1, 3650).default(30),
  IDEMPOTENCY_KEYS_KEPT_DAYS: count(1, 3650).default(30),
  ADMIN_EMAILS: list.default([]),
  WEBHOOKS_ALLOW_PRIVATE: flag.default('off'),
  WEBHOOKS_BACKOFF_SCALE: z.coerce.number().min(0).max(10).default(1),
  METRICS: flag.optional(),
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: headers.default({}),
  OTEL_SERVICE_NAME: z.string().min(1).max(100).default('directorai'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  FFMPEG_PATH: z.string().min(1).optional(),
  FFPROBE_PATH: z.string().min(1).optional(),
  CRASH_AT: z
    .string()
    .regex(/^[a-z-]+(@[A-Za-z]+)?(:\d+)?(,[a-z-]+(@[A-Za-z]+)?(:\d+)?)*$/)
    .optional(),
});
type Environment = z.infer<typeof environment>;

const defaultPrices: Record<string, { perCall: number; perSecond: number }> = {
  'glm-4': { perCall: 14_000, perSecond: 0 },
  'gemini-3-pro-image-preview-hd': { perCall: 134_000, perSecond: 0 },
  'sora-1': { perCall: 0, perSecond: 100_000 },
};

export type Config = Readonly<ReturnType<typeof toConfig>>;

/** Every setting that nobody may read in a log. */
export function secretsOf({ jwtSecret, formerSecrets, databaseUrl, vendors, storage, tracing }: Config): string[] {
  const password = databaseUrl ? decodeURIComponent(new URL(databaseUrl).password) : undefined;
  const keys = Object.values(vendors).flatMap(({ sandbox, apiKey }) => (sandbox ? [] : [apiKey]));
  const bucket = 'credentials' in storage ? storage.credentials.secretAccessKey : undefined;
  const shown = Object.values(tracing?.headers ?? {});
  return [jwtSecret, ...formerSecrets, password, bucket, ...keys, ...shown]
    .filter((secret) => secret !== undefined)
    .filter(Boolean);
}

/** Reads the settings once; every fault is named at once, in one sentence each. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  const faults = parsed.success ? faultsTogether(parsed.data) : parsed.error.issues.map(describeIssue);
  if (!parsed.success || faults.length > 0) throw new SetupError(faults.join('\n'));
  return Object.freeze(toConfig(parsed.data));
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')}: ${issue.message} / 设置无效。`;
}

function faultsTogether(env: Environment): string[] {
  const faults: string[] = [];
  if (env.STORAGE === 'gcs' && !env.GCS_BUCKET) faults.push('STORAGE=gcs needs GCS_BUCKET. / 请设置 GCS_BUCKET。');
  if (env.STORAGE === 's3' && !env.S3_BUCKET) faults.push('STORAGE=s3 needs S3_BUCKET. / 请设置 S3_BUCKET。');
  if (!env.S3_ACCESS_KEY_ID !== !env.S3_SECRET_ACCESS_KEY)
    faults.push('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY go together. / 两者必须同时设置。');
  const keys = ['GLM_API_KEY', 'GEMINI_API_KEY', 'TUZI_API_KEY'] as const;
  const missing = keys.filter((name) => !env[name]);
  if (env.NODE_ENV !== 'production') {
    const names = missing.join(', ');
    if (names && env.SANDBOX === 'off') faults.push(`SANDBOX=off needs ${names}. / 关闭沙箱时必须设置 ${names}。`);
    return faults;
  }
  for (const name of ['JWT_SECRET', 'DATABASE_URL'] as const) {
    if (!env[name]) faults.push(`NODE_ENV=production needs ${name}. / 生产环境必须设置 ${name}。`);
  }
  if (missing.length > 0 && env.SANDBOX !== 'on') {
    faults.push(
      `NODE_ENV=production needs ${missing.join(', ')}, or SANDBOX=on. / 生产环境必须设置 API 密钥或 SANDBOX=on。`,
    );
  }
  return faults;
}

function vendorConfig(env: Environment, name: 'GLM' | 'GEMINI' | 'TUZI', baseUrl: string, model: string) {
  const apiKey = env[`${name}_API_KEY`];
  const sandbox = env.SANDBOX === 'on' || (!apiKey && env.SANDBOX !== 'off');
  return Object.freeze({
    baseUrl,
    model,
    sandbox,
    apiKey: sandbox ? 'sandbox' : (apiKey ?? ''),
    idempotency: env[`${name}_IDEMPOTENCY`] ?? (sandbox ? 'key' : 'none'),
    onDoubt: env[`${name}_ON_DOUBT`],
    maxInFlight: env[`${name}_MAX_IN_FLIGHT`],
  });
}

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** Unasked, the API's own port shows its figures only where nobody else can reach it: not in production, not behind a proxy. */
function metricsConfig({ METRICS, METRICS_PORT: port, METRICS_HOST: host, ...env }: Environment) {
  const alone = env.NODE_ENV !== 'production' && env.TRUST_PROXY === 0 && loopback.test(env.HOST);
  return { beside: METRICS ? METRICS === 'on' : alone, own: port === undefined ? undefined : { host, port } } as const;
}

/** Undefined without a receiver: nothing is traced then. */
function tracingConfig(env: Environment) {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = env;
  if (endpoint === undefined) return undefined;
  return { endpoint, headers, serviceName: env.OTEL_SERVICE_NAME, ratio: env.OTEL_TRACES_SAMPLER_ARG } as const;
}

/** What `openStore` takes; the bucket is there, `faultsTogether` saw to it. */
function storageConfig(env: Environment, dir: string) {
  if (env.STORAGE === 'local') return { kind: 'local', dir } as const;
  if (env.STORAGE === 'gcs') {
    return {
      kind: 'gcs',
      bucket: env.GCS_BUCKET ?? '',
      ...(env.GCS_ENDPOINT && { endpoint: env.GCS_ENDPOINT }),
    } as const;
  }
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  return {
    kind: 's3',
    bucket: env.S3_BUCKET ?? '',
    region: env.S3_REGION,
    pathStyle: env.S3_PATH_STYLE ? env.S3_PATH_STYLE === 'on' : env.S3_ENDPOINT !== undefined,
    ...(env.S3_ENDPOINT && { endpoint: env.S3_ENDPOINT }),
    ...(env.S3_PUBLIC_ENDPOINT && { publicEndpoint: env.S3_PUBLIC_ENDPOINT }),
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
  } as const;
}

/** A password of its own needs no percent-encoding; one that stands in the address comes first, as with libpq. */
function databaseConfig({ DATABASE_URL: address, PGPASSWORD: password }: Environment): string | undefined {
  if (address === undefined || password === undefined) return address;
  const parsed = new URL(address);
  if (parsed.password === '') parsed.password = encodeURIComponent(password);
  return parsed.href;
}

function toConfig(env: Environment) {
  const dataDir = resolve(env.DATA_DIR);
  return {
    production: env.NODE_ENV === 'production',
    port: env.PORT,
    host: env.HOST,
    /** Undefined: embedded Postgres under `dataDir`. */
    databaseUrl: databaseConfig(env),
    dataDir,
    mediaDir: join(dataDir, 'media'),
    tempDir: join(dataDir, 'tmp'),
    jwtSecret: env.JWT_SECRET,
    /** Verify and open what they signed and sealed, and sign nothing. */
    formerSecrets: env.JWT_SECRET_PREVIOUS ? [env.JWT_SECRET_PREVIOUS] : [],
    /** Undefined: `http://HOST:PORT` of the running server. */
    publicUrl: env.PUBLIC_URL,
    corsOrigins: env.CORS_ORIGINS,
    /** How many proxies in front may say where a request came from. */
    trustProxy: env.TRUST_PROXY,
    logLevel: env.LOG_LEVEL,
    workerConcurrency: env.WORKER_CONCURRENCY,
    storage: storageConfig(env, join(dataDir, 'media')),
    vendors: {
      glm: vendorConfig(env, 'GLM', env.GLM_BASE_URL, env.GLM_MODEL),
      gemini: vendorConfig(env, 'GEMINI', env.GEMINI_BASE_URL, env.IMAGE_MODEL),
      tuzi: vendorConfig(env, 'TUZI', env.TUZI_BASE_URL, env.VIDEO_MODEL),
    },
    videoPollMs: env.VIDEO_POLL_MS,
    prices: { ...defaultPrices, ...env.PRICES },
    sandboxLatencyScale: env.SANDBOX_LATENCY_SCALE,
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    maxStreamsPerUser: env.MAX_STREAMS_PER_USER,
    maxTasksPerUser: env.MAX_TASKS_PER_USER,
    /** Of all files of one user together, thumbnails aside. */
    maxMediaBytesPerUser: env.MAX_MEDIA_BYTES_PER_USER,
    stepCrashLimit: env.STEP_CRASH_LIMIT,
    kept: { eventsDays: env.EVENTS_KEPT_DAYS, idempotencyKeysDays: env.IDEMPOTENCY_KEYS_KEPT_DAYS },
    /** Where events may be sent to, and times the waits between attempts. */
    webhooks: { allowPrivate: env.WEBHOOKS_ALLOW_PRIVATE === 'on', backOffScale: env.WEBHOOKS_BACKOFF_SCALE },
    adminEmails: env.ADMIN_EMAILS.map((email) => email.toLowerCase()),
    metrics: metricsConfig(env),
    tracing: tracingConfig(env),
    ffmpegPath: env.FFMPEG_PATH,
    ffprobePath: env.FFPROBE_PATH,
    /** `point@kind:nth`: where the fault tests have the process end itself. */
    crashAt: env.CRASH_AT,
  } as const;
}
