import { type Conjunction } from './conjunction';
import { type Atom } from './json-types';
import { type Effect, type SchemaChange, type Step } from './schema-change';
import { type SchemaPlace } from './schema-side';
import { type ConjunctionView } from './conjunction-view';

/** What else judges the part of the document that two schemas are for. */
export interface Within {
  /** True where the schemas do not judge every document alone: in conditions and branches that overlap. */
  readonly isConditional: boolean;
  /** What judged the same part around a branch; null where nothing did. */
  readonly enclosing: Conjunction | null;
}

/** Two schemas for the same part of a document, and the means to compare what lies below them. */
export interface SchemaPair {
  readonly before: ConjunctionView;
  readonly after: ConjunctionView;
  /** A difference, written at the first of the places that exists, else at the schema as a whole. */
  change(effect: Effect, rule: string, message: string, ...places: readonly (SchemaPlace | undefined)[]): SchemaChange;
  /** Compares what the schemas below demand of a part of the document; no schemas demand nothing. */
  below(before: readonly SchemaPlace[], after: readonly SchemaPlace[], step?: Step): readonly SchemaChange[];
  /** Compares as they are: for alternatives, which are tried against each other. */
  compare(before: Conjunction, after: Conjunction): readonly SchemaChange[];
  /** The same pair where it holds only under some condition: what is new there restricts documents of before. */
  conditional(): SchemaPair;
  /** The same pair for one of several branches that exclude each other: what stands around them judges as well. */
  inBranch(): SchemaPair;
  readonly within: Within;
  /** What the later schemas would do where the earlier ones stood: tells whether they accept no more. */
  reversed(before: readonly SchemaPlace[], after: readonly SchemaPlace[]): readonly SchemaChange[];
  readonly expandBefore: (places: readonly SchemaPlace[]) => Conjunction;
  readonly expandAfter: (places: readonly SchemaPlace[]) => Conjunction;
}

/** One idea about schemas in one file: the keywords it answers for, and what their differences mean. */
export interface SchemaRule {
  readonly keywords: readonly string[];
  compare(pair: SchemaPair): Iterable<SchemaChange>;
}

/** True when both schemas accept values of one of these types; elsewhere keywords for them say nothing. */
export function speakOf({ before, after }: SchemaPair, ...types: readonly Atom[]): boolean {
  return types.some((type) => before.types().has(type) && after.types().has(type));
}
