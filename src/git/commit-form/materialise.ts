import { type GitObjects, type ObjectId } from '../git-repository';
import { readFileAt } from '../trees/entry-at';
import { withEntry } from '../trees/with-entry';
import { type CommitMakingEvent } from './message';
import { type AdoptionInForce, render, type RenderedCommit } from './render';

/**
 * Writes the commit that an event is, on top of a first parent. No ref moves; doing it again gives the same id.
 * @throws ObjectMissing, NotRenderable, PointerFileUnreadable, UnsupportedTreeEntry, UnsafeTreeEntry
 */
export async function writeEventCommit(
  objects: GitObjects,
  input: { readonly event: CommitMakingEvent; readonly adoption: AdoptionInForce; readonly firstParent: ObjectId },
): Promise<ObjectId> {
  const { event, adoption, firstParent } = input;
  const { tree } = await objects.readCommit(firstParent);
  const pointerFile = event.type === 'Staged' ? null : await readFileAt(objects, tree, adoption.layout.pointer.path);
  return materialise(objects, render({ event, adoption, firstParent, pointerFile }), tree);
}

/**
 * Writes a rendered commit's blob, trees and commit.
 * @param firstParentTree root tree of its first parent.
 */
export async function materialise(
  objects: GitObjects,
  rendered: RenderedCommit,
  firstParentTree: ObjectId,
): Promise<ObjectId> {
  const { change, parents, author, committer, message } = rendered;
  const entry =
    change.kind === 'release'
      ? { mode: '040000' as const, oid: change.tree }
      : { mode: '100644' as const, oid: await objects.writeBlob(change.content) };
  const tree = await withEntry(objects, firstParentTree, change.path, entry);
  return objects.writeCommit({ tree, parents, author, committer, message });
}
