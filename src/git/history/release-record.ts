import { comparePackageIds, compareVersions, type PackageId, type Version } from '../../domain';
import { type ObjectId } from '../git-repository';
import { type HistoryCommit, type ReleaseEdit, type ReleaseHistory, type ReleasePlace } from './repository-history';

/** What a walk has seen of one release so far. */
export interface ReleaseRecord extends ReleasePlace {
  readonly appeared: HistoryCommit;
  readonly firstTree: ObjectId;
  /** Null while it is removed. */
  tree: ObjectId | null;
  /** The content that it had last. */
  lastTree: ObjectId;
  firstActive: HistoryCommit | null;
  readonly edits: ReleaseEdit[];
  readonly removals: HistoryCommit[];
}

/** By package id, then by version. */
export function byPlace(
  a: { readonly package: PackageId; readonly version: Version },
  b: { readonly package: PackageId; readonly version: Version },
): number {
  return comparePackageIds(a.package, b.package) || compareVersions(a.version, b.version);
}

/** The record of a release whose directory appears. */
export function recordOf(place: ReleasePlace, tree: ObjectId, commit: HistoryCommit): ReleaseRecord {
  const { package: id, kind, name, version, path } = place;
  const named = { package: id, kind, name, version, path };
  return {
    ...named,
    appeared: commit,
    firstTree: tree,
    tree,
    lastTree: tree,
    firstActive: null,
    edits: [],
    removals: [],
  };
}

/** Notes that a release has another content now. @returns the change. */
export function edit(record: ReleaseRecord, tree: ObjectId, commit: HistoryCommit): ReleaseEdit {
  const afterActivation = record.firstActive !== null && record.firstActive.index < commit.index;
  const made = { commit, treeBefore: record.lastTree, tree, afterActivation };
  record.edits.push(made);
  return made;
}

/** What is told of a record when the walk is over. */
export function toHistory({ lastTree: _, ...record }: ReleaseRecord): ReleaseHistory {
  return record;
}
