import { type PackageId, type Version } from '../../domain';
import { type ReleaseFile } from '../content/release-file';
import { type SourceNode } from '../content/source-node';
import { type Policy } from '../policy/policy';
import { type PromptInspection } from '../prompt/prompt-inspection';
import { type SchemaInspection } from '../schema/schema-inspection';
import { type SchemaViews } from '../schema/schema-view';
import { type ManifestLayout } from '../../domain';
import { type PlannedMap, type RuleDescription } from '../validation-engine';

/** The release under test, read once, and the map it is judged on. */
export interface RuleContext {
  readonly package: PackageId;
  readonly kind: string;
  /** Name of the package without its kind. */
  readonly name: string;
  /** Null for a draft. */
  readonly version: Version | null;
  readonly map: PlannedMap;
  /** All files, by path in UTF-16 order. */
  readonly files: readonly ReleaseFile[];
  /** Null for kinds without a manifest. */
  readonly manifestLayout: ManifestLayout | null;
  /** Null when the kind has none or the file is absent. */
  readonly manifestFile: ReleaseFile | null;
  /** The manifest's mapping; null when it is absent or cannot be read, which is a finding of its own. */
  readonly manifest: Manifest | null;
  /** Every readable schema file. */
  readonly schemas: readonly SchemaInspection[];
  /** Looks into those schemas. */
  readonly views: SchemaViews;
  /** Prompts whose output a schema of the release describes, with that schema. */
  readonly prompts: readonly PromptInspection[];
  /** What the repository's own `slipway.yaml` asks of every release. */
  readonly policy: Policy;
}

export interface Manifest {
  readonly file: ReleaseFile;
  readonly root: SourceNode & { readonly type: 'map' };
}

/** What a rule says; check, rule and severity are added by whoever runs it. */
export interface RuleFinding {
  /** What is wrong and what to do about it. */
  readonly message: string;
  readonly path: string | null;
  readonly pointer: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** The offending value, for the fingerprint; null when the place says it all. */
  readonly value: unknown;
}

/**
 * One rule in one file. It reads the context and nothing else, in no order that matters, and finds the same every time.
 * Its module is loaded outside the child process too, for the list of rules: it imports no parser.
 */
export interface Rule extends RuleDescription {
  /** Raised whenever the rule finds something else than before; part of the ruleset digest. */
  readonly version: number;
  run(context: RuleContext): Iterable<RuleFinding>;
}
