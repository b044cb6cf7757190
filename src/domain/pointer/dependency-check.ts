import { type PackageId } from '../package-id';

/** The dependency graph of a pointer map: active package -> packages it requires. */
export type DependencyGraph = ReadonlyMap<PackageId, { readonly requires: readonly PackageId[] }>;

/** An active package requires one that is not active. */
export interface MissingDependency {
  readonly kind: 'missing';
  readonly package: PackageId;
  readonly requires: PackageId;
}

/** Active packages require each other in a circle; the smallest id first. */
export interface DependencyCycle {
  readonly kind: 'cycle';
  readonly packages: readonly PackageId[];
}

export type DependencyViolation = MissingDependency | DependencyCycle;

/** Everything that is wrong with a map, in a stable order. */
export function dependencyViolations(graph: DependencyGraph): readonly DependencyViolation[] {
  const missing: MissingDependency[] = [];
  for (const id of [...graph.keys()].sort()) {
    for (const requires of new Set(graph.get(id)?.requires)) {
      if (!graph.has(requires)) missing.push({ kind: 'missing', package: id, requires });
    }
  }
  return [...missing, ...cycles(graph)];
}

/** The packages a violation is about. */
export function violationMembers(violation: DependencyViolation): readonly PackageId[] {
  return violation.kind === 'missing' ? [violation.package, violation.requires] : violation.packages;
}

/**
 * What is wrong with a planned map, parted by whether it stands against the move. A violation blocks when it is about a
 * changed package; one that is about none is inherited: all that it rests on stands in today's map too.
 */
export function judgeDependencies(
  planned: DependencyGraph,
  changed: { has(id: PackageId): boolean },
): { readonly blocking: readonly DependencyViolation[]; readonly inherited: readonly DependencyViolation[] } {
  const blocking: DependencyViolation[] = [];
  const inherited: DependencyViolation[] = [];
  for (const violation of dependencyViolations(planned)) {
    const touched = violationMembers(violation).some((id) => changed.has(id));
    (touched ? blocking : inherited).push(violation);
  }
  return { blocking, inherited };
}

/**
 * A shortest way round a circle: each package requires the next one, the last one `through`, which comes first. Empty
 * where `through` does not lie on a circle of `members`.
 */
export function shortestCircle(
  graph: DependencyGraph,
  through: PackageId,
  members: readonly PackageId[],
): readonly PackageId[] {
  const within = new Set(members);
  const reachedFrom = new Map<PackageId, PackageId | null>([[through, null]]);
  // A map keeps its order and takes new members while it is walked: breadth first.
  for (const id of reachedFrom.keys()) {
    for (const next of graph.get(id)?.requires ?? []) {
      if (next === through) return wayTo(id, reachedFrom);
      if (within.has(next) && !reachedFrom.has(next)) reachedFrom.set(next, id);
    }
  }
  return [];
}

/** Packages that require one of `ids`, directly or through others, without `ids` themselves; sorted. */
export function dependantsOf(graph: DependencyGraph, ids: Iterable<PackageId>): readonly PackageId[] {
  const requiredBy = new Map<PackageId, PackageId[]>();
  for (const [id, { requires }] of graph) {
    for (const required of requires) {
      const dependants = requiredBy.get(required);
      if (dependants === undefined) requiredBy.set(required, [id]);
      else dependants.push(id);
    }
  }
  const roots = new Set(ids);
  const reached = new Set(roots);
  // A set, as a map above, takes new members while it is walked.
  for (const id of reached) for (const dependant of requiredBy.get(id) ?? []) reached.add(dependant);
  return [...reached].filter((id) => !roots.has(id)).sort();
}

function wayTo(id: PackageId, reachedFrom: ReadonlyMap<PackageId, PackageId | null>): readonly PackageId[] {
  const way: PackageId[] = [];
  for (let at: PackageId | null = id; at !== null; at = reachedFrom.get(at) ?? null) way.unshift(at);
  return way;
}

/** Strongly connected components of more than one package, and self-requirements (Tarjan, without recursion on the call stack). */
function cycles(graph: DependencyGraph): readonly DependencyCycle[] {
  const order = new Map<PackageId, { index: number; low: number; onStack: boolean }>();
  const stack: PackageId[] = [];
  const found: DependencyCycle[] = [];
  for (const root of [...graph.keys()].sort()) {
    if (order.has(root)) continue;
    const work: { id: PackageId; next: number }[] = [{ id: root, next: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1];
      if (frame === undefined) break;
      let node = order.get(frame.id);
      if (node === undefined) {
        node = { index: order.size, low: order.size, onStack: true };
        order.set(frame.id, node);
        stack.push(frame.id);
      }
      const target = (graph.get(frame.id)?.requires ?? [])[frame.next++];
      if (target !== undefined) {
        const seen = order.get(target);
        if (seen === undefined) {
          if (graph.has(target)) work.push({ id: target, next: 0 });
        } else if (seen.onStack) node.low = Math.min(node.low, seen.index);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      const parentNode = parent === undefined ? undefined : order.get(parent.id);
      if (parentNode !== undefined) parentNode.low = Math.min(parentNode.low, node.low);
      if (node.low === node.index) {
        const component = stack.splice(stack.lastIndexOf(frame.id));
        for (const id of component) {
          const member = order.get(id);
          if (member !== undefined) member.onStack = false;
        }
        const selfRequired = graph.get(frame.id)?.requires.includes(frame.id) === true;
        if (component.length > 1 || selfRequired) found.push({ kind: 'cycle', packages: component.sort() });
      }
    }
  }
  return found;
}
