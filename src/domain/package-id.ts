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

/** True when the text is `name` or `kind/name`, each part fitting {@link isName}. */
export function isPackageId(text: string): boolean {
  const parts = text.split('/');
  return parts.length <= 2 && parts.every(isName);
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

/** Order of package ids wherever a stored list is sorted: by UTF-16 code units, never by locale. */
export function comparePackageIds(a: PackageId, b: PackageId): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
