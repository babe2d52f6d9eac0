import type { Tracer, TracingSettings } from './tracer.ts';

/** Undefined without settings; the packages for it are loaded only where they are used. */
export async function openTracer(
  settings: TracingSettings | undefined,
  role: string,
  warn: (trouble: string) => void,
): Promise<Tracer | undefined> {
  if (!settings) return undefined;
  const { openTelemetry } = await import('./openTelemetry.ts');
  return openTelemetry(settings, role, warn);
}
