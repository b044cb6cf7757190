import { type SourceNode } from '../../content/source-node';

/**
 * What a difference does to the set of documents: `narrows` may refuse one that was accepted, `widens` accepts more,
 * `removes` takes something away that consumers may read, `adds` offers something new, `unknown` may do anything,
 * `rewords` does nothing.
 */
export type Effect = 'narrows' | 'widens' | 'removes' | 'adds' | 'unknown' | 'rewords';

/** One step from a document to a part of it. */
export type Step =
  | { readonly property: string }
  | { readonly item: number }
  /** The name of some property, or a property without a name of its own: no example is made for these. */
  | 'any';

/** A difference between two schemas. */
export interface SchemaChange {
  readonly effect: Effect;
  readonly rule: string;
  readonly message: string;
  /** Where it is written. */
  readonly file: string;
  readonly node: SourceNode;
  /** The part of the document that it judges. */
  readonly at: readonly Step[];
}

/** True for what can break a consumer. */
export function isBreaking({ effect }: SchemaChange): boolean {
  return effect === 'narrows' || effect === 'removes' || effect === 'unknown';
}

export function isReal({ effect }: SchemaChange): boolean {
  return effect !== 'rewords';
}
