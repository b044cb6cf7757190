import { DEFAULT_LAYOUT, isName, type KindLayout, type Layout } from '../../domain';
import { pointerSections } from '../pointer-file/read-pointer-file';
import { type ListedEntry } from '../trees/list-entries';
import { findReleases } from './find-releases';
import { LayoutUndecidable } from './layout.errors';
import { parseLayout } from './parse-layout';

const RELEASES = '{id}/releases/{version}';
const RELEASE_DIRECTORY = /^(?:(.+)\/)?([^/]+)\/releases\/([^/]+)$/;
const MANIFEST = { file: 'package.yaml', id: 'doc_type_id', version: 'version' } as const;

/** What a layout is found from. */
export interface LayoutEvidence {
  /** Listing of the adopted tree, directories included. */
  readonly entries: readonly ListedEntry[];
  /** Content of `_active/active_releases.json` in that tree; null when there is none. */
  readonly pointerFile: Uint8Array | null;
  /** Value of `layout:` in the tree's `slipway.yaml`; undefined when it says nothing. */
  readonly declared?: unknown;
  /** A layout file given by the operator; undefined when there is none. */
  readonly given?: unknown;
}

/**
 * The layout of a repository: what `slipway.yaml` says, else the given one, else what the pointer file and the directories show.
 * @throws LayoutInvalid, LayoutUndecidable, PointerFileUnreadable
 */
export function detectLayout({ entries, pointerFile, declared, given }: LayoutEvidence): Layout {
  if (declared !== undefined) return parseLayout(declared);
  if (given !== undefined) return parseLayout(given);
  const sections = pointerFile === null ? null : pointerSections(pointerFile);
  const named = sections?.filter(({ section }) => isName(section)) ?? [];
  const [first] = named;
  if (first === undefined) return DEFAULT_LAYOUT;

  const prefixes = releasePrefixes(entries);
  const kinds = named.map(({ section, entries: active }): readonly [string, KindLayout] => {
    const path = pattern(prefixOf(section, active, prefixes));
    return [section, { path, manifest: everyReleaseHasManifest(section, path, entries) ? MANIFEST : null }];
  });
  const pointer = { path: DEFAULT_LAYOUT.pointer.path, form: 'sectioned' } as const;
  const defaultKind = kinds.some(([kind]) => kind === 'document_types') ? 'document_types' : first.section;
  return parseLayout({ defaultKind, kinds: Object.fromEntries(kinds), pointer });
}

/** Prefix -> the `id/version` pairs that have a release directory under it. */
type Prefixes = ReadonlyMap<string, ReadonlySet<string>>;

function releasePrefixes(entries: readonly ListedEntry[]): Prefixes {
  const prefixes = new Map<string, Set<string>>();
  for (const { path, mode } of entries) {
    const match = mode === '040000' ? RELEASE_DIRECTORY.exec(path) : null;
    if (match === null) continue;
    const [, prefix = '', id = '', version = ''] = match;
    const under = prefixes.get(prefix) ?? new Set();
    prefixes.set(prefix, under.add(`${id}/${version}`));
  }
  return prefixes;
}

function prefixOf(section: string, active: readonly (readonly [string, string])[], prefixes: Prefixes): string {
  const wanted = active.map(([id, version]) => `${id}/${version}`);
  const counted = wanted.filter((release) => [...prefixes.values()].some((under) => under.has(release)));
  const candidates = [...prefixes].filter(([, under]) => counted.every((r) => under.has(r))).map(([prefix]) => prefix);
  const named = candidates.filter((prefix) => prefix.split('/').at(-1) === section);
  if (counted.length === 0 && named.length === 0) return section;
  const possible = named.length > 0 ? named : candidates;
  const [only] = possible;
  if (only === undefined || possible.length > 1) throw new LayoutUndecidable(section, possible.map(pattern).sort());
  return only;
}

function pattern(prefix: string): string {
  return prefix === '' ? RELEASES : `${prefix}/${RELEASES}`;
}

function everyReleaseHasManifest(kind: string, path: string, entries: readonly ListedEntry[]): boolean {
  const { releases } = findReleases(entries, { defaultKind: kind, kinds: { [kind]: { path, manifest: null } } });
  const files = new Set(entries.filter((entry) => entry.mode !== '040000').map((entry) => entry.path));
  return releases.length > 0 && releases.every((release) => files.has(`${release.path}/${MANIFEST.file}`));
}
