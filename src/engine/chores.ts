import type { TaskList } from 'graphile-worker';
import type { Knex } from 'knex';
import type { Log } from '../log.ts';
import { auditVendors, type VendorList } from './auditor.ts';
import { cleanUp, type Kept } from './cleanUp.ts';

/** UTC; whichever worker is there does it, once: graphile-worker elects by a row of its own. */
export const crontab = ['17 * * * * clean_up', '47 * * * * audit_vendors'].join('\n');

/** What has to be done by the clock, by the names the crontab has for it. */
export function choresOf(chores: { db: Knex; kept: Kept; lists: readonly VendorList[]; log: Log }): TaskList {
  return {
    clean_up: () => cleanUp(chores.db, chores.kept),
    audit_vendors: () => auditVendors(chores.db, chores),
  };
}
