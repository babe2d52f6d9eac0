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
