import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  type Context,
  DiagLogLevel,
  diag,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { readTraceparent, type Span, type SpanOptions, type Tracer, type TracingSettings } from './tracer.ts';

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
};
const sendEveryMs = 1_000;
const patienceMs = 4_000;

/** Spans to an OTLP receiver, in batches, beside the work: a receiver that is away costs the spans and nothing else. */
export function openTelemetry(settings: TracingSettings, role: string, warn: (trouble: string) => void): Tracer {
  tellTroubles(warn);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': settings.serviceName,
      'service.instance.id': randomUUID(),
      'host.name': hostname(),
      'process.pid': process.pid,
      'directorai.role': role,
    }),
    sampler: samplerOf(settings),
    spanProcessors: [processorOf(settings)],
  });
  const tracer = provider.getTracer('directorai');
  return {
    start({ name, kind = 'internal', attributes, foreign = false }, parent) {
      return toSpan(
        tracer.startSpan(name, { kind: kinds[kind], ...withAttributes(attributes) }, under(parent, foreign)),
      );
    },
    close: () => provider.shutdown().catch((error: Error) => warn(error.message)),
  };
}

/** What a client asks for does not decide what is recorded; below that, all of a trace or nothing. */
function samplerOf({ ratio }: TracingSettings): ParentBasedSampler {
  const root = new TraceIdRatioBasedSampler(ratio);
  return new ParentBasedSampler({ root, remoteParentSampled: root, remoteParentNotSampled: root });
}

function processorOf({ endpoint, headers }: TracingSettings): BatchSpanProcessor {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, headers, timeoutMillis: patienceMs });
  return new BatchSpanProcessor(exporter, { scheduledDelayMillis: sendEveryMs, exportTimeoutMillis: patienceMs });
}

function under(parent: string | undefined, isRemote: boolean): Context {
  const known = readTraceparent(parent);
  return known ? trace.setSpanContext(ROOT_CONTEXT, { ...known, isRemote }) : ROOT_CONTEXT;
}

const withAttributes = (attributes: SpanOptions['attributes']) => (attributes ? { attributes } : {});

function toSpan(span: OtelSpan): Span {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
    set: (attributes) => void span.setAttributes(attributes),
    rename: (name) => void span.updateName(name),
    fail: (errorType) => void span.setAttribute('error.type', errorType).setStatus({ code: SpanStatusCode.ERROR }),
    end: () => span.end(),
  };
}

/** Of what goes wrong, the beginning: it may go on about a request and its headers. */
function tellTroubles(warn: (trouble: string) => void): void {
  const tell = (message: string) => warn(message.slice(0, 200));
  const hush = () => undefined;
  diag.setLogger(
    { error: tell, warn: tell, info: hush, debug: hush, verbose: hush },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
