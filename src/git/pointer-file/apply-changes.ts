import { type Layout, type PointerChange, splitPackageId, type Version } from '../../domain';
import { type OrderedEntry, printOrderedJson, readOrderedJson, stringValue } from './ordered-json';
import { PointerFileUnreadable } from './pointer-file.errors';
import { rootEntries } from './read-pointer-file';

/**
 * The pointer file after a move: changes applied in the order given, new entries last in their section (a missing
 * section is created last), removed ones gone, everything else and its order kept; two-space JSON, final newline.
 *
 * Part of form 1 of a commit: these bytes never change for the same input.
 * @throws PointerFileUnreadable
 */
export function applyChanges(
  bytes: Uint8Array,
  changes: readonly Pick<PointerChange, 'package' | 'toVersion'>[],
  layout: Pick<Layout, 'defaultKind' | 'pointer'>,
): Uint8Array {
  let entries = rootEntries(readOrderedJson(bytes));
  for (const change of changes) {
    entries =
      layout.pointer.form === 'flat'
        ? withVersion(entries, change.package, change.toVersion)
        : inSection(entries, splitPackageId(change.package, layout.defaultKind), change.toVersion);
  }
  return printOrderedJson({ kind: 'object', entries });
}

function inSection(
  entries: readonly OrderedEntry[],
  { kind, name }: { readonly kind: string; readonly name: string },
  version: Version | null,
): readonly OrderedEntry[] {
  const section = entries.find((entry) => entry.key === kind);
  if (section === undefined) {
    if (version === null) return entries;
    return [...entries, { key: kind, value: { kind: 'object', entries: withVersion([], name, version) } }];
  }
  if (section.value.kind !== 'object') throw new PointerFileUnreadable(`${JSON.stringify(kind)} must be an object.`);
  const value = { kind: 'object', entries: withVersion(section.value.entries, name, version) } as const;
  return entries.map((entry) => (entry === section ? { key: kind, value } : entry));
}

function withVersion(entries: readonly OrderedEntry[], key: string, version: Version | null): readonly OrderedEntry[] {
  if (version === null) return entries.filter((entry) => entry.key !== key);
  const next = { key, value: stringValue(version) };
  return entries.some((entry) => entry.key === key)
    ? entries.map((entry) => (entry.key === key ? next : entry))
    : [...entries, next];
}
