import { createServer } from 'node:net';
import type { Config } from '../config.ts';
import { type Finding, finding, reasonOf, same } from './finding.ts';

interface Place {
  host: string;
  port: number;
}

export const checkPort = ({ host, port }: Place): Promise<Finding> => checkFree('port', { host, port }, 'PORT', 'HOST');

/** The port for figures; nothing where they have none of their own. */
export async function checkMetricsPort({ metrics }: Pick<Config, 'metrics'>): Promise<Finding[]> {
  return metrics.own ? [await checkFree('metrics port', metrics.own, 'METRICS_PORT', 'METRICS_HOST')] : [];
}

async function checkFree(name: string, place: Place, setting: string, hostSetting: string): Promise<Finding> {
  const { host, port } = place;
  const outcome = await listen(place);
  if (!outcome) return finding(name, 'ok', { en: `${host}:${port} is free`, zh: `${host}:${port} 可用` });
  if (!('code' in outcome) || outcome.code !== 'EADDRINUSE') {
    const advice = { en: `Set ${hostSetting} and ${setting}.`, zh: `请设置 ${hostSetting} 和 ${setting}。` };
    return finding(name, 'bad', same(reasonOf(outcome)), advice);
  }
  const used = { en: `${host}:${port} is in use`, zh: `${host}:${port} 已被占用` };
  const advice = {
    en: `Fine if it is this service; else set ${setting}.`,
    zh: `若是本服务则无妨，否则请设置 ${setting}。`,
  };
  return finding(name, 'warn', used, advice);
}

async function listen({ host, port }: Place): Promise<Error | undefined> {
  const server = createServer();
  const outcome = await new Promise<Error | undefined>((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => resolve(undefined));
  });
  if (!outcome) await new Promise((closed) => server.close(closed));
  return outcome;
}

/** The receiver of traces: does it take an export of no spans? Nothing where nothing is traced. */
export async function checkReceiver({ tracing }: Pick<Config, 'tracing'>): Promise<Finding[]> {
  if (!tracing) return [];
  const url = `${tracing.endpoint.replace(/\/+$/, '')}/v1/traces`;
  const headers = { ...tracing.headers, 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(10_000);
  const advice = {
    en: 'Look at OTEL_EXPORTER_OTLP_ENDPOINT (OTLP over HTTP, often port 4318) and its headers; films are made without it.',
    zh: '请检查 OTEL_EXPORTER_OTLP_ENDPOINT（OTLP/HTTP，通常为 4318 端口）及其请求头；不影响影片制作。',
  };
  try {
    const { ok, status } = await fetch(url, { method: 'POST', headers, body: '{"resourceSpans":[]}', signal });
    if (ok) return [finding('traces', 'ok', { en: `${url} takes spans`, zh: `${url} 可接收追踪数据` })];
    return [finding('traces', 'warn', { en: `${url} answers ${status}`, zh: `${url} 返回 ${status}` }, advice)];
  } catch (error) {
    const { cause = error } = error instanceof Error ? error : {};
    return [finding('traces', 'warn', same(`${url}: ${reasonOf(cause)}`), advice)];
  }
}
