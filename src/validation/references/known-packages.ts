import { type PackageId, packageIdOf, splitPackageId, type Version } from '../../domain';
import { type PlannedMap } from '../validation-engine';
import { type Family } from './reference-form';

/**
 * The kind that a family means, and the words by which it is known where a layout calls that kind something else
 * (`role_prompts`, `operations`).
 */
const KINDS: Readonly<Record<Family, { readonly kind: string; readonly words: readonly string[] }>> = {
  role: { kind: 'roles', words: ['role'] },
  template: { kind: 'templates', words: ['template'] },
  task: { kind: 'tasks', words: ['task'] },
  pgc: { kind: 'pgc', words: ['pgc'] },
  schema: { kind: 'schemas', words: ['schema'] },
  op: { kind: 'mechanical_ops', words: ['op', 'operation'] },
  mech: { kind: 'mechanical_ops', words: ['op', 'operation'] },
  dcw: { kind: 'workflows', words: ['workflow', 'dcw'] },
  pow: { kind: 'workflows', words: ['workflow', 'pow'] },
  workflow: { kind: 'workflows', words: ['workflow', 'dcw', 'pow'] },
};

/** True when packages of a kind are what a family refers to. */
export function isKindOf(kind: string, family: Family): boolean {
  return kind === KINDS[family].kind || wordsOf(kind).some((word) => KINDS[family].words.includes(singular(word)));
}

/**
 * The package ids a reference may mean, the usual one first. Where no package is of the usual kind, kinds with another
 * name for it; a schema is also met by the package of the default kind that carries it.
 */
export function packageIdsOf(map: PlannedMap, family: Family, name: string): readonly PackageId[] {
  const usual = KINDS[family].kind;
  const { kinds } = knownPackages(map);
  const others = kinds.has(usual) ? [] : [...kinds].filter((kind) => isKindOf(kind, family));
  const carriers = family === 'schema' ? [map.defaultKind] : [];
  const meant = others.length > 0 ? others : [usual];
  return [...new Set([...meant, ...carriers].map((kind) => packageIdOf(kind, name, map.defaultKind)))];
}

/** True when a package of any kind that a family may mean is known. */
export function hasKindOf(map: PlannedMap, family: Family): boolean {
  return [...knownPackages(map).kinds].some((kind) => isKindOf(kind, family));
}

/** Versions that are staged, released, superseded, adopted, or active on the planned map; the highest last. */
export function stagedVersions(map: PlannedMap, id: PackageId): readonly Version[] {
  const released = versionsIn(map.releases, id);
  const active = activeVersion(map, id);
  return active === null || released.includes(active) ? released : [...released, active];
}

/** Versions that are committed and not staged. */
export function committedVersions(map: PlannedMap, id: PackageId): readonly Version[] {
  return versionsIn(map.committed, id);
}

/** The version that the planned map has active; null when none is. */
export function activeVersion(map: PlannedMap, id: PackageId): Version | null {
  return Object.hasOwn(map.active, id) ? (map.active[id]?.version ?? null) : null;
}

/** Ids of the packages of some kinds that have the words of a name, in whatever order and with whatever separators. */
export function packagesWithWords(
  map: PlannedMap,
  kinds: (kind: string) => boolean,
  name: string,
): readonly PackageId[] {
  const words = sortedWords(name);
  return (knownPackages(map).byWords.get(words) ?? []).filter((id) => kinds(splitPackageId(id, map.defaultKind).kind));
}

/** Every package of which there is a version, committed ones included. */
export function isKnownPackage(map: PlannedMap, id: PackageId): boolean {
  return knownPackages(map).ids.has(id);
}

interface KnownPackages {
  readonly ids: ReadonlySet<PackageId>;
  readonly kinds: ReadonlySet<string>;
  readonly byWords: ReadonlyMap<string, readonly PackageId[]>;
}

const knownOf = new WeakMap<PlannedMap, KnownPackages>();

function knownPackages(map: PlannedMap): KnownPackages {
  const known = knownOf.get(map);
  if (known !== undefined) return known;
  const ids = new Set([...Object.keys(map.active), ...Object.keys(map.releases), ...Object.keys(map.committed)].sort());
  const kinds = new Set<string>();
  const byWords = new Map<string, PackageId[]>();
  for (const id of ids) {
    const { kind, name } = splitPackageId(id, map.defaultKind);
    kinds.add(kind);
    const words = sortedWords(name);
    const same = byWords.get(words);
    if (same === undefined) byWords.set(words, [id]);
    else same.push(id);
  }
  const found = { ids, kinds, byWords };
  knownOf.set(map, found);
  return found;
}

function sortedWords(name: string): string {
  return wordsOf(name).sort().join(' ');
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function singular(word: string): string {
  return word.replace(/s$/, '');
}

function versionsIn(table: PlannedMap['releases'], id: PackageId): readonly Version[] {
  return Object.hasOwn(table, id) ? (table[id] ?? []) : [];
}
