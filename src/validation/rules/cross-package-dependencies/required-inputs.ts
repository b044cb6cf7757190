import { canonicalPackageId, isPackageId } from '../../../domain';
import { entryOf, type SourceNode } from '../../content/source-node';
import { type PlannedMap } from '../../validation-engine';
import { type RuleContext } from '../rule';

/** Entries of `required_inputs` that are package ids, with the place they are written at. */
export function requiredInputs({
  manifest,
  map,
}: RuleContext): readonly { readonly id: string; readonly node: SourceNode }[] {
  return requiredInputNodes(manifest?.root).flatMap((node) => {
    const id = packageIdAt(node, map);
    return id === null ? [] : [{ id, node }];
  });
}

/** All entries of `required_inputs`, whatever they hold. */
export function requiredInputNodes(manifest: SourceNode | undefined): readonly SourceNode[] {
  const list = entryOf(manifest, 'required_inputs')?.value;
  return list?.type === 'list' ? list.items : [];
}

/** The package id a node holds; null when it holds none, or one that is written in another way than its own. */
export function packageIdAt(node: SourceNode, { defaultKind }: Pick<PlannedMap, 'defaultKind'>): string | null {
  if (node.type !== 'scalar' || typeof node.value !== 'string' || !isPackageId(node.value)) return null;
  return canonicalPackageId(node.value, defaultKind) === node.value ? node.value : null;
}

export function isActive(map: PlannedMap, id: string): boolean {
  return Object.hasOwn(map.active, id);
}

/** True when a release of the package is staged, released, superseded or adopted. */
export function isReleased(map: PlannedMap, id: string): boolean {
  return Object.hasOwn(map.releases, id) && (map.releases[id] ?? []).length > 0;
}
