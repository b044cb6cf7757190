import { type ManifestLayout, type Version } from '../../domain';
import { compareTrees, type GitObjects, readArtifact } from '../../git';
import { ManifestUnreadable, type ValidationEngine } from '../../validation';

/** Any version does: it is written into both manifests to see whether they are the same otherwise. */
const SAME: Version = '0.0.0';

/** Whether two release directories hold the same files but for the version in the manifest. */
export async function differInVersionOnly(
  { objects, validation }: { readonly objects: GitObjects; readonly validation: ValidationEngine },
  manifest: ManifestLayout,
  trees: { readonly before: string; readonly after: string },
): Promise<boolean> {
  const changed = await compareTrees(objects, trees.before, trees.after);
  if (changed.some(({ path }) => path !== manifest.file)) return false;
  const [before, after] = await Promise.all(
    [trees.before, trees.after].map(async (tree) => {
      const artifact = await readArtifact(objects, tree, manifest.file);
      return artifact === null ? null : rewritten(validation, manifest, artifact.bytes);
    }),
  );
  return before != null && after != null && Buffer.compare(before, after) === 0;
}

async function rewritten(
  validation: ValidationEngine,
  manifest: ManifestLayout,
  bytes: Uint8Array,
): Promise<Uint8Array | null> {
  try {
    return await validation.rewriteVersion(bytes, manifest, SAME);
  } catch (error) {
    if (error instanceof ManifestUnreadable) return null;
    throw error;
  }
}
