import { type ReleaseFile } from '../../content/release-file';
import { entryOf, textOf } from '../../content/source-node';
import { type RuleContext } from '../rule';
import { releasePath } from './named-artifacts';

/** The document definitions of a release: the artifacts the manifest calls so, and files that are called so. */
export function docdefsOf({ files, manifest }: RuleContext): readonly ReleaseFile[] {
  const artifacts = entryOf(manifest?.root, 'artifacts')?.value;
  const named = artifacts?.type === 'map' ? artifacts.entries.filter(({ key }) => /(^|_)docdef$/.test(key)) : [];
  const paths = new Set(named.map(({ value }) => releasePath(textOf(value) ?? '')));
  return files.filter(({ path, root }) => root !== null && (paths.has(path) || /\.docdef\.(json|ya?ml)$/i.test(path)));
}
