import { registerHooks } from 'node:module';

/**
 * Preloaded into the program by the bench alone: its validator finds nothing wrong with any request, and does not look. All else is as
 * it is, security included.
 */
registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith('/src/http/validator.ts')) return loaded;
    const checks = "check: (exchange) => run('requestMiddleware', exchange),";
    const source = String(loaded.source);
    if (!source.includes(checks)) throw new Error('the validator has changed; so should the bench');
    return { ...loaded, source: source.replace(checks, 'check: async () => undefined,') };
  },
});
