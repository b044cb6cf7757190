import { type ErrorCode } from '../domain';
import { type RuleDescription } from '../validation';
import {
  type ArtifactAnswer,
  type ArtifactDiffAnswer,
  type CommitAnswer,
  type DraftAnswer,
  type DraftClassification,
  type DraftReport,
  type MoveAnswer,
  type PlanAnswer,
  type StageAnswer,
  type TagAnswer,
} from './answers';
import { type CommandContext } from './command-context';
import { type DriftAnswer, type DriftChangeAnswer, type Remedy, type ResolvedDrift } from './drift/drift-answer';

type Optional<T> = T | null | undefined;

export interface ReleaseRef {
  readonly package: string;
  readonly version: string;
}
export interface StartDraftInput {
  readonly package: string;
  readonly baseVersion?: Optional<string>;
  readonly name?: Optional<string>;
  readonly create?: Optional<boolean>;
}
export interface ArtifactChange {
  readonly path: string;
  readonly content?: Optional<string>;
  readonly delete?: Optional<boolean>;
}
export interface SaveArtifactsInput {
  readonly draft: string;
  readonly expectedHead?: Optional<string>;
  readonly changes: readonly ArtifactChange[];
}
export interface DiscardChangesInput {
  readonly draft: string;
  readonly expectedHead?: Optional<string>;
  readonly paths?: Optional<readonly string[]>;
}
export interface CommitDraftInput {
  readonly draft: string;
  readonly expectedHead?: Optional<string>;
  readonly message: string;
  readonly changeType?: Optional<'MAJOR' | 'MINOR' | 'PATCH'>;
  readonly version?: Optional<string>;
  readonly idempotencyKey?: Optional<string>;
}
export interface StageReleaseInput extends ReleaseRef {
  readonly expectedCommit?: Optional<string>;
  readonly idempotencyKey?: Optional<string>;
}
export interface ActivateReleasesInput {
  readonly releases: readonly ReleaseRef[];
  readonly reason: string;
  readonly plan?: Optional<string>;
  readonly idempotencyKey?: Optional<string>;
}
export interface RollbackInput {
  readonly package: string;
  readonly fromVersion?: Optional<string>;
  readonly toVersion?: Optional<string>;
  readonly reason: string;
  readonly plan?: Optional<string>;
  readonly override?: Optional<readonly ErrorCode[]>;
  readonly idempotencyKey?: Optional<string>;
}
export interface RollbackActivationInput {
  readonly activation: string;
  readonly reason: string;
  readonly plan?: Optional<string>;
  readonly override?: Optional<readonly ErrorCode[]>;
  readonly idempotencyKey?: Optional<string>;
}
export interface DeactivateInput {
  readonly packages: readonly string[];
  readonly reason: string;
  readonly plan?: Optional<string>;
  readonly idempotencyKey?: Optional<string>;
}
export interface TagReleaseInput extends ReleaseRef {
  readonly message?: Optional<string>;
  readonly idempotencyKey?: Optional<string>;
}
export interface ResolveDriftInput {
  readonly remedy: Remedy;
  /** A branch, or the full name of a ref; by default every ref that the remedy fits. */
  readonly ref?: Optional<string>;
  readonly place?: Optional<DriftAnswer['place']>;
  readonly reason?: Optional<string>;
}

/**
 * Everything Slipway does, one function each. Inputs are checked here; a refusal is a `DomainError` and wrote nothing.
 * A command resolves when its event is durable and this node's projections have passed it (at most 1 s later).
 */
export interface Application {
  // Drafts: Git state and nothing else.
  startDraft(input: StartDraftInput, context: CommandContext): Promise<DraftAnswer>;
  saveArtifacts(input: SaveArtifactsInput, context: CommandContext): Promise<DraftAnswer>;
  discardChanges(input: DiscardChangesInput, context: CommandContext): Promise<DraftAnswer>;
  /** Answers the draft's id. */
  abandonDraft(input: { readonly draft: string }, context: CommandContext): Promise<string>;

  // Releases.
  commitDraft(input: CommitDraftInput, context: CommandContext): Promise<CommitAnswer>;
  stageRelease(input: StageReleaseInput, context: CommandContext): Promise<StageAnswer>;
  tagRelease(input: TagReleaseInput, context: CommandContext): Promise<TagAnswer>;

  // The pointer.
  activateReleases(input: ActivateReleasesInput, context: CommandContext): Promise<MoveAnswer>;
  rollback(input: RollbackInput, context: CommandContext): Promise<MoveAnswer>;
  rollbackActivation(input: RollbackActivationInput, context: CommandContext): Promise<MoveAnswer>;
  deactivate(input: DeactivateInput, context: CommandContext): Promise<MoveAnswer>;

  // Dry runs: the same code as the act, nothing is written. Blockers are listed, never raised.
  planActivation(releases: readonly ReleaseRef[]): Promise<PlanAnswer>;
  planRollback(input: { readonly package: string; readonly toVersion?: Optional<string> }): Promise<PlanAnswer>;
  planRollbackActivation(activation: string): Promise<PlanAnswer>;
  planDeactivation(packages: readonly string[]): Promise<PlanAnswer>;

  // Looking at drafts. Null for what does not exist.
  getDraft(id: string): Promise<DraftAnswer | null>;
  /** All drafts of this node, or those of one package; newest first. */
  listDrafts(packageId: string | null): Promise<readonly DraftAnswer[]>;
  draftChanges(draft: DraftAnswer): Promise<readonly ArtifactDiffAnswer[]>;
  validateDraft(draft: DraftAnswer): Promise<DraftReport>;
  /** True when {@link validateDraft} would answer from its cache. */
  isDraftValidated(draft: DraftAnswer): Promise<boolean>;
  /** Null when nothing differs from the base but the version, and for a package without a release to compare with. */
  classifyDraft(draft: DraftAnswer): Promise<DraftClassification | null>;
  /** True when {@link classifyDraft} would answer from its cache. */
  isDraftClassified(draft: DraftAnswer): Promise<boolean>;

  /** Every rule that a report may name. */
  validationRules(): readonly RuleDescription[];

  // Looking at content, by the Git tree id of a release directory.
  artifacts(tree: string): Promise<readonly ArtifactAnswer[]>;
  artifact(tree: string, path: string): Promise<ArtifactAnswer | null>;
  /** From `base` (null: empty) to `tree`. */
  diff(packageId: string, base: string | null, tree: string): Promise<readonly ArtifactDiffAnswer[]>;

  /** Kind and name of a package id under the layout in force, whether or not the package exists. */
  splitId(packageId: string): Promise<{ readonly kind: string; readonly name: string }>;

  // Drift: refs that are not what the log predicts.
  /** What has drifted, as seen now. */
  drifts(): Promise<readonly DriftAnswer[]>;
  /** What begins, changes and ends from now on, until the signal aborts. */
  driftChanges(signal: AbortSignal): AsyncIterable<DriftChangeAnswer>;
  /** Heals, adopts or quarantines; answers what is resolved now. */
  resolveDrift(input: ResolveDriftInput, context: CommandContext): Promise<readonly ResolvedDrift[]>;

  // Plain reads for programs.
  /** The pointer file as on `main`, and the blob id it has. */
  pointerFile(): Promise<{ readonly bytes: Uint8Array; readonly blob: string }>;
  /** A file of an adopted or staged release; null when there is none. */
  releaseFile(
    packageId: string,
    version: string,
    path: string,
  ): Promise<{ readonly bytes: Uint8Array; readonly blob: string } | null>;
}
