import {
  canonicalPackageId,
  comparePackageIds,
  type Layout,
  type ManifestLayout,
  type PackageId,
  releaseKey,
  SLIPWAY_FILE,
  type Version,
} from '../../domain';
import {
  detectLayout,
  EMPTY_POINTER_FILE,
  findReleases,
  type FoundRelease,
  type GitObjects,
  kindLayout,
  listEntries,
  type NotAdopted,
  readFileAt,
  readPointerFile,
  withEntry,
} from '../../git';
import { type PolicyFaults, type ValidationEngine } from '../../validation';
import { type AdoptionSource } from './plan-adoption';

/** Where the pointer file is unless a layout says otherwise. */
export const DEFAULT_POINTER = '_active/active_releases.json';

/** The source, and what of it was not taken over and why. */
export interface SourceReading extends AdoptionSource {
  /** Bytes of its `slipway.yaml`; null where there is none. */
  readonly policy: Uint8Array | null;
  readonly notAdopted: readonly NotAdopted[];
  /** Keys of the pointer file that name no release. */
  readonly ignoredPointerKeys: readonly string[];
  /** False when there is no file at the layout's place of the pointer: then nothing is active. */
  readonly hasPointerFile: boolean;
  /** Manifests of adopted releases that say nothing, not even what their release requires. */
  readonly unreadableManifests: readonly UnreadableManifest[];
}

/** Entries of the pointer file that name a release which has no directory. */
export function danglingEntries({
  pointer,
  releases,
}: Pick<SourceReading, 'pointer' | 'releases'>): readonly (readonly [PackageId, Version])[] {
  const present = new Set(releases.map((release) => releaseKey(release.package, release.version)));
  return [...pointer].filter(([id, version]) => !present.has(releaseKey(id, version)));
}

/** `path` is relative to the repository root; `line` counts from 1, null when it is the file as a whole. */
export interface UnreadableManifest {
  readonly path: string;
  readonly line: number | null;
  readonly why: string;
}

/** The layout file of a repository is no YAML or holds no layout. */
export class LayoutFileUnreadable extends Error {
  override readonly name = 'LayoutFileUnreadable';

  /** `line` counts from 1; null when it is the file as a whole. */
  constructor(
    readonly line: number | null,
    readonly why: string,
  ) {
    super(`${SLIPWAY_FILE}${line === null ? '' : `:${String(line)}`}: ${why}`);
  }
}

/** The guardrails of a repository cannot be read: adopted like that, nothing could ever be staged. */
export class PolicyUnreadable extends Error {
  override readonly name = 'PolicyUnreadable';

  constructor(readonly faults: PolicyFaults) {
    const lines = faults.map(
      ({ line, message }) => `${SLIPWAY_FILE}${line === null ? '' : `:${String(line)}`}: ${message}`,
    );
    super(`Correct the guardrails in the source, and commit them. ${lines.join(' ')}`);
  }
}

/**
 * Reads what a commit's tree holds: layout, releases, pointer.
 * @throws LayoutFileUnreadable, PolicyUnreadable, LayoutInvalid, LayoutUndecidable, PointerFileUnreadable; UnsupportedTreeEntry and
 *   UnsafeTreeEntry when layout or pointer file are no files, or the pointer file has no place.
 */
export async function readSource(
  dependencies: { readonly objects: GitObjects; readonly validation: ValidationEngine },
  commit: string,
  given: unknown,
): Promise<SourceReading> {
  const { objects, validation } = dependencies;
  const { tree } = await objects.readCommit(commit);
  const entries = await listEntries(objects, tree);
  const slipwayFile = await readFileAt(objects, tree, SLIPWAY_FILE);
  const declared = slipwayFile === null ? undefined : await declaredLayout(validation, slipwayFile);
  if (slipwayFile !== null) await requirePolicy(validation, slipwayFile);
  const written = declared !== undefined || given !== undefined;
  const layout = detectLayout({
    entries,
    // A layout that was written down says itself where the pointer is.
    pointerFile: written ? null : await readFileAt(objects, tree, DEFAULT_POINTER),
    declared,
    given,
  });
  const { releases, notAdopted } = findReleases(entries, layout);
  const pointerFile = await readFileAt(objects, tree, layout.pointer.path);
  if (pointerFile === null) await requirePlace(objects, tree, layout.pointer.path);
  const pointer =
    pointerFile === null ? { entries: new Map<string, string>(), ignored: [] } : readPointerFile(pointerFile, layout);
  return {
    commit,
    layout,
    policy: slipwayFile,
    ...(await withManifests({ objects, validation }, layout, releases)),
    pointer: pointer.entries,
    notAdopted,
    ignoredPointerKeys: pointer.ignored,
    hasPointerFile: pointerFile !== null,
  };
}

async function declaredLayout(validation: ValidationEngine, bytes: Uint8Array): Promise<unknown> {
  const parsed = await validation.readYaml(bytes);
  if (!parsed.ok) throw new LayoutFileUnreadable(parsed.line, parsed.message);
  const { value } = parsed;
  return typeof value === 'object' && value !== null && 'layout' in value ? value.layout : undefined;
}

async function requirePolicy(validation: ValidationEngine, bytes: Uint8Array): Promise<void> {
  const faults = await validation.faultsOfPolicy(bytes);
  if (faults.length > 0) throw new PolicyUnreadable(faults);
}

async function withManifests(
  { objects, validation }: { readonly objects: GitObjects; readonly validation: ValidationEngine },
  layout: Layout,
  releases: readonly FoundRelease[],
): Promise<Pick<SourceReading, 'releases' | 'unreadableManifests'>> {
  const manifests: { index: number; path: string; bytes: Uint8Array; layout: ManifestLayout }[] = [];
  for (const [index, release] of releases.entries()) {
    const manifest = kindLayout(layout, release.kind)?.manifest ?? null;
    const bytes = manifest === null ? null : await readFileAt(objects, release.tree, manifest.file);
    if (manifest !== null && bytes !== null)
      manifests.push({ index, path: `${release.path}/${manifest.file}`, bytes, layout: manifest });
  }
  const facts = await validation.readManifests(
    manifests.map(({ bytes, layout: manifest }) => ({ bytes, layout: manifest })),
  );
  const byIndex = new Map(manifests.map(({ index }, at) => [index, facts[at]]));
  const adopted = releases.map(({ package: id, version, tree }, index) => {
    const { displayName = null, requires = [] } = byIndex.get(index) ?? {};
    // An adopted manifest cannot be corrected: `document_types/x` in it means `x`.
    const ids = new Set(requires.map((required) => canonicalPackageId(required, layout.defaultKind)));
    return { package: id, version, tree, displayName, requires: [...ids].sort(comparePackageIds) };
  });
  const unreadableManifests = manifests.flatMap(({ path }, at) => {
    const fault = facts[at]?.unreadable ?? null;
    return fault === null ? [] : [{ path, ...fault }];
  });
  return { releases: adopted, unreadableManifests };
}

/** The first move of the pointer writes the file: what would forbid that is told before anything is adopted. */
async function requirePlace(objects: GitObjects, tree: string, path: string): Promise<void> {
  await withEntry(objects, tree, path, { mode: '100644', oid: await objects.writeBlob(EMPTY_POINTER_FILE) });
}
