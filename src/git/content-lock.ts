import { ObjectMissing } from './errors';
import { type GitObjects, type ObjectId } from './git-repository';
import { directoryAt } from './trees/entry-at';
import { type ReadableTrees } from './readable-trees';
import { listFiles } from './trees/list-entries';

/** `missing`: not readable in full. `changed`: `main` holds the directory with other content. */
export type ContentState = 'ok' | 'missing' | 'changed';

/**
 * Whether locked content is still what the log says: every object of the tree readable, and the directory on `main`,
 * where it is there already, the very same tree. Whether `main` has caught up is not asked.
 *
 * @throws ObjectMissing when `main` itself cannot be read.
 */
export async function contentState(
  objects: GitObjects,
  locked: { readonly tree: ObjectId; readonly releasePath: string; readonly mainTip: ObjectId },
  /** What earlier calls have read; only those that `trust` it save themselves the reading. */
  memory: { readonly readable: ReadableTrees; readonly trust: boolean } | null = null,
): Promise<ContentState> {
  if (!(memory?.trust === true && memory.readable.has(locked.tree))) {
    if (!(await isReadable(objects, locked.tree))) {
      memory?.readable.forget(locked.tree);
      return 'missing';
    }
    memory?.readable.note(locked.tree);
  }
  const { tree: root } = await objects.readCommit(locked.mainTip);
  const onMain = await directoryAt(objects, root, locked.releasePath);
  return onMain === null || onMain === locked.tree ? 'ok' : 'changed';
}

async function isReadable(objects: GitObjects, tree: ObjectId): Promise<boolean> {
  try {
    for (const { oid } of await listFiles(objects, tree)) await objects.readBlob(oid);
    return true;
  } catch (error) {
    if (error instanceof ObjectMissing) return false;
    throw error;
  }
}
