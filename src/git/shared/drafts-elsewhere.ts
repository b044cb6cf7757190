import { BadUserInput, DraftElsewhere, DraftNotFound } from '../../domain';
import { type LocalDrafts } from '../drafts/create-drafts';
import { type Draft, type DraftRepository } from '../drafts/draft';
import { type DraftNode } from '../drafts/draft-node';
import { type GitRepository } from '../git-repository';
import { type Remote } from '../transfer';
import { DraftNames, type NameHolder } from './draft-names';

/**
 * The drafts of a node whose log other nodes share: those that live elsewhere are refused with the address of their node, and count
 * where ids are asked for. A draft starts and is committed only where the remote has its name for this node.
 *
 * Each call may raise TransferFailed while the remote cannot be reached, unless the draft lives here.
 */
export function draftsOfNode(
  own: LocalDrafts,
  {
    repository,
    remote,
    node: here,
    starting,
    changed,
    signal,
  }: {
    readonly repository: GitRepository;
    readonly remote: Remote;
    /** This node. */
    readonly node: DraftNode;
    /** Where this puts the drafts that have their name and do not live here yet: nobody may take them for ended. */
    readonly starting: Set<string>;
    /** Told when the remote has refs of a draft that ended, or came to nothing. */
    readonly changed: () => void;
    readonly signal: AbortSignal;
  },
): DraftRepository {
  const names = new DraftNames({ repository, remote, signal });

  /** @throws DraftElsewhere */
  const refuseElsewhere = async (id: string, known?: NameHolder | null): Promise<void> => {
    const holder = known === undefined ? await names.holder(id) : known;
    // One of this node that it does not have any more is about to be taken away there.
    if (holder === null || holder.node?.id === here.id) return;
    throw new DraftElsewhere(id, holder.node?.address ?? null);
  };

  const orElsewhere = async <T>(id: string, use: () => Promise<T>): Promise<T> => {
    try {
      return await use();
    } catch (error) {
      if (error instanceof DraftNotFound) await refuseElsewhere(id);
      throw error;
    }
  };

  const takeName = async ({ id, head }: Draft): Promise<void> => {
    if (await names.take(id, head)) return;
    const holder = await names.holder(id);
    if (holder?.node?.id === here.id) {
      throw new BadUserInput('name', `a draft ${id} ended here a moment ago. Try again, or give another name.`);
    }
    throw new BadUserInput('name', `a draft ${id} exists already on another node. Give another name, or none.`);
  };

  const knownIds = async (): Promise<ReadonlySet<string>> => new Set([...(await own.ids()), ...names.seen]);

  return {
    ...own,
    get: async (id) => {
      const draft = await own.get(id);
      if (draft === null) await refuseElsewhere(id);
      return draft;
    },
    ids: async () => {
      await names.heads();
      return knownIds();
    },
    knownIds,
    save: (command) => orElsewhere(command.draft, () => own.save(command)),
    discard: (command) => orElsewhere(command.draft, () => own.discard(command)),
    start: async (command) => {
      const { id } = command;
      const name = { isAsked: false };
      try {
        // The name first: a start that breaks off then leaves a name without a draft, and never a draft without its name.
        return await own.start(command, (draft) => {
          name.isAsked = true;
          starting.add(id);
          return takeName(draft);
        });
      } catch (error) {
        if (name.isAsked) changed();
        throw error;
      } finally {
        if (name.isAsked) starting.delete(id);
      }
    },
    hold: async (id) => {
      const draft = await own.get(id);
      if (draft === null) {
        await refuseElsewhere(id);
        throw new DraftNotFound(id);
      }
      const holder = await names.holder(id);
      // From before the log was shared it says of no other node, and lives here.
      const isOurs = holder === null ? await names.take(id, draft.head) : holder.node === null;
      if (!isOurs) await refuseElsewhere(id, holder ?? undefined);
      return knownIds();
    },
    abandon: async (id) => {
      await orElsewhere(id, () => own.abandon(id));
      names.ended(id);
      changed();
    },
    end: async (id, lockedTree) => {
      const hasEnded = await own.end(id, lockedTree);
      if (hasEnded) names.ended(id);
      changed();
      return hasEnded;
    },
  };
}
