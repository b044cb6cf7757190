import { type PackageId } from '../../../domain';
import { type PlannedMap } from '../../validation-engine';
import { atNode } from '../finding';
import { type Rule } from '../rule';
import { requiredInputs } from './required-inputs';

export const rule: Rule = {
  id: 'dependency-cycle',
  version: 3,
  check: 'CROSS_PACKAGE_DEPENDENCIES',
  severity: 'ERROR',
  description: 'A package requires, through others, itself.',
  *run(context) {
    const { manifest, map, package: own } = context;
    if (manifest === null) return;
    const next = stepsTowards(own, map);
    for (const { id, node } of requiredInputs(context)) {
      if (id === own || !next.has(id)) continue;
      const way = [own, ...wayFrom(id, next)].map((step) => `\`${step}\``).join(' requires ');
      yield atNode(manifest.file, node, `Break the cycle: ${way}.`);
    }
  },
};

/**
 * For each package from which the map leads to `target`: the next one on a shortest way there, null for the target itself.
 * One walk from the target backwards, however many packages require it.
 */
function stepsTowards(target: PackageId, { active }: PlannedMap): ReadonlyMap<PackageId, PackageId | null> {
  const requiredBy = new Map<PackageId, PackageId[]>();
  for (const id of Object.keys(active).sort(byCodeUnit))
    for (const required of active[id]?.requires ?? []) {
      const others = requiredBy.get(required);
      if (others === undefined) requiredBy.set(required, [id]);
      else others.push(id);
    }
  const next = new Map<PackageId, PackageId | null>([[target, null]]);
  // A map keeps its order and takes new members while it is walked: breadth first.
  for (const id of next.keys())
    for (const before of requiredBy.get(id) ?? []) if (!next.has(before)) next.set(before, id);
  return next;
}

/** More than that is not read: the message is cut anyway. */
const LONGEST_WAY = 50;

function wayFrom(from: PackageId, next: ReadonlyMap<PackageId, PackageId | null>): readonly PackageId[] {
  const way: PackageId[] = [];
  for (let at: PackageId | null = from; at !== null; at = next.get(at) ?? null) {
    if (way.length === LONGEST_WAY) return [...way, '…'];
    way.push(at);
  }
  return way;
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : 1;
}
