import { compareVersions, type PackageId, type RecordedEvent, type Version } from '../../domain';
import { type EventStore } from '../../eventstore';

/** A release that is locked, with what an activation of it needs to know. */
export interface LockedRelease {
  readonly version: Version;
  readonly tree: string;
  readonly requires: readonly PackageId[];
  /** False for one that was adopted and never staged. */
  readonly staged: boolean;
}

/** What the whole log says of releases and drafts, for decisions about one package that look at others. */
export interface Catalog {
  /** Versions that are staged, released, superseded or adopted, per package, ascending. */
  releases(): Promise<VersionsByPackage>;
  /** Versions that are committed and nothing more, per package, ascending. */
  committed(): Promise<VersionsByPackage>;
  /** Releases by package, as of now: staged, released, superseded or adopted; in no particular order. */
  lockedReleases(): Promise<(id: PackageId) => readonly LockedRelease[]>;
  /** The package that a `Committed` of this draft names; null when nothing was committed from it. */
  packageOfDraft(draft: string): Promise<PackageId | null>;
}

type VersionsByPackage = Readonly<Record<PackageId, readonly Version[]>>;

type CommittedRelease = Omit<LockedRelease, 'staged'>;

/** A fold over the log that reads only what came after it. */
export function createCatalog({ store }: { readonly store: EventStore }): Catalog {
  const locked = new Map<PackageId, Map<Version, LockedRelease>>();
  /** Committed and not staged yet. */
  const committed = new Map<PackageId, Map<Version, CommittedRelease>>();
  const drafts = new Map<string, PackageId>();
  let after: string | null = null;
  let running: Promise<void> = Promise.resolve();

  const lock = (id: PackageId, release: LockedRelease): void =>
    void locked.set(id, (locked.get(id) ?? new Map<Version, LockedRelease>()).set(release.version, release));

  const fold = (event: RecordedEvent): void => {
    if (event.type === 'Committed') {
      const { package: id, draft, version, tree, requires } = event.data;
      drafts.set(draft, id);
      const releases = committed.get(id) ?? new Map<Version, CommittedRelease>();
      committed.set(id, releases.set(version, { version, tree, requires }));
    }
    if (event.type === 'ReleaseAdopted') {
      const { package: id, version, tree, requires } = event.data;
      lock(id, { version, tree, requires, staged: false });
      committed.get(id)?.delete(version); // somebody merged it by hand, and that was adopted
    }
    if (event.type === 'Staged') {
      const { package: id, version } = event.data;
      const release = committed.get(id)?.get(version) ?? locked.get(id)?.get(version);
      committed.get(id)?.delete(version);
      if (release !== undefined) lock(id, { ...release, staged: true });
    }
    after = event.position;
  };

  const catchUp = (): Promise<void> => {
    running = running
      .catch(() => undefined)
      .then(async () => {
        for await (const event of store.readAll({ after, types: ['Committed', 'Staged', 'ReleaseAdopted'] }))
          fold(event);
      });
    return running;
  };

  return {
    releases: async () => {
      await catchUp();
      return byPackage(locked);
    },
    committed: async () => {
      await catchUp();
      return byPackage(committed);
    },
    lockedReleases: async () => {
      await catchUp();
      return (id) => [...(locked.get(id)?.values() ?? [])];
    },
    packageOfDraft: async (draft) => {
      await catchUp();
      return drafts.get(draft) ?? null;
    },
  };
}

function byPackage(releases: ReadonlyMap<PackageId, ReadonlyMap<Version, unknown>>): VersionsByPackage {
  const some = [...releases].filter(([, each]) => each.size > 0);
  return Object.fromEntries(some.map(([id, each]) => [id, [...each.keys()].sort(compareVersions)]));
}
