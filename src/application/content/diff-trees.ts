import { type ManifestLayout } from '../../domain';
import { compareTrees, type GitObjects, type TreeChange } from '../../git';
import { type ArtifactDiffAnswer } from '../answers';
import { textOf } from './read-content';
import { unifiedPatch } from './unified-patch';

/** What changed from one release tree (null: nothing yet) to another, sorted by path. */
export async function diffTrees(
  objects: GitObjects,
  base: string | null,
  tree: string,
  manifest: ManifestLayout | null,
): Promise<readonly ArtifactDiffAnswer[]> {
  const changes = await compareTrees(objects, base ?? (await objects.writeTree([])), tree);
  return Promise.all(changes.map((change) => diffFile(objects, change, manifest)));
}

async function diffFile(
  objects: GitObjects,
  change: TreeChange,
  manifest: ManifestLayout | null,
): Promise<ArtifactDiffAnswer> {
  const { path } = change;
  const before = change.before === null ? '' : textOf(await objects.readBlob(change.before));
  const after = change.after === null ? '' : textOf(await objects.readBlob(change.after));
  const unified = before === null || after === null ? null : unifiedPatch(fileOf(change), before, after);
  return {
    path,
    group: group(path, manifest),
    change: change.before === null ? 'ADDED' : change.after === null ? 'REMOVED' : 'MODIFIED',
    unified,
    added: countLines(unified, '+'),
    removed: countLines(unified, '-'),
  };
}

function fileOf({ path, before, after }: TreeChange): Parameters<typeof unifiedPatch>[0] {
  return { path, isNew: before === null, isGone: after === null };
}

/** Lines of a patch's hunks that begin with a sign; its headers stand before the first hunk. */
function countLines(unified: string | null, sign: '+' | '-'): number {
  const hunks = unified?.indexOf('\n@@') ?? -1;
  if (unified === null || hunks < 0) return 0;
  return unified
    .slice(hunks)
    .split('\n')
    .filter((line) => line.startsWith(sign)).length;
}

function group(path: string, manifest: ManifestLayout | null): string {
  if (path === manifest?.file) return 'manifest';
  const slash = path.indexOf('/');
  return slash < 0 ? 'files' : path.slice(0, slash);
}
