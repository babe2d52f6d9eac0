import type { Knex } from 'knex';

export interface PageRequest {
  /** From 1. */
  page: number;
  /** 1 to 100. */
  pageSize: number;
}

export interface Page<Item> extends PageRequest {
  total: number;
  items: Item[];
}

export const offsetOf = ({ page, pageSize }: PageRequest): number => (page - 1) * pageSize;

export const newestFirst = ['created_at', 'id'].map((column) => ({ column, order: 'desc' as const }));

/** One page of what `kept` keeps, the newest first, and how many there are in all; `shown` chooses the columns. */
export async function pageOf<Row, Item>(
  kept: Knex.QueryBuilder,
  page: PageRequest,
  toItem: (row: Row) => Item,
  shown: readonly (string | Knex.Raw)[] = ['*'],
): Promise<Page<Item>> {
  const [rows, [counted]] = await Promise.all([
    kept
      .clone()
      .orderBy(newestFirst)
      .limit(page.pageSize)
      .offset(offsetOf(page))
      .select(...shown),
    kept.clone().count({ total: '*' }),
  ]);
  return { ...page, total: Number(counted?.total ?? 0), items: (rows as Row[]).map(toItem) };
}
