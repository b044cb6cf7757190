import { parseTrailers, printTrailers } from '../commit-form/trailers';
import { RefConflict, unlessMissing } from '../errors';
import { draftRef, type GitRepository, type ObjectId } from '../git-repository';
import { type DraftNode, printDraftNode } from './draft-node';

const DRAFTS = draftRef('');
const NODE = 'Slipway-Node';

/**
 * Writes this node into the work in progress of each draft that names none, from before nodes shared the log: nothing else of it
 * changes but its id. A draft that cannot be read stays as it is. Doing it again does no harm.
 * @throws RefUnreadable
 */
export async function nameNodeInDrafts({ objects, refs }: GitRepository, node: DraftNode): Promise<void> {
  for (const { ref, oid: head } of await refs.list(DRAFTS)) {
    const next = await unlessMissing(named(node, objects, { id: ref.slice(DRAFTS.length), head }));
    if (next === null) continue;
    try {
      await refs.compareAndSet(ref, head, next);
    } catch (error) {
      // Saved or ended meanwhile: a save names the node itself.
      if (!(error instanceof RefConflict)) throw error;
    }
  }
}

/** The work in progress with the node; null where it names one, or is no draft's. */
async function named(
  node: DraftNode,
  objects: GitRepository['objects'],
  { id, head }: { readonly id: string; readonly head: ObjectId },
): Promise<ObjectId | null> {
  const commit = await objects.readCommit(head);
  const trailers = parseTrailers(commit.message);
  if (trailers.get('Slipway-Draft') !== id || trailers.has(NODE)) return null;
  return objects.writeCommit({
    ...commit,
    message: `${commit.message}${printTrailers([[NODE, printDraftNode(node)]])}\n`,
  });
}
