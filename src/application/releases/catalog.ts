import { compareVersions, type PackageId, type RecordedEvent, type Version } from '../../domain';
import { type EventStore } from '../../eventstore';

/** What the whole log says of releases and drafts, for decisions about one package that look at others. */
export interface Catalog {
  /** Versions that are staged, released, superseded or adopted, per package, ascending. */
  releases(): Promise<Readonly<Record<PackageId, readonly Version[]>>>;
  /** The package that a `Committed` of this draft names; null when nothing was committed from it. */
  packageOfDraft(draft: string): Promise<PackageId | null>;
}

/** A fold over the log that reads only what came after it. */
export function createCatalog({ store }: { readonly store: EventStore }): Catalog {
  const locked = new Map<PackageId, Set<Version>>();
  const drafts = new Map<string, PackageId>();
  let after: string | null = null;
  let running: Promise<void> = Promise.resolve();

  const fold = (event: RecordedEvent): void => {
    if (event.type === 'Committed') drafts.set(event.data.draft, event.data.package);
    if (event.type === 'Staged' || event.type === 'ReleaseAdopted') {
      const { package: id, version } = event.data;
      locked.set(id, (locked.get(id) ?? new Set()).add(version));
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
      return Object.fromEntries([...locked].map(([id, versions]) => [id, [...versions].sort(compareVersions)]));
    },
    packageOfDraft: async (draft) => {
      await catchUp();
      return drafts.get(draft) ?? null;
    },
  };
}
