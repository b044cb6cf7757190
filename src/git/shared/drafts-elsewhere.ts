import { BadUserInput, DraftElsewhere, DraftNotFound } from '../../domain';
import { type DraftRepository } from '../drafts/draft';
import { type DraftNode } from '../drafts/draft-node';
import { nodeOfDraft } from '../drafts/wip-commit';
import { RefConflict, unlessMissing } from '../errors';
import { draftRef, type GitRepository, type ObjectId } from '../git-repository';
import { type Remote, TransferFailed } from '../transfer';
import { pushed } from './content-exchange';

const HEADS = draftRef('');

/** Under which the work in progress of another node's draft is fetched, until it is read. */
function seenRef(draft: string): string {
  return `refs/slipway/elsewhere/${draft}`;
}

/**
 * The drafts of a node whose log other nodes share: those that live elsewhere are refused with the address of their node, and count
 * where ids are asked for. The name of a draft is given by the remote, to the first who asks.
 *
 * Each call may raise TransferFailed while the remote cannot be reached, unless the draft lives here.
 */
export function draftsOfNode(
  own: DraftRepository,
  {
    repository,
    remote,
    node: here,
    changed,
    signal,
  }: {
    readonly repository: GitRepository;
    readonly remote: Remote;
    /** This node. */
    readonly node: DraftNode;
    /** Told when the remote has refs of a draft that ended. */
    readonly changed: () => void;
    readonly signal: AbortSignal;
  },
): DraftRepository {
  const headsThere = async (): Promise<ReadonlyMap<string, ObjectId>> => {
    const refs = await remote.refs('branches, tags and drafts', signal);
    return new Map(
      [...refs].flatMap(([ref, oid]) => (ref.startsWith(HEADS) ? [[ref.slice(HEADS.length), oid] as const] : [])),
    );
  };

  /** Whose a draft is, by its work in progress; null where nobody says so. */
  const nodeOf = async (id: string, head: ObjectId): Promise<DraftNode | null> => {
    const { objects } = repository;
    const known = await unlessMissing(nodeOfDraft(objects, id, head));
    if (known !== null) return known;
    await remote.fetch(draftRef(id), seenRef(id), signal);
    const fetched = await repository.refs.read(seenRef(id));
    // Where somebody else asked at the same moment, that may be gone again; what it named is here.
    const node = await unlessMissing(nodeOfDraft(objects, id, fetched ?? head));
    if (fetched !== null) await forget(repository, seenRef(id), fetched);
    return node;
  };

  /** @throws DraftElsewhere */
  const refuseElsewhere = async (id: string): Promise<void> => {
    const head = (await headsThere()).get(id);
    if (head === undefined) return;
    const node = await nodeOf(id, head);
    // One of this node that it does not have any more is about to be taken away there.
    if (node?.id !== here.id) throw new DraftElsewhere(id, node?.address ?? null);
  };

  const orElsewhere = async <T>(id: string, use: () => Promise<T>): Promise<T> => {
    try {
      return await use();
    } catch (error) {
      if (error instanceof DraftNotFound) await refuseElsewhere(id);
      throw error;
    }
  };

  return {
    ...own,
    get: async (id) => {
      const draft = await own.get(id);
      if (draft === null) await refuseElsewhere(id);
      return draft;
    },
    ids: async () => new Set([...(await own.ids()), ...(await headsThere()).keys()]),
    save: (command) => orElsewhere(command.draft, () => own.save(command)),
    discard: (command) => orElsewhere(command.draft, () => own.discard(command)),
    start: async (command) => {
      const draft = await own.start(command);
      const { id, head } = draft;
      const failure = await pushed(remote, { ref: draftRef(id), next: head, expected: null }, signal);
      if (failure === null) return draft;
      const there = await headsThere().catch((error: unknown) => {
        if (!(error instanceof TransferFailed)) throw error;
        return null;
      });
      if (there?.get(id) === head) return draft;
      await own.abandon(id);
      changed();
      if (there?.has(id) !== true) throw failure;
      throw new BadUserInput('name', `a draft ${id} exists already on another node. Give another name, or none.`);
    },
    abandon: async (id) => {
      await orElsewhere(id, () => own.abandon(id));
      changed();
    },
    end: async (id, lockedTree) => {
      const hasEnded = await own.end(id, lockedTree);
      changed();
      return hasEnded;
    },
  };
}

/** Removes a ref that was made to fetch with. */
async function forget({ refs }: GitRepository, ref: string, oid: ObjectId): Promise<void> {
  try {
    await refs.compareAndSet(ref, oid, null);
  } catch (error) {
    if (!(error instanceof RefConflict)) throw error;
  }
}
