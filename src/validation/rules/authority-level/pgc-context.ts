import { type PackageId } from '../../../domain';
import { entryOf, nodeAt, type SourceNode, textOf } from '../../content/source-node';
import { activeVersion, hasKindOf, packageIdsOf, stagedVersions } from '../../references/known-packages';
import { parseReference } from '../../references/reference-form';
import { type PlannedMap } from '../../validation-engine';
import { isDocumentTypeManifest } from '../reference-resolution/manifest-keys';
import { releasePath } from '../reference-resolution/named-artifacts';
import { type Manifest, type RuleContext } from '../rule';

const NEED_CONTEXT = ['descriptive', 'prescriptive'];

/** Where the context of a release comes from: what the manifest names, the package that bears its name, or nowhere. */
export type PgcContext =
  | { readonly from: 'manifest' | 'nowhere' }
  | { readonly from: 'package'; readonly id: PackageId; readonly isActive: boolean };

/** The manifest of a document that is generated and speaks with authority: it has to say what was asked before. */
export function manifestInNeed({ manifest, manifestLayout }: RuleContext): Manifest | null {
  if (manifest === null || manifestLayout === null || !isDocumentTypeManifest(manifestLayout)) return null;
  const level = textOf(entryOf(manifest.root, 'authority_level')?.value) ?? '';
  const mode = textOf(entryOf(manifest.root, 'creation_mode')?.value);
  return NEED_CONTEXT.includes(level) && mode === 'llm_generated' ? manifest : null;
}

/** What `artifacts.pgc_context` names counts when it is there; which version of a package is referred to is not asked here. */
export function pgcContextOf({ files, map, name }: RuleContext, { root }: Manifest): PgcContext {
  const written = textOf(pgcNode(root)) ?? '';
  const reference = parseReference(written);
  const isThere =
    reference === null
      ? files.some(({ path }) => path === releasePath(written))
      : reference !== 'malformed' && reference.family === 'pgc' && packageOf(map, reference.name) !== null;
  if (isThere) return { from: 'manifest' };
  const id = packageOf(map, `${name}.v1`);
  return id === null ? { from: 'nowhere' } : { from: 'package', id, isActive: activeVersion(map, id) !== null };
}

/** The value of `artifacts.pgc_context`, null included; undefined when the key is absent. */
export function pgcNode(manifest: SourceNode): SourceNode | undefined {
  return nodeAt(manifest, 'artifacts', 'pgc_context');
}

/** True when the map knows any package of the kind: a repository may be laid out without it. */
export function hasPgcPackages(map: PlannedMap): boolean {
  return hasKindOf(map, 'pgc');
}

/** The PGC package of a name that has a release; null when there is none. */
function packageOf(map: PlannedMap, name: string): PackageId | null {
  return packageIdsOf(map, 'pgc', name).find((id) => stagedVersions(map, id).length > 0) ?? null;
}
