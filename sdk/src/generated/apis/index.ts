/* tslint:disable */
/* eslint-disable */
export * from './AuthApi.js';
export * from './ConversationsApi.js';
export * from './MediaApi.js';
export * from './ScreenplaysApi.js';
export * from './SystemApi.js';
export * from './TasksApi.js';
