import { BadUserInput } from '../../domain';
import { type Draft, type DraftRepository } from '../../git';
import { type Ids } from '../ports';
import { type Catalog } from '../releases/catalog';
import { KeyedQueue } from '../streams/keyed-queue';

/** Gives out the ids of drafts, each of them once. */
export interface DraftIds {
  /**
   * Starts a draft under the wanted id, or under one made from a package's name.
   * @throws BadUserInput (`name`) when a draft has the wanted id, or a release of any package was committed from one that had.
   */
  give(wanted: string | { readonly like: string }, start: (id: string) => Promise<Draft>): Promise<Draft>;
}

/** Ids are given once in the life of the log: branches, and the retries of a commit, know a draft by its id alone. */
export function createDraftIds({
  drafts,
  catalog,
  ids,
}: {
  readonly drafts: DraftRepository;
  readonly catalog: Catalog;
  readonly ids: Ids;
}): DraftIds {
  const queue = new KeyedQueue();

  /** The log is asked after the drafts: what one of them commits it holds before that draft ends. */
  const faultOf = async (id: string): Promise<string | null> => {
    if ((await drafts.ids()).has(id)) return `a draft ${id} exists already.`;
    const packageId = await catalog.packageOfDraft(id);
    return packageId === null ? null : `a release of ${packageId} was committed from a draft ${id}.`;
  };

  const freshId = async (name: string): Promise<string> => {
    for (;;) {
      const id = `${name.slice(0, 48).replace(/\.+$/, '')}-${ids.uuid().slice(0, 8)}`;
      if ((await faultOf(id)) === null) return id;
    }
  };

  return {
    give: async (wanted, start) => {
      const id = typeof wanted === 'string' ? wanted : await freshId(wanted.like);
      return queue.run(id, async () => {
        const fault = await faultOf(id);
        if (fault !== null) throw new BadUserInput('name', `${fault} Give another name, or none.`);
        return start(id);
      });
    },
  };
}
