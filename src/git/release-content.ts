import { type GitObjects, type ObjectId } from './git-repository';
import { entryAt } from './trees/entry-at';
import { listFiles, requireContent } from './trees/list-entries';

/** A file of a release or draft; `path` is relative to the release directory. */
export interface ReleaseArtifact {
  readonly path: string;
  readonly blob: ObjectId;
  /** Bytes. */
  readonly size: number;
}

/** A file with its bytes. */
export interface ReleaseFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The files of a release tree, sorted by path (UTF-16 code units). @throws ObjectMissing, UnsupportedTreeEntry, UnsafeTreeEntry */
export async function listArtifacts(objects: GitObjects, tree: ObjectId): Promise<readonly ReleaseArtifact[]> {
  const files = await sortedFiles(objects, tree);
  return Promise.all(
    files.map(async ({ path, oid }) => ({ path, blob: oid, size: (await objects.readBlob(oid)).byteLength })),
  );
}

/** All files of a release tree with their bytes, sorted by path: what the validation engine reads. @throws ObjectMissing, UnsupportedTreeEntry, UnsafeTreeEntry */
export async function readReleaseFiles(objects: GitObjects, tree: ObjectId): Promise<readonly ReleaseFile[]> {
  const files = await sortedFiles(objects, tree);
  return Promise.all(files.map(async ({ path, oid }) => ({ path, bytes: await objects.readBlob(oid) })));
}

/** One file of a release tree; null when there is no file at that path. @throws ObjectMissing, UnsupportedTreeEntry, UnsafeTreeEntry */
export async function readArtifact(
  objects: GitObjects,
  tree: ObjectId,
  path: string,
): Promise<(ReleaseArtifact & ReleaseFile) | null> {
  const entry = await entryAt(objects, tree, path);
  if (entry === null || entry.mode === '040000') return null;
  requireContent({ path, ...entry });
  const bytes = await objects.readBlob(entry.oid);
  return { path, blob: entry.oid, size: bytes.byteLength, bytes };
}

async function sortedFiles(objects: GitObjects, tree: ObjectId) {
  const files = [...(await listFiles(objects, tree))];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
