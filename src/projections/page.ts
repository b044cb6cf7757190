/** A part of a list: the first `first` rows after the row that the cursor `after` names. */
export interface PageRequest {
  /** The caller caps it. */
  readonly first: number;
  readonly after?: string | null;
}

export interface Edge<Row> {
  readonly node: Row;
  /** Opaque; give it back as `after`. */
  readonly cursor: string;
}

export interface Page<Row> {
  readonly edges: readonly Edge<Row>[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Rows of the whole list. Counts when it is called: do not, unless the number is wanted. */
  readonly totalCount: () => number;
}
