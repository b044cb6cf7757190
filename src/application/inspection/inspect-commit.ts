import { type ChangeClassification, splitPackageId } from '../../domain';
import {
  type GitObjects,
  readReleaseFiles,
  type ReleaseEdit,
  type ReleasePlace,
  type RepositoryHistory,
  walkHistory,
} from '../../git';
import { type ValidationEngine } from '../../validation';
import { type SourceReading } from '../adoption/read-source';
import { type Clock } from '../ports';
import { manifestOf } from '../releases/release-request';
import { type Remark, remarksOn, remarksOnRefusal } from '../validation/remarks';
import { type ValidatedRelease, validateSource } from '../validation/validate-source';

/** A change of a release's content in the history, and the change type that it would have needed as a new version. */
export interface InspectedEdit extends ReleasePlace, ReleaseEdit {
  readonly classification: ChangeClassification;
}

/** What can be said of a repository from its objects alone. */
export interface Inspection {
  readonly commit: string;
  /** Null for a commit whose layout, guardrails or pointer file cannot be read: the remarks say why, and the rest is empty. */
  readonly source: SourceReading | null;
  /** Every release of the commit with what the six checks found, in the order of their paths. */
  readonly releases: readonly ValidatedRelease[];
  /** What is wrong with the commit outside of releases. */
  readonly remarks: readonly Remark[];
  readonly history: RepositoryHistory | null;
  /** In the order in which they were made. */
  readonly edits: readonly InspectedEdit[];
}

interface Dependencies {
  readonly objects: GitObjects;
  readonly validation: ValidationEngine;
  readonly clock: Clock;
}

/**
 * Inspects a commit and the first-parent history that leads to it. Nothing is stored, and the answer depends on the
 * commit, the given layout and the rules alone.
 *
 * @param given a layout for a repository that does not say its own; undefined detects it.
 * @throws LayoutUndecidable; ObjectMissing for a damaged repository; what `given` is refused with.
 */
export async function inspectCommit(dependencies: Dependencies, commit: string, given?: unknown): Promise<Inspection> {
  try {
    const { source, releases } = await validateSource(dependencies, commit, { given });
    const history = await walkHistory(dependencies.objects, commit, source.layout);
    const edits = await classifyEdits(dependencies, source, history);
    return { commit, source, releases, remarks: remarksOn(source), history, edits };
  } catch (error) {
    // What was given with the command is not the repository's fault.
    const remarks = given === undefined ? remarksOnRefusal(error) : null;
    if (remarks === null) throw error;
    return { commit, source: null, releases: [], remarks, history: null, edits: [] };
  }
}

async function classifyEdits(
  { objects, validation }: Dependencies,
  { layout }: SourceReading,
  { releases }: RepositoryHistory,
): Promise<readonly InspectedEdit[]> {
  const made = releases.flatMap(({ package: id, kind, name, version, path, edits }) =>
    edits.map((edit) => ({ package: id, kind, name, version, path, ...edit })),
  );
  const inspected: InspectedEdit[] = [];
  for (const edit of made.sort((a, b) => a.commit.index - b.commit.index)) {
    const [before, after] = await Promise.all(
      [edit.treeBefore, edit.tree].map((tree) => readReleaseFiles(objects, tree)),
    );
    const classification = await validation.classifyChange({
      kind: splitPackageId(edit.package, layout.defaultKind).kind,
      manifest: manifestOf(layout, edit.package),
      before: before ?? [],
      after: after ?? [],
    });
    inspected.push({ ...edit, classification });
  }
  return inspected;
}
