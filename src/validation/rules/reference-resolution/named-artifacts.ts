import { entryOf, nodeAt, type ScalarNode, type SourceNode } from '../../content/source-node';
import { parseReference } from '../../references/reference-form';

/** A file that a manifest names, as written. */
export interface NamedArtifact {
  readonly node: ScalarNode & { readonly value: string };
  /** Release-relative path; null when it is no path inside the release. */
  readonly path: string | null;
  /** Tests may name a directory of cases. */
  readonly mayBeDirectory: boolean;
}

/** Every path under `artifacts`, `tests.fixtures` and `tests.golden_traces`. Explicit null means none; a reference is no path. */
export function* namedArtifacts(manifest: SourceNode): Generator<NamedArtifact> {
  for (const { node, mayBeDirectory } of artifactNodes(manifest))
    if (isText(node) && parseReference(node.value) === null)
      yield { node, path: releasePath(node.value), mayBeDirectory };
}

/** The nodes where a manifest names artifacts, whatever they hold. */
export function* artifactNodes(
  manifest: SourceNode,
): Generator<{ readonly node: SourceNode; readonly mayBeDirectory: boolean }> {
  const artifacts = entryOf(manifest, 'artifacts')?.value;
  if (artifacts?.type === 'map')
    for (const { value } of artifacts.entries) for (const node of itemsOf(value)) yield { node, mayBeDirectory: false };
  for (const list of ['fixtures', 'golden_traces']) {
    const tests = nodeAt(manifest, 'tests', list);
    if (tests !== undefined) for (const node of itemsOf(tests)) yield { node, mayBeDirectory: true };
  }
}

/** A path inside the release in its one spelling; null when it is absolute, leaves the release or is none. */
export function releasePath(written: string): string | null {
  if (/[\\\p{Cc}]/u.test(written) || written.startsWith('/') || /^[a-z]:/i.test(written)) return null;
  const parts = written
    .split('/')
    .filter((part, index, all) => part !== '.' && (part !== '' || index < all.length - 1));
  return parts.length === 0 || parts.some((part) => part === '' || part === '..') ? null : parts.join('/');
}

function itemsOf(node: SourceNode): readonly SourceNode[] {
  return node.type === 'list' ? node.items : [node];
}

function isText(node: SourceNode): node is ScalarNode & { readonly value: string } {
  return node.type === 'scalar' && typeof node.value === 'string';
}
