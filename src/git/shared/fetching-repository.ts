import { ObjectMissing } from '../errors';
import { type GitRepository } from '../git-repository';
import { type ContentExchange } from './content-exchange';

/**
 * A repository that fetches an object which is missing, and reads it then.
 *
 * Reading raises `ContentAwaited` while the remote cannot be reached, and `ObjectMissing` where the remote lacks it too.
 */
export function fetchingRepository(
  { objects, refs }: GitRepository,
  exchange: Pick<ContentExchange, 'lookFor'>,
): GitRepository {
  const orFetched = async <T>(read: () => Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof ObjectMissing)) throw error;
      await exchange.lookFor(error.oid);
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
