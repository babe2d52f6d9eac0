import { type GcsSettings, gcsStore } from './gcs.ts';
import { localStore } from './local.ts';
import type { ObjectStore } from './objectStore.ts';
import { type S3Settings, s3Store } from './s3.ts';

export type StoreSettings =
  | { kind: 'local'; dir: string }
  | ({ kind: 'gcs' } & GcsSettings)
  | ({ kind: 's3' } & S3Settings);

/** Opens the object store that the settings name. */
export function openStore(settings: StoreSettings): Promise<ObjectStore> {
  switch (settings.kind) {
    case 'local':
      return localStore(settings);
    case 'gcs':
      return gcsStore(settings);
    case 's3':
      return s3Store(settings);
  }
}
