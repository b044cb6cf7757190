import { isVersion, type Version } from './version';

/**
 * Id of a package: `name` for the default kind of the layout, `kind/name` for the others
 * (`project_discovery`, `roles/technical_architect`).
 */
export type PackageId = string;

const NAME = /^[a-z][a-z0-9_.-]{0,63}$/;

/** Grammar of package names, kinds and draft ids: safe as a directory, a ref component and a URL segment. */
export function isName(text: string): boolean {
  return NAME.test(text) && !text.includes('..') && !text.endsWith('.') && !text.endsWith('.lock');
}

/**
 * True for what a package may be called within its kind: any name but `v` and a version. The tags of such a package would
 * lie below a ref that is the tag of a release itself: package `roles/v1.0.0` beside version 1.0.0 of `roles`.
 */
export function isPackageName(text: string): boolean {
  return isName(text) && !(text.startsWith('v') && isVersion(text.slice(1)));
}

/** True when the text is `name` or `kind/name`, as {@link isPackageName} and {@link isName} have it. */
export function isPackageId(text: string): boolean {
  const parts = text.split('/');
  return parts.length <= 2 && parts.every(isName) && isPackageName(parts.at(-1) ?? '');
}

/** The id of a package of `kind`, given the layout's default kind. */
export function packageIdOf(kind: string, name: string, defaultKind: string): PackageId {
  return kind === defaultKind ? name : `${kind}/${name}`;
}

/** Kind and name of a package id, given the layout's default kind. */
export function splitPackageId(id: PackageId, defaultKind: string): { readonly kind: string; readonly name: string } {
  const slash = id.indexOf('/');
  return slash < 0 ? { kind: defaultKind, name: id } : { kind: id.slice(0, slash), name: id.slice(slash + 1) };
}

/** The one spelling of a package id: without its kind where that is the layout's default one. */
export function canonicalPackageId(id: PackageId, defaultKind: string): PackageId {
  const { kind, name } = splitPackageId(id, defaultKind);
  return packageIdOf(kind, name, defaultKind);
}

/** Names a release among those of all packages, as `PACKAGE VERSION`: neither part holds a space. */
export function releaseKey(id: PackageId, version: Version): string {
  return `${id} ${version}`;
}

/** The branch of a draft as people fetch it, without `refs/heads/`. */
export function draftBranchName(draft: string): string {
  return `draft/${draft}`;
}

/** Order of package ids wherever a stored list is sorted: by UTF-16 code units, never by locale. */
export function comparePackageIds(a: PackageId, b: PackageId): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
