import { isPackageName, isVersion } from '../../domain';
import { type GitReading, type ObjectId, type TreeItem } from '../git-repository';
import { contentFlaw, listEntries } from '../trees/list-entries';
import { type ChangedPlace } from './changed-directories';

/** What stands at the place of a release: one, nothing, or something that can be none and why. */
export type Standing =
  | { readonly is: 'release'; readonly tree: ObjectId }
  | { readonly is: 'nothing' }
  | { readonly is: 'misnamed' }
  | { readonly is: 'unfit'; readonly why: string };

/** As `findReleases` has it for a whole tree, for one place. @throws ObjectMissing */
export async function standingAt(
  trees: Pick<GitReading['objects'], 'readTree'>,
  { name, version }: Pick<ChangedPlace, 'name' | 'version'>,
  item: TreeItem | null,
): Promise<Standing> {
  if (item === null) return { is: 'nothing' };
  if (item.mode === '120000') return { is: 'unfit', why: 'is a symbolic link' };
  if (item.mode === '160000') return { is: 'unfit', why: 'is a submodule' };
  // A file is no release, and nobody takes it for one.
  if (item.mode !== '040000') return { is: 'nothing' };
  if (!isPackageName(name) || !isVersion(version)) return { is: 'misnamed' };
  const entries = await listEntries(trees, item.oid);
  const flaw = entries.map(contentFlaw).find((each) => each !== null) ?? null;
  if (flaw !== null) return { is: 'unfit', why: `holds a ${flaw}` };
  if (entries.every(({ mode }) => mode === '040000')) return { is: 'unfit', why: 'holds no file' };
  return { is: 'release', tree: item.oid };
}
