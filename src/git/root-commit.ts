import { type Adopted } from '../domain';
import { type GitObjects, type ObjectId } from './git-repository';
import { EMPTY_POINTER_FILE } from './pointer-file/read-pointer-file';
import { type ReleaseFile } from './release-content';
import { treeFromFiles } from './trees/tree-from-files';

/** 2026-01-01T00:00:00Z: fixed, so that the same files give the same id on every machine. */
const ROOT_SECONDS = 1_767_225_600;

/**
 * The one commit a source without history begins with: its files, plus a pointer file that names nothing where it has
 * none. Writes objects only; no ref moves.
 * @throws UnsafeTreeEntry
 */
export async function writeRootCommit(
  objects: GitObjects,
  source: {
    /** Paths relative to the repository root. */
    readonly files: readonly ReleaseFile[];
    readonly pointerPath: string;
    readonly serviceIdentity: Adopted['data']['serviceIdentity'];
  },
): Promise<ObjectId> {
  const files = source.files.some((file) => file.path === source.pointerPath)
    ? source.files
    : [...source.files, { path: source.pointerPath, bytes: EMPTY_POINTER_FILE }];
  const blobs = [];
  for (const { path, bytes } of files) {
    blobs.push({ path, mode: '100644' as const, oid: await objects.writeBlob(bytes) });
  }
  const identity = { ...source.serviceIdentity, seconds: ROOT_SECONDS };
  return objects.writeCommit({
    tree: await treeFromFiles(objects, blobs),
    parents: [],
    author: identity,
    committer: identity,
    message: 'chore: Start configuration repository\n',
  });
}
