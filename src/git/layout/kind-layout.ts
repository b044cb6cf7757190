import {
  type KindLayout,
  type Layout,
  type PackageId,
  releaseDirectory,
  splitPackageId,
  type Version,
} from '../../domain';

/** How a kind is laid out; null when the layout does not know it. */
export function kindLayout(layout: Pick<Layout, 'kinds'>, kind: string): KindLayout | null {
  // `constructor` is a valid name of a kind and also a property of every object.
  return Object.hasOwn(layout.kinds, kind) ? (layout.kinds[kind] ?? null) : null;
}

/** The directory of a release of a package, relative to the repository root; null when the layout does not know its kind. */
export function releasePath(
  layout: Pick<Layout, 'kinds' | 'defaultKind'>,
  id: PackageId,
  version: Version,
): string | null {
  const { kind, name } = splitPackageId(id, layout.defaultKind);
  const found = kindLayout(layout, kind);
  return found === null ? null : releaseDirectory(found, name, version);
}
