import { buildSdkIfOld } from '../../sdk/build.ts';

buildSdkIfOld();

/** The package as it is published: compiled. */
export const sdk = await import('../../sdk/dist/index.js');
export type * from '../../sdk/dist/index.js';
export const { DirectorAI } = sdk;
export type Client = InstanceType<typeof DirectorAI>;
