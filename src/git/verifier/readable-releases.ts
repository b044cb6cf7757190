import { type EventLog } from '../../eventstore';
import { ObjectMissing } from '../errors';
import { type GitObjects, type ObjectId } from '../git-repository';
import { ReadableTrees } from '../readable-trees';
import { isLocking, LOCKING } from './trees-check';
import { type Difference, placeOf } from './verification';

/**
 * Reads every file of every locked release and answers the first that cannot be read; null when all can. Slow: for a
 * repository in which something is known to be wrong, or of which nothing is known.
 * @throws LogDamaged, StoreUnavailable
 */
export async function firstUnreadableRelease(log: EventLog, objects: GitObjects): Promise<Difference | null> {
  const readable = new ReadableTrees();
  for await (const event of log.readAll({ types: LOCKING })) {
    if (!isLocking(event)) continue;
    const { package: id, version, tree } = event.data;
    const lost = await firstLost(objects, tree, readable);
    if (lost === null) continue;
    const what = `${id} ${version} cannot be read in full: object ${lost} is missing or damaged.`;
    return { what, event: placeOf(event), expected: lost, found: null };
  }
  return null;
}

async function firstLost(objects: GitObjects, tree: ObjectId, readable: ReadableTrees): Promise<ObjectId | null> {
  if (readable.has(tree)) return null;
  try {
    for (const { mode, oid } of await objects.readTree(tree)) {
      if (mode === '160000') continue; // a submodule names no object here
      if (mode !== '040000') await objects.readBlob(oid);
      else {
        const lost = await firstLost(objects, oid, readable);
        if (lost !== null) return lost;
      }
    }
  } catch (error) {
    if (error instanceof ObjectMissing) return error.oid;
    throw error;
  }
  readable.note(tree);
  return null;
}
