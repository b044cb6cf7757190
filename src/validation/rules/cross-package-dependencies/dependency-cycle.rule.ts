import { type PackageId } from '../../../domain';
import { type PlannedMap } from '../../validation-engine';
import { atNode } from '../finding';
import { type Rule } from '../rule';
import { requiredInputs } from './required-inputs';

export const rule: Rule = {
  id: 'dependency-cycle',
  version: 2,
  check: 'CROSS_PACKAGE_DEPENDENCIES',
  severity: 'ERROR',
  description: 'A package requires, through others, itself.',
  *run(context) {
    for (const { id, node } of requiredInputs(context)) {
      if (id === context.package || context.manifest === null) continue;
      const way = shortestWay(context.map, id, context.package);
      if (way !== null)
        yield atNode(
          context.manifest.file,
          node,
          `Break the cycle: ${[context.package, ...way].map((step) => `\`${step}\``).join(' requires ')}.`,
        );
    }
  },
};

/** Package ids from `from` to `to` along what is required in the map, both included; null when there is no way. */
function shortestWay(map: PlannedMap, from: PackageId, to: PackageId): readonly PackageId[] | null {
  const reachedFrom = new Map<PackageId, PackageId | null>([[from, null]]);
  // A map keeps its order and takes new members while it is walked: breadth first.
  for (const id of reachedFrom.keys()) {
    if (id === to) return wayTo(id, reachedFrom);
    const requires = Object.hasOwn(map.active, id) ? (map.active[id]?.requires ?? []) : [];
    for (const next of requires) if (!reachedFrom.has(next)) reachedFrom.set(next, id);
  }
  return null;
}

function wayTo(id: PackageId, reachedFrom: ReadonlyMap<PackageId, PackageId | null>): readonly PackageId[] {
  const way: PackageId[] = [];
  for (let at: PackageId | null = id; at !== null; at = reachedFrom.get(at) ?? null) way.unshift(at);
  return way;
}
