import { type PackageId, type Position, type RecordedEvent, releaseKey, type Version } from '../../domain';
import { type EventStore } from '../../eventstore';
import { isCommitMaking } from '../../git';

/** A release as the log knows it. */
export interface LoggedRelease {
  readonly package: PackageId;
  readonly version: Version;
  readonly tree: string;
  readonly requires: readonly PackageId[];
  /** `committed` by a draft and no more, `waiting` to come to `main`, or `on main`. */
  readonly standing: 'committed' | 'waiting' | 'on main';
  /** The draft it was committed from; null when it was adopted. */
  readonly draft: string | null;
  /** The commit of an adoption that names it and was not sealed, at least not yet; null otherwise. */
  readonly unsealed: string | null;
}

/** What the log says of releases and of the pointer, seen from a commit that some of its events have not come to. */
export interface PromotedContent {
  /** By {@link releaseKey}. */
  readonly releases: ReadonlyMap<string, LoggedRelease>;
  readonly pointer: ReadonlyMap<PackageId, Version>;
  /** Packages that a waiting event has moved the pointer of. */
  readonly movedSince: ReadonlySet<PackageId>;
  /** The end of the log when it was read; null for an empty one. */
  readonly position: Position | null;
}

const TYPES = [
  'ReleaseAdopted',
  'Committed',
  'Staged',
  'PointerAdopted',
  'Activated',
  'RolledBack',
  'Deactivated',
  'Adopted',
] as const;

/**
 * Folds the log. Commit-making events after `published` wait (null: all of them do), and so does what an adoption that was never sealed
 * says.
 */
export async function readPromotedContent(
  store: Pick<EventStore, 'readAll' | 'head'>,
  published: Position | null,
): Promise<PromotedContent> {
  const releases = new Map<string, LoggedRelease>();
  const pointer = new Map<PackageId, Version>();
  const movedSince = new Set<PackageId>();
  const unsealed = new Map<string, string[]>();
  const position = await store.head();
  let isFirstAdoption = true;

  const fold = (event: RecordedEvent): void => {
    const waits = isCommitMaking(event) && (published === null || event.position > published);
    switch (event.type) {
      case 'ReleaseAdopted': {
        const { package: id, version, tree, requires, commit } = event.data;
        const key = releaseKey(id, version);
        releases.set(key, { package: id, version, tree, requires, standing: 'waiting', draft: null, unsealed: commit });
        unsealed.set(commit, [...(unsealed.get(commit) ?? []), key]);
        return;
      }
      case 'Adopted': {
        // Before the first there is nothing but its own, under the commits of the history that it adopts.
        const sealed = isFirstAdoption ? [...unsealed.keys()] : [event.data.commit];
        isFirstAdoption = false;
        for (const commit of sealed) {
          for (const key of unsealed.get(commit) ?? []) {
            const release = releases.get(key);
            if (release !== undefined) releases.set(key, { ...release, standing: 'on main', unsealed: null });
          }
          unsealed.delete(commit);
        }
        return;
      }
      case 'Committed': {
        const { package: id, version, tree, requires, draft } = event.data;
        const release = { package: id, version, tree, requires, draft, unsealed: null };
        releases.set(releaseKey(id, version), { ...release, standing: 'committed' });
        return;
      }
      case 'Staged': {
        const key = releaseKey(event.data.package, event.data.version);
        const release = releases.get(key);
        if (release === undefined || release.standing === 'on main') return;
        releases.set(key, { ...release, standing: waits ? 'waiting' : 'on main', unsealed: null });
        return;
      }
      case 'ValidationFailed':
      case 'Tagged':
      case 'HistoryFindings':
      case 'DriftResolved':
        return;
      case 'PointerAdopted':
      case 'Activated':
      case 'RolledBack':
      case 'Deactivated':
        for (const { package: id, toVersion } of event.data.changes) {
          if (toVersion === null) pointer.delete(id);
          else pointer.set(id, toVersion);
          if (waits) movedSince.add(id);
        }
    }
  };
  if (position === null) return { releases, pointer, movedSince, position };
  for await (const event of store.readAll({ until: position, types: TYPES })) fold(event);
  return { releases, pointer, movedSince, position };
}
