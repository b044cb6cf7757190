import {
  canonicalPackageId,
  isPackageId,
  isPackageName,
  isVersion,
  type Layout,
  type PackageId,
  packageIdOf,
  type Version,
} from '../../domain';
import { kindLayout } from '../layout/kind-layout';
import { type OrderedEntry, type OrderedJson, readOrderedJson } from './ordered-json';
import { PointerFileUnreadable } from './pointer-file.errors';

/** What production reads, as the flat map of the API. */
export interface PointerMap {
  /** Package id -> active version, in the order of the file. */
  readonly entries: ReadonlyMap<PackageId, Version>;
  /** Keys (`key`, or `section/key`) that survive a rewrite but name no release: unknown sections, ids or versions out of grammar, notes. */
  readonly ignored: readonly string[];
}

/** Content of a pointer file that names nothing. */
export const EMPTY_POINTER_FILE: Uint8Array = new TextEncoder().encode('{}\n');

/**
 * The map a pointer file holds, in either form of the layout.
 * @throws PointerFileUnreadable
 */
export function readPointerFile(
  bytes: Uint8Array,
  layout: Pick<Layout, 'defaultKind' | 'kinds' | 'pointer'>,
): PointerMap {
  const map = new Map<PackageId, Version>();
  const ignored: string[] = [];
  const take = (label: string, id: PackageId | null, value: OrderedJson): void => {
    const version = value.kind === 'scalar' ? value.text : null;
    if (id !== null && version !== null && isVersion(version)) map.set(id, version);
    else ignored.push(label);
  };
  for (const { key, value } of rootEntries(readOrderedJson(bytes))) {
    if (layout.pointer.form === 'flat') {
      const canonical = isPackageId(key) && canonicalPackageId(key, layout.defaultKind) === key;
      take(key, canonical ? key : null, value);
    } else if (kindLayout(layout, key) === null || value.kind !== 'object') {
      ignored.push(key);
    } else {
      for (const entry of value.entries) {
        const id = isPackageName(entry.key) ? packageIdOf(key, entry.key, layout.defaultKind) : null;
        take(`${key}/${entry.key}`, id, entry.value);
      }
    }
  }
  return { entries: map, ignored };
}

/**
 * Sections of a pointer file (top-level objects) with their string entries; null where the file is flat.
 * @throws PointerFileUnreadable
 */
export function pointerSections(
  bytes: Uint8Array,
): readonly { readonly section: string; readonly entries: readonly (readonly [string, string])[] }[] | null {
  const sections = rootEntries(readOrderedJson(bytes)).flatMap(({ key, value }) => {
    if (key === '$schema' || key === '_comment' || value.kind !== 'object') return [];
    const entries = value.entries.flatMap((entry) =>
      entry.value.kind === 'scalar' && entry.value.text !== null ? [[entry.key, entry.value.text] as const] : [],
    );
    return [{ section: key, entries }];
  });
  return sections.length === 0 ? null : sections;
}

/** Entries of the top-level object. @throws PointerFileUnreadable when it is something else. */
export function rootEntries(json: OrderedJson): readonly OrderedEntry[] {
  if (json.kind !== 'object') throw new PointerFileUnreadable('it must be a JSON object.');
  return json.entries;
}
