import type { Core, Wire } from '../core.js';
import { AnalyticsApi } from '../generated/apis/AnalyticsApi.js';
import type { AnalyticsInterval } from '../generated/models/AnalyticsInterval.js';
import type { AnalyticsScope } from '../generated/models/AnalyticsScope.js';
import { Configuration } from '../generated/runtime.js';
import type { SpanOptions } from './users.js';

const api = (wire: Wire) => new AnalyticsApi(new Configuration(wire));

export interface OverviewOptions extends SpanOptions {
  /** One's own, or, for administrators, everybody's. */
  scope?: AnalyticsScope | undefined;
}

export interface TimelineOptions extends OverviewOptions {
  interval?: AnalyticsInterval | undefined;
}

export const createAnalytics = (core: Core) => ({
  overview: ({ from, to, scope, ...options }: OverviewOptions = {}) =>
    core.call((wire) => api(wire).getAnalyticsOverviewRaw({ from, to, scope }), options),
  timeline: ({ from, to, scope, interval, ...options }: TimelineOptions = {}) =>
    core.call((wire) => api(wire).getAnalyticsTimelineRaw({ from, to, scope, interval }), options),
});

export type Analytics = ReturnType<typeof createAnalytics>;
