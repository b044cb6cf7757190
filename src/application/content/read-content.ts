import { type GitObjects, listArtifacts, readArtifact, type ReleaseArtifact } from '../../git';
import { type ArtifactAnswer } from '../answers';

/** The text of a file; null when it is not UTF-8. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null; // the decoder's only way to say "not UTF-8"
  }
}

/** The files of a release tree with their texts, sorted by path. */
export async function artifactsOf(objects: GitObjects, tree: string): Promise<readonly ArtifactAnswer[]> {
  const listed = await listArtifacts(objects, tree);
  return Promise.all(listed.map((artifact) => withContent(objects, artifact)));
}

/** One file of a release tree; null when there is none at that path. */
export async function artifactOf(objects: GitObjects, tree: string, path: string): Promise<ArtifactAnswer | null> {
  const found = await readArtifact(objects, tree, path);
  return found === null ? null : { path, blob: found.blob, size: found.size, content: textOf(found.bytes) };
}

async function withContent(objects: GitObjects, { path, blob, size }: ReleaseArtifact): Promise<ArtifactAnswer> {
  return { path, blob, size, content: textOf(await objects.readBlob(blob)) };
}
