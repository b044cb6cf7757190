import { ContentAwaited, ObjectMissing } from '../errors';
import { type GitRepository, type ObjectId } from '../git-repository';
import { type ContentExchange } from './content-exchange';

/** Longest that a reader waits for a fetch, in milliseconds: a whole history may be on its way. */
const WAIT_MS = 10_000;

/**
 * A repository that fetches an object which is missing, and reads it then.
 *
 * Reading raises `ContentAwaited` while the remote cannot be reached or is still being fetched from after so many milliseconds, 10,000
 * by default, and `ObjectMissing` where the remote lacks it too.
 */
export function fetchingRepository(
  { objects, refs }: GitRepository,
  exchange: Pick<ContentExchange, 'lookFor'>,
  waitMs = WAIT_MS,
): GitRepository {
  const orFetched = async <T>(read: () => Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof ObjectMissing)) throw error;
      await fetched(error.oid, exchange.lookFor(error.oid), waitMs);
      return read();
    }
  };
  return {
    objects: {
      readBlob: (oid) => orFetched(() => objects.readBlob(oid)),
      readTree: (oid) => orFetched(() => objects.readTree(oid)),
      readCommit: (oid) => orFetched(() => objects.readCommit(oid)),
      readTag: (oid) => orFetched(() => objects.readTag(oid)),
      has: (oid) => objects.has(oid),
      writeBlob: (content) => objects.writeBlob(content),
      writeTree: (entries) => objects.writeTree(entries),
      changeTree: (base, changes) => orFetched(() => objects.changeTree(base, changes)),
      writeCommit: (commit) => objects.writeCommit(commit),
      writeTag: (tag) => objects.writeTag(tag),
    },
    refs,
  };
}

async function fetched(oid: ObjectId, fetching: Promise<void>, waitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ContentAwaited(oid, 'it is still being fetched.')), waitMs);
  });
  await Promise.race([fetching, late]).finally(() => clearTimeout(timer));
}
