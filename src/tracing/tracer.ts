export type Attributes = Record<string, string | number | boolean | undefined>;

export interface SpanOptions {
  name: string;
  kind?: 'internal' | 'server' | 'client' | 'consumer';
  /** By the semantic conventions where they have a name, else `directorai.…`. No prompts, no addresses of files, no secrets. */
  attributes?: Attributes;
  /** The parent was named by a client: whether this is recorded is for our own sampling to say. */
  foreign?: boolean;
}

export interface Span {
  /** W3C trace context of this span, for what comes under it. */
  readonly traceparent: string;
  set(attributes: Attributes): void;
  rename(name: string): void;
  fail(errorType: string): void;
  end(): void;
}

export interface Tracer {
  /** A trace of its own where the parent is missing or not in the form of W3C Trace Context. */
  start(options: SpanOptions, parent: string | undefined): Span;
  /** Sends what has not been sent yet. */
  close(): Promise<void>;
}

export interface TracingSettings {
  /** Base URL of an OTLP/HTTP receiver. */
  endpoint: string;
  headers: Record<string, string>;
  serviceName: string;
  /** Share of traces that are recorded, 0 to 1. */
  ratio: number;
}

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** Reads a W3C `traceparent`; undefined for what is none. */
export function readTraceparent(text: string | undefined) {
  const [, version, traceId, spanId, flags, rest] = form.exec(text ?? '') ?? [];
  if (!version || !traceId || !spanId || !flags) return undefined;
  if (version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1 };
}
