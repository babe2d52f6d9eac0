import { type GcsSettings, gcsStore } from './gcs.ts';
import { localStore } from './local.ts';
import type { ObjectStore } from './objectStore.ts';

export type StoreSettings = { kind: 'local'; dir: string } | ({ kind: 'gcs' } & GcsSettings);

/** Opens the object store that the settings name. */
export function openStore(settings: StoreSettings): Promise<ObjectStore> {
  return settings.kind === 'local' ? localStore(settings) : gcsStore(settings);
}
