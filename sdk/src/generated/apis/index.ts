/* tslint:disable */
/* eslint-disable */
export * from './AdminApi.js';
export * from './AnalyticsApi.js';
export * from './AuthApi.js';
export * from './ConversationsApi.js';
export * from './ImagesApi.js';
export * from './MediaApi.js';
export * from './ScreenplaysApi.js';
export * from './SystemApi.js';
export * from './TasksApi.js';
export * from './UsersApi.js';
export * from './VideosApi.js';
export * from './WebhooksApi.js';
