import { type Page } from '../../src/projections';

/** The rows of a page. */
export function nodesOf<Row>(page: Page<Row>): readonly Row[] {
  return page.edges.map(({ node }) => node);
}

/** The rows of all pages of a list, read one after another; fails when a page is longer than asked for. */
export function walk<Row>(read: (after: string | null) => Page<Row>, first: number): readonly Row[] {
  const rows: Row[] = [];
  for (let after: string | null = null; ;) {
    const page = read(after);
    expect(page.edges.length).toBeLessThanOrEqual(first);
    expect(page.hasPreviousPage).toBe(after !== null);
    rows.push(...nodesOf(page));
    if (!page.hasNextPage) return rows;
    after = page.edges.at(-1)!.cursor;
  }
}
