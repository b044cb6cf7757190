import { RefConflict } from './errors';
import { type GitRefs, type ObjectId } from './git-repository';

/**
 * Makes a ref that stands for what it names. Doing it again does no harm: whoever made it first made the same.
 * @throws RefConflict when the ref stands for something else.
 */
export async function makeRef(refs: GitRefs, ref: string, oid: ObjectId): Promise<void> {
  try {
    await refs.compareAndSet(ref, null, oid);
  } catch (error) {
    if (!(error instanceof RefConflict) || error.actual !== oid) throw error;
  }
}
