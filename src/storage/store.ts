import type { GcsSettings } from './gcs.ts';
import { localStore } from './local.ts';
import type { ObjectStore } from './objectStore.ts';
import type { S3Settings } from './s3.ts';

export type StoreSettings =
  | { kind: 'local'; dir: string }
  | ({ kind: 'gcs' } & GcsSettings)
  | ({ kind: 's3' } & S3Settings);

/** Opens the object store that the settings name; the client of another one is not even loaded. */
export async function openStore(settings: StoreSettings): Promise<ObjectStore> {
  switch (settings.kind) {
    case 'local':
      return localStore(settings);
    case 'gcs':
      return (await import('./gcs.ts')).gcsStore(settings);
    case 's3':
      return (await import('./s3.ts')).s3Store(settings);
  }
}
