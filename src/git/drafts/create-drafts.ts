import { type Actor, BadUserInput, DraftConflict, DraftNotFound, isName } from '../../domain';
import { ObjectMissing, RefConflict, UnsafeTreeEntry, UnsupportedTreeEntry } from '../errors';
import { draftBranch, draftRef, type GitRepository, type ObjectId } from '../git-repository';
import { compareTrees } from '../trees/compare-trees';
import { applyEdits, checkEdits } from './apply-edits';
import { discardPaths } from './discard-paths';
import { type Draft, type DraftRepository, type LastCommit, type StartDraft } from './draft';
import { type DraftNode } from './draft-node';
import { readWipCommit, writeWipCommit } from './wip-commit';

const DRAFTS = draftRef('');
const BRANCHES = draftBranch('');

/** The drafts of one repository, whoever else has drafts. */
export interface LocalDrafts extends DraftRepository {
  /** As for every {@link DraftRepository}. @param named is called with the draft before it exists; where it fails none comes to be. */
  start(command: StartDraft, named?: (draft: Draft) => Promise<void>): Promise<Draft>;
}

/**
 * Drafts kept as refs of one repository.
 * @param node this node, where others share its log.
 */
export function createDrafts({
  repository,
  node = null,
}: {
  readonly repository: GitRepository;
  readonly node?: DraftNode | null;
}): LocalDrafts {
  const { objects, refs } = repository;
  const starting = new Set<string>();

  const get = async (id: string): Promise<Draft | null> => {
    const head = isName(id) ? await refs.read(draftRef(id)) : null;
    return head === null ? null : readWipCommit(objects, id, head);
  };

  const ids = async (): Promise<ReadonlySet<string>> =>
    new Set((await refs.list(DRAFTS)).map(({ ref }) => ref.slice(DRAFTS.length)));

  const existing = async (id: string): Promise<Draft> => {
    const draft = await get(id);
    if (draft === null) throw new DraftNotFound(id);
    return draft;
  };

  /** Puts a new tree in place by compare-and-set; decided again on the newer state when somebody else was faster. */
  const change = async (
    command: { draft: string; expectedHead?: string | null; lastCommit: LastCommit; actor: Actor; now: string },
    newTree: (draft: Draft) => Promise<ObjectId>,
  ): Promise<Draft> => {
    const { draft: id, expectedHead = null, lastCommit, actor, now } = command;
    for (;;) {
      const draft = await existing(id);
      if (expectedHead !== null && expectedHead !== draft.head) throw await conflict(repository, draft, expectedHead);
      const tree = await newTree(draft);
      if (tree === draft.tree) return draft;
      const parent = lastCommit?.commit ?? draft.baseCommit;
      const next = await writeWipCommit(objects, { ...draft, node, tree, updatedAt: now }, { parent, actor });
      try {
        await refs.compareAndSet(draftRef(id), draft.head, next.head);
        return next;
      } catch (error) {
        if (!(error instanceof RefConflict)) throw error;
      }
    }
  };

  return {
    get,
    async start(command, named = () => Promise.resolve()) {
      const { id } = command;
      if (!isName(id)) throw new BadUserInput('name', `${JSON.stringify(id)} cannot be the name of a draft.`);
      const taken = new BadUserInput('name', `a draft ${id} exists already. Give another name, or none.`);
      if (starting.has(id)) throw taken;
      starting.add(id);
      try {
        if ((await refs.read(draftRef(id))) !== null) throw taken;
        const draft = await writeFirst(objects, command, node);
        await named(draft);
        await makeRefs(repository, draft);
        return draft;
      } finally {
        starting.delete(id);
      }
    },
    async list() {
      const found = await refs.list(DRAFTS);
      return Promise.all(found.map(({ ref, oid }) => readWipCommit(objects, ref.slice(DRAFTS.length), oid)));
    },
    ids,
    knownIds: ids,
    async save(command) {
      const edits = checkEdits(command.changes);
      return change(command, (draft) => applyEdits(objects, draft.tree, edits));
    },
    async discard({ paths = null, ...command }) {
      return change(command, async (draft) => {
        const target = command.lastCommit?.tree ?? draft.baseTree;
        return paths === null ? target : discardPaths(objects, draft.tree, target, paths);
      });
    },
    async hold(id) {
      await existing(id);
      return ids();
    },
    async abandon(id) {
      const wip = isName(id) && (await removeRef(repository, draftRef(id)));
      // A branch that an interrupted removal left behind counts as the draft.
      const branch = isName(id) && (await removeRef(repository, draftBranch(id)));
      if (!wip && !branch) throw new DraftNotFound(id);
    },
    async end(id, lockedTree) {
      const draft = await get(id);
      if (draft !== null) {
        if (draft.tree !== lockedTree) return false;
        try {
          await refs.compareAndSet(draftRef(id), draft.head, null);
        } catch (error) {
          if (error instanceof RefConflict) return false;
          throw error;
        }
      }
      await removeRef(repository, draftBranch(id));
      return true;
    },
    async leftBranches() {
      const living = await ids();
      const branches = await refs.list(BRANCHES);
      return branches.map(({ ref }) => ref.slice(BRANCHES.length)).filter((id) => !living.has(id));
    },
  };
}

/** Writes the work in progress that a draft begins with. */
async function writeFirst(
  objects: GitRepository['objects'],
  command: StartDraft,
  node: DraftNode | null,
): Promise<Draft> {
  const { id, baseCommit, actor, now } = command;
  const tree = command.baseTree ?? (await objects.writeTree([]));
  return writeWipCommit(
    objects,
    {
      id,
      package: command.package,
      baseVersion: command.baseVersion,
      baseCommit,
      baseTree: tree,
      createdBy: { id: actor.id, name: actor.name },
      createdAt: now,
      updatedAt: now,
      node,
      tree,
    },
    { parent: baseCommit, actor },
  );
}

/** The branch first: only the work-in-progress ref makes a draft exist, so a start that breaks off leaves none. */
async function makeRefs({ refs }: GitRepository, { id, baseCommit, head }: Draft): Promise<void> {
  const branch = draftBranch(id);
  await refs.compareAndSet(branch, await refs.read(branch), baseCommit);
  await refs.compareAndSet(draftRef(id), null, head);
}

/** Removes a ref wherever it stands; false when there was none. */
async function removeRef({ refs }: GitRepository, ref: string): Promise<boolean> {
  for (;;) {
    const oid = await refs.read(ref);
    if (oid === null) return false;
    try {
      await refs.compareAndSet(ref, oid, null);
      return true;
    } catch (error) {
      // The publisher, or a save, moved it in between.
      if (!(error instanceof RefConflict)) throw error;
    }
  }
}

async function conflict({ objects }: GitRepository, draft: Draft, expectedHead: string): Promise<DraftConflict> {
  const facts = { draft: draft.id, expectedHead, actualHead: draft.head };
  try {
    const known = /^[0-9a-f]{40}$/.test(expectedHead) && (await objects.has(expectedHead));
    if (!known) return new DraftConflict({ ...facts, paths: [] });
    const { tree } = await objects.readCommit(expectedHead);
    const changes = await compareTrees(objects, tree, draft.tree);
    return new DraftConflict({ ...facts, paths: changes.map((changed) => changed.path) });
  } catch (error) {
    // A head of long ago may have been collected, and any id may be given: the refusal stands without its paths.
    const noHead = [ObjectMissing, UnsafeTreeEntry, UnsupportedTreeEntry].some((kind) => error instanceof kind);
    if (noHead) return new DraftConflict({ ...facts, paths: [] });
    throw error;
  }
}
