import { comparePackageIds, type PackageId, type Version, releaseKey } from '../../domain';
import { type Findings } from './findings';
import { type PointerReading } from './pointer-at';
import { type ReleaseRecord } from './release-record';
import { type HistoryCommit, type LiveInterval, type PointerStep } from './repository-history';
import { type ReleaseSteps } from './walk-releases';

const REMOVED = 'pointer file removed';
const UNREADABLE = 'pointer file unreadable';

type Interval = { -readonly [Key in keyof LiveInterval]: LiveInterval[Key] };

/** Follows the pointer file from commit to commit, and what it names. */
export class PointerWalk {
  /** In the order in which they begin. */
  readonly live: LiveInterval[] = [];
  readonly #now = new Map<PackageId, Interval>();
  #last: PointerReading['state'] = 'missing';
  #everThere = false;

  constructor(
    private readonly records: ReadonlyMap<string, ReleaseRecord>,
    private readonly findings: Findings,
  ) {}

  /** Takes one commit, after its release directories. @returns the changes of the map, sorted by package. */
  step(commit: HistoryCommit, reading: PointerReading, releases: ReleaseSteps): readonly PointerStep[] {
    this.noteFile(commit, reading);
    const changes = this.changesTo(reading);
    for (const change of changes) this.move(change, commit);
    for (const place of releases.appeared) this.settle(place, commit);
    for (const place of releases.removed) this.noteRemoval(place, commit);
    return changes;
  }

  private changesTo(reading: PointerReading): readonly PointerStep[] {
    if (reading.state === 'unreadable') return [];
    const map: ReadonlyMap<PackageId, Version> = reading.state === 'missing' ? new Map() : reading.entries;
    const ids = new Set([...this.#now.keys(), ...map.keys()]);
    return [...ids].sort(comparePackageIds).flatMap((id) => {
      const fromVersion = this.#now.get(id)?.version ?? null;
      const toVersion = map.get(id) ?? null;
      if (fromVersion === toVersion) return [];
      return [{ package: id, fromVersion, toVersion, tree: toVersion === null ? null : this.treeOf(id, toVersion) }];
    });
  }

  private move({ package: id, fromVersion, toVersion }: PointerStep, commit: HistoryCommit): void {
    const ended = this.#now.get(id);
    if (ended !== undefined) ended.until = commit;
    this.#now.delete(id);
    if (fromVersion !== null) this.findings.end(danglingKey(id, fromVersion), commit);
    if (toVersion === null) return;
    const hadContent = this.treeOf(id, toVersion) !== null;
    const interval: Interval = { package: id, version: toVersion, from: commit, until: null, hadContent };
    this.live.push(interval);
    this.#now.set(id, interval);
    this.settle({ package: id, version: toVersion }, commit);
  }

  /** What the pointer names is active where its directory is, and dangling where it is not. */
  private settle(place: { readonly package: PackageId; readonly version: Version }, commit: HistoryCommit): void {
    const { package: id, version } = place;
    if (this.#now.get(id)?.version !== version) return;
    const record = this.records.get(releaseKey(place.package, place.version));
    if (record === undefined || record.tree === null) {
      const message = `The pointer names ${id} ${version}, which has no directory.`;
      this.findings.begin(danglingKey(id, version), 'dangling-pointer', commit, message, { package: id, version });
      return;
    }
    this.findings.end(danglingKey(id, version), commit);
    record.firstActive ??= commit;
  }

  private noteRemoval(
    place: { readonly package: PackageId; readonly version: Version; readonly path: string },
    commit: HistoryCommit,
  ): void {
    const { package: id, version, path } = place;
    const subject = { package: id, version, path };
    const record = this.records.get(releaseKey(place.package, place.version));
    if (this.#now.get(id)?.version === version) {
      this.findings.add('active-release-removed', commit, `${id} ${version} was removed while it was active.`, subject);
    } else {
      const past =
        record === undefined || record.firstActive === null ? 'It had never been active' : 'It had been active before';
      this.findings.add('release-removed', commit, `${id} ${version} was removed. ${past}.`, subject);
    }
    this.settle(place, commit);
  }

  private noteFile(commit: HistoryCommit, reading: PointerReading): void {
    const { state } = reading;
    if (state === 'missing' && this.#last !== 'missing') {
      this.findings.begin(REMOVED, 'pointer-file-removed', commit, 'The pointer file was removed: nothing was active.');
    }
    if (state !== 'missing') this.findings.end(REMOVED, commit);
    if (state === 'unreadable') {
      const message = `${reading.why} What was active before is taken to be active still.`;
      this.findings.begin(UNREADABLE, 'pointer-file-unreadable', commit, message);
    } else {
      this.findings.end(UNREADABLE, commit);
    }
    if (state !== 'missing' && !this.#everThere) {
      this.#everThere = true;
      const before = [...this.records.values()].filter(({ appeared }) => appeared.index < commit.index).length;
      if (before > 0) {
        const message = `The pointer file appears after ${String(before)} of the releases: what was active before is not known.`;
        this.findings.add('pointer-file-late', commit, message);
      }
    }
    if (state === 'readable') {
      for (const key of reading.ignored) {
        const message = `The pointer's ${JSON.stringify(key)} names no release: its place or its version does not fit.`;
        this.findings.begin(ignoredKey(key), 'pointer-entry-ignored', commit, message);
      }
    }
    this.endIgnored(commit, reading);
    this.#last = state;
  }

  #ignored: readonly string[] = [];

  private endIgnored(commit: HistoryCommit, reading: PointerReading): void {
    if (reading.state === 'unreadable') return;
    const ignored = reading.state === 'readable' ? reading.ignored : [];
    const still = new Set(ignored);
    for (const key of this.#ignored) if (!still.has(key)) this.findings.end(ignoredKey(key), commit);
    this.#ignored = ignored;
  }

  private treeOf(id: PackageId, version: Version): string | null {
    return this.records.get(releaseKey(id, version))?.tree ?? null;
  }
}

function danglingKey(id: PackageId, version: Version): string {
  return `dangling ${id} ${version}`;
}

function ignoredKey(key: string): string {
  return `ignored ${key}`;
}
