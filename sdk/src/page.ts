import { type Reply, replyOf } from './reply.js';

/** A page as the service answers it. */
export interface PageData<T> {
  page: number;
  pageSize: number;
  /** Of all pages together. */
  total: number;
  items: T[];
  /** Where the next page begins, in lists that are read by cursor; null after the last one. */
  nextCursor?: string | null | undefined;
}

/** Which page is asked for. */
export interface PagePlace {
  page?: number;
  cursor?: string;
}

/** One page of a list. */
export interface Page<T> extends PageData<T> {
  readonly hasNext: boolean;
  /** Undefined after the last page. */
  next(): Promise<Page<T> | undefined>;
}

/** A list: awaited it is its first page, iterated over it is every item of every page, asked for as one gets there. */
export interface PageReply<T> extends Reply<Page<T>>, AsyncIterable<T> {
  pages(): AsyncIterable<Page<T>>;
  /** Every item at once; needed where the loop deletes what it iterates over. */
  all(): Promise<T[]>;
}

type Ask<T> = (place: PagePlace) => Reply<PageData<T>>;

export function listOf<T>(ask: Ask<T>, first: PagePlace): PageReply<T> {
  const asked = ask(first).withResponse();
  const reply = replyOf(asked.then(({ data, response }) => ({ data: pageOf(ask, data), response })));
  const pages = async function* () {
    for (let page: Page<T> | undefined = await reply; page; page = await page.next()) yield page;
  };
  const items = async function* () {
    let before = new Set<unknown>();
    for await (const page of pages()) {
      yield* page.items.filter((item) => !before.has(idOf(item)));
      before = new Set(page.items.map(idOf));
    }
  };
  return Object.assign(reply, {
    pages,
    [Symbol.asyncIterator]: items,
    async all() {
      const all: T[] = [];
      for await (const item of items()) all.push(item);
      return all;
    },
  });
}

/** What is new at the top of a list pushes items over to the next page, where they must not be met again. */
const idOf = (item: unknown): unknown => (typeof item === 'object' && item !== null && 'id' in item ? item.id : item);

function placeAfter({ page, pageSize, total, nextCursor }: PageData<unknown>): PagePlace | undefined {
  if (nextCursor !== undefined) return nextCursor === null ? undefined : { cursor: nextCursor };
  return page * pageSize < total ? { page: page + 1 } : undefined;
}

function pageOf<T>(ask: Ask<T>, data: PageData<T>): Page<T> {
  const place = placeAfter(data);
  return {
    ...data,
    hasNext: place !== undefined,
    next: async () => place && pageOf(ask, await ask(place)),
  };
}
