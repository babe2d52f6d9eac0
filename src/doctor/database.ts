import type { Config } from '../config.ts';
import { type Condition, readCondition } from '../db/condition.ts';
import { type Finding, finding, reasonOf, same } from './finding.ts';

const skewAtMostMs = 2_000;
const leastConnections = 60;

/** Database, its migrations and its clock. The embedded one starts with the program and is left alone. */
export async function checkDatabase({ databaseUrl }: Pick<Config, 'databaseUrl'>): Promise<Finding[]> {
  if (!databaseUrl) {
    const embedded = { en: 'embedded, starts with the program', zh: '内置数据库，随程序启动' };
    return [finding('database', 'ok', embedded)];
  }
  try {
    const condition = await readCondition(databaseUrl);
    return [connection(condition), migrations(condition), clock(condition)];
  } catch (error) {
    const advice = {
      en: 'Look at DATABASE_URL, and whether the server runs.',
      zh: '请检查 DATABASE_URL 及数据库是否运行。',
    };
    return [finding('database', 'bad', same(reasonOf(error)), advice)];
  }
}

function connection({ version, roundTripMs, maxConnections }: Condition): Finding {
  const text = same(`PostgreSQL ${version}, ${roundTripMs} ms, max_connections ${maxConnections}`);
  if (maxConnections >= leastConnections) return finding('database', 'ok', text);
  const advice = {
    en: 'A process takes up to 31 connections (api 21, worker 30); raise max_connections.',
    zh: '每个进程最多使用 31 个连接（api 21，worker 30），请调高 max_connections。',
  };
  return finding('database', 'warn', text, advice);
}

function migrations({ pending, unknown }: Condition): Finding {
  if (unknown.length > 0) {
    const text = { en: `${unknown.length} of a newer program`, zh: `有 ${unknown.length} 个来自更新版本的程序` };
    return finding('migrations', 'warn', text, { en: 'Update this program.', zh: '请升级本程序。' });
  }
  if (pending.length === 0) return finding('migrations', 'ok', { en: 'all applied', zh: '均已执行' });
  const text = { en: `${pending.length} to be applied`, zh: `有 ${pending.length} 个尚未执行` };
  return finding('migrations', 'bad', text, { en: 'Run npm run migrate.', zh: '请运行 npm run migrate。' });
}

function clock({ aheadMs, roundTripMs }: Condition): Finding {
  const text = {
    en: `the database is ${aheadMs} ms ahead (±${roundTripMs})`,
    zh: `数据库时钟快 ${aheadMs} 毫秒（±${roundTripMs}）`,
  };
  if (Math.abs(aheadMs) <= skewAtMostMs + roundTripMs) return finding('clock', 'ok', text);
  return finding('clock', 'bad', text, {
    en: 'Let NTP set both clocks: signed addresses expire by ours.',
    zh: '请用 NTP 校准两端时钟：签名地址依本机时间过期。',
  });
}
