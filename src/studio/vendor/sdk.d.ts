export * from '../../../sdk/dist/index.js';
