/** An argument that a client may leave out, or give as null: both mean the same. */
export type Optional<T> = T | null | undefined;
