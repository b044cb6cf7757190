import { type Page } from '../../projections';
import { type ConnectionShape, type EdgeShape } from '../types/connection.type';

/** A page of rows as a connection. The whole list is counted only when `totalCount` is read. */
export function toConnection<Row, T>(page: Page<Row>, toNode: (row: Row) => T): ConnectionShape<T> {
  return withEdges(
    page,
    page.edges.map(({ node, cursor }) => ({ node: toNode(node), cursor })),
  );
}

/** As {@link toConnection}, for nodes that were fetched for the rows of the page: one each, in their order. */
export function withEdges<T>(page: Page<unknown>, edges: readonly EdgeShape<T>[]): ConnectionShape<T> {
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    get totalCount() {
      return page.totalCount();
    },
  };
}
