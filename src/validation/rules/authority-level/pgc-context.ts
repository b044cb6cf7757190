import { type PackageId, packageIdOf } from '../../../domain';
import { entryOf, nodeAt, type SourceNode, textOf } from '../../content/source-node';
import { type PlannedMap } from '../../validation-engine';
import { isDocumentTypeManifest } from '../reference-resolution/manifest-keys';
import { releasePath } from '../reference-resolution/named-artifacts';
import { parseUrn } from '../reference-resolution/package-urn';
import { type Manifest, type RuleContext } from '../rule';

const NEED_CONTEXT = ['descriptive', 'prescriptive'];
const KIND = 'pgc';

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

/** What `artifacts.pgc_context` names counts when it is there; which version of a package a URN names is not asked here. */
export function pgcContextOf({ files, map, name }: RuleContext, { root }: Manifest): PgcContext {
  const written = textOf(pgcNode(root)) ?? '';
  const urn = parseUrn(written);
  const isThere =
    urn === null
      ? files.some(({ path }) => path === releasePath(written))
      : urn !== 'malformed' && urn.kind === KIND && isKnown(map, packageIdOf(KIND, urn.name, map.defaultKind));
  if (isThere) return { from: 'manifest' };
  const id = packageIdOf(KIND, `${name}.v1`, map.defaultKind);
  return isKnown(map, id) ? { from: 'package', id, isActive: Object.hasOwn(map.active, id) } : { from: 'nowhere' };
}

/** The value of `artifacts.pgc_context`, null included; undefined when the key is absent. */
export function pgcNode(manifest: SourceNode): SourceNode | undefined {
  return nodeAt(manifest, 'artifacts', 'pgc_context');
}

/** True when the map knows any package of the kind: a repository may be laid out without it. */
export function hasPgcPackages({ active, releases, defaultKind }: PlannedMap): boolean {
  return (
    defaultKind === KIND || [active, releases].some((ids) => Object.keys(ids).some((id) => id.startsWith(`${KIND}/`)))
  );
}

function isKnown({ active, releases }: PlannedMap, id: PackageId): boolean {
  return Object.hasOwn(active, id) || (Object.hasOwn(releases, id) && (releases[id] ?? []).length > 0);
}
