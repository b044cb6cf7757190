import { type Layout, packageIdOf, releaseKey } from '../../domain';
import { type GitReading, type ObjectId } from '../git-repository';
import { type ChangedPlace, changedPlaces } from './changed-directories';
import { type Findings, named } from './findings';
import { type Standing, standingAt } from './fit-release';
import { byPlace, edit, recordOf, type ReleaseRecord } from './release-record';
import {
  type HistoryCommit,
  type ReleaseAppeared,
  type ReleaseEdited,
  type ReleasePlace,
  type ReleaseRemoved,
} from './repository-history';

/** What one commit did to release directories. */
export interface ReleaseSteps {
  readonly appeared: readonly ReleaseAppeared[];
  readonly edited: readonly ReleaseEdited[];
  readonly removed: readonly ReleaseRemoved[];
}

/** What became of one place that may be a release directory. */
interface ChangeOfPlace {
  readonly kind: string;
  readonly change: ChangedPlace;
  readonly standing: Standing;
}

/** Reads what changed at the places of releases between two root trees. @throws ObjectMissing */
export async function readChanges(
  trees: Pick<GitReading['objects'], 'readTree'>,
  { kinds }: Pick<Layout, 'kinds'>,
  before: ObjectId | null,
  after: ObjectId,
): Promise<readonly ChangeOfPlace[]> {
  const found: ChangeOfPlace[] = [];
  for (const [kind, { path: pattern }] of Object.entries(kinds)) {
    for (const change of await changedPlaces(trees, pattern, before, after))
      found.push({ kind, change, standing: await standingAt(trees, change, change.after) });
  }
  return found;
}

/** Follows the release directories from commit to commit. */
export class ReleaseWalk {
  /** By {@link releaseKey}, also those that are gone. */
  readonly records = new Map<string, ReleaseRecord>();

  constructor(
    private readonly layout: Pick<Layout, 'defaultKind'>,
    private readonly findings: Findings,
  ) {}

  /** Takes one commit with what it changed. */
  step(commit: HistoryCommit, changes: readonly ChangeOfPlace[]): ReleaseSteps {
    const appeared: ReleaseAppeared[] = [];
    const edited: ReleaseEdited[] = [];
    const removed: ReleaseRemoved[] = [];
    for (const { kind, change, standing } of changes) {
      this.noteStanding(change.path, standing, commit);
      const place = placeOf(kind, change, this.layout.defaultKind);
      const record = this.records.get(releaseKey(place.package, place.version));
      const tree = standing.is === 'release' ? standing.tree : null;
      if (tree !== null && (record === undefined || record.tree === null)) {
        appeared.push({ ...place, tree, again: record !== undefined });
        this.appear(place, record, tree, commit);
      } else if (record?.tree !== undefined && record.tree !== null) {
        const treeBefore = record.tree;
        if (tree === null) removed.push({ ...place, treeBefore });
        else edited.push({ ...place, treeBefore, tree });
        if (tree === null) record.removals.push(commit);
        else this.noteEdit(record, tree, commit);
        record.tree = tree;
        record.lastTree = tree ?? record.lastTree;
      }
    }
    return { appeared: appeared.sort(byPlace), edited: edited.sort(byPlace), removed: removed.sort(byPlace) };
  }

  private appear(place: ReleasePlace, record: ReleaseRecord | undefined, tree: ObjectId, commit: HistoryCommit): void {
    if (record === undefined) {
      this.records.set(releaseKey(place.package, place.version), recordOf(place, tree, commit));
      return;
    }
    if (record.lastTree !== tree) this.noteEdit(record, tree, commit);
    record.tree = tree;
    record.lastTree = tree;
  }

  private noteEdit(record: ReleaseRecord, tree: ObjectId, commit: HistoryCommit): void {
    const { afterActivation } = edit(record, tree, commit);
    const release = `${record.package} ${record.version}`;
    if (afterActivation && record.firstActive !== null) {
      const since = named(record.firstActive);
      const message = `The content of ${release} was changed after it had become active in ${since}: one version stands for two contents.`;
      this.findings.add('release-edited-after-activation', commit, message, record);
    } else {
      const message = `The content of ${release} was changed after it had appeared in ${named(record.appeared)}; it had not been active.`;
      this.findings.add('release-edited', commit, message, record);
    }
  }

  private noteStanding(path: string, standing: Standing, commit: HistoryCommit): void {
    const quoted = JSON.stringify(path);
    const [misnamed, unfit] = [`name ${path}`, `content ${path}`];
    if (standing.is === 'misnamed') {
      const message = `${quoted} stands in the place of a release, but its id or version does not fit the grammar: it is not adopted.`;
      this.findings.begin(misnamed, 'name-out-of-grammar', commit, message, { path });
    } else {
      this.findings.end(misnamed, commit);
    }
    if (standing.is === 'unfit') {
      const message = `${quoted} stands in the place of a release, but ${standing.why}: it is none.`;
      this.findings.begin(unfit, 'unfit-content', commit, message, { path });
    } else {
      this.findings.end(unfit, commit);
    }
  }
}

function placeOf(kind: string, { name, version, path }: ChangedPlace, defaultKind: string): ReleasePlace {
  return { package: packageIdOf(kind, name, defaultKind), kind, name, version, path };
}
