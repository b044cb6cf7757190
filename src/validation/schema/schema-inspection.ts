import { type Problem } from '../content/problem';
import { type ReleaseFile } from '../content/release-file';
import { type SourceNode } from '../content/source-node';
import { type PatternVerdict } from './linear-pattern';
import { type SchemaReference } from './schema-references';

export type Dialect = 'draft-07' | '2020-12';

/** What the child process found out about one schema file of the release; the rules turn it into findings. */
export interface SchemaInspection {
  readonly file: ReleaseFile;
  readonly root: SourceNode;
  /** A limit that the schema is beyond; nothing else is known of it then. */
  readonly excess: Problem | null;
  /** Null when `$schema` names a dialect that is not accepted. */
  readonly dialect: Dialect | null;
  readonly metaErrors: readonly { readonly pointer: string; readonly message: string }[];
  readonly patterns: readonly {
    readonly pattern: string;
    readonly verdict: PatternVerdict;
    readonly start: number;
    readonly pointer: string;
  }[];
  readonly references: readonly SchemaReference[];
  /** Why it does not compile, for reasons that none of the above names; null when it does or was not tried. */
  readonly compileError: string | null;
}
