import type { Config } from '../config.ts';

/** Where files are fetched from that this service does not send itself: what a page of its own may show. */
export function mediaOrigins({ storage }: Pick<Config, 'storage'>): string[] {
  if (storage.kind === 'local') return [];
  if (storage.kind === 'gcs') return [new URL(storage.endpoint ?? 'https://storage.googleapis.com').origin];
  const { bucket, region, endpoint, publicEndpoint } = storage;
  const origin = new URL(publicEndpoint ?? endpoint ?? `https://s3.${region}.amazonaws.com`);
  return [origin.origin, `${origin.protocol}//${bucket}.${origin.host}`];
}
