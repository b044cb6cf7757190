import { type HistoryFinding, type PackageId, type Version } from '../../domain';
import { type ObjectId } from '../git-repository';

/** A commit of a first-parent history. Texts are safe on one line and cut to a length; instants are ISO 8601, UTC, milliseconds. */
export interface HistoryCommit {
  /** Place in the history: 0 is the oldest. */
  readonly index: number;
  readonly id: ObjectId;
  readonly author: { readonly name: string; readonly email: string };
  readonly authoredAt: string;
  /** When it came onto this line: a rebase keeps the author's date. */
  readonly committedAt: string;
  /** Never falls from one commit to the next: the latest `committedAt` so far. */
  readonly inForceFrom: string;
  /** First line of its message. */
  readonly subject: string;
}

/** Names a release and its place. */
export interface ReleasePlace {
  readonly package: PackageId;
  readonly kind: string;
  readonly name: string;
  readonly version: Version;
  /** Its directory, relative to the repository root. */
  readonly path: string;
}

/** A release directory that is there for the first time, or again. */
export interface ReleaseAppeared extends ReleasePlace {
  /** Git tree id of the directory. */
  readonly tree: ObjectId;
  /** True when it had been removed before. */
  readonly again: boolean;
}

/** A release directory with other content than before. */
export interface ReleaseEdited extends ReleasePlace {
  readonly treeBefore: ObjectId;
  readonly tree: ObjectId;
}

/** A release directory that is not there any more, or can be none any more. */
export interface ReleaseRemoved extends ReleasePlace {
  readonly treeBefore: ObjectId;
}

/** One package of the pointer file. */
export interface PointerStep {
  readonly package: PackageId;
  readonly fromVersion: Version | null;
  /** Null: the package leaves the map. */
  readonly toVersion: Version | null;
  /** Git tree id of the release's directory in this commit; null when there is none. */
  readonly tree: ObjectId | null;
}

/** What the pointer file was in a commit. An unreadable one says nothing: the map before stays. A missing one is an empty map. */
export type PointerFileState = 'missing' | 'unreadable' | 'readable';

/** What one commit did in terms of promotion; lists are sorted by package and version. */
export interface HistoryStep {
  readonly commit: HistoryCommit;
  readonly appeared: readonly ReleaseAppeared[];
  readonly edited: readonly ReleaseEdited[];
  readonly removed: readonly ReleaseRemoved[];
  readonly pointerFile: PointerFileState;
  readonly pointerChanges: readonly PointerStep[];
}

/** One release through the history. */
export interface ReleaseHistory extends ReleasePlace {
  readonly appeared: HistoryCommit;
  /** Tree id that it appeared with. */
  readonly firstTree: ObjectId;
  /** Tree id at the tip; null when it is gone. */
  readonly tree: ObjectId | null;
  /** First commit in which the pointer named it and its directory was there; null when that never was. */
  readonly firstActive: HistoryCommit | null;
  /** Changes of its content, also by coming back with other content than it went with. */
  readonly edits: readonly ReleaseEdit[];
  /** Commits that removed it. */
  readonly removals: readonly HistoryCommit[];
}

/** One change of a release's content. */
export interface ReleaseEdit {
  readonly commit: HistoryCommit;
  readonly treeBefore: ObjectId;
  readonly tree: ObjectId;
  /** True when an earlier commit had made the release active. */
  readonly afterActivation: boolean;
}

/** What was live when: one version that the pointer named, from one commit up to, and without, another. */
export interface LiveInterval {
  readonly package: PackageId;
  readonly version: Version;
  readonly from: HistoryCommit;
  /** Null while it is live at the tip. */
  readonly until: HistoryCommit | null;
  /** True when its directory was there in `from`. */
  readonly hadContent: boolean;
}

/** A first-parent history in terms of promotion. */
export interface RepositoryHistory {
  readonly tip: ObjectId;
  /** One step for each commit, oldest first; many do nothing. */
  readonly steps: readonly HistoryStep[];
  /** Sorted by package and version. */
  readonly releases: readonly ReleaseHistory[];
  /** In the order in which they began; those of one commit by package. */
  readonly live: readonly LiveInterval[];
  /** In the order of the commits in which they begin. */
  readonly findings: readonly HistoryFinding[];
}

/** The map after the commit at this place of the history: package id -> version, sorted by package id. */
export function liveAfter(
  { live }: Pick<RepositoryHistory, 'live'>,
  index: number,
): ReadonlyMap<PackageId, LiveInterval> {
  const then = live.filter(({ from, until }) => from.index <= index && (until === null || until.index > index));
  return new Map(then.map((each) => [each.package, each] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Place of the last commit in force at an instant; null before the first. */
export function commitAt({ steps }: Pick<RepositoryHistory, 'steps'>, instant: string): HistoryCommit | null {
  return steps.findLast(({ commit }) => commit.inForceFrom <= instant)?.commit ?? null;
}
