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

/** Packages that require one of `ids`, directly or through others, without `ids` themselves; sorted. */
export function dependantsOf(graph: DependencyGraph, ids: Iterable<PackageId>): readonly PackageId[] {
  const roots = new Set(ids);
  const reached = new Set(roots);
  for (let grew = true; grew;) {
    grew = false;
    for (const [id, { requires }] of graph) {
      if (!reached.has(id) && requires.some((required) => reached.has(required))) {
        reached.add(id);
        grew = true;
      }
    }
  }
  return [...reached].filter((id) => !roots.has(id)).sort();
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
        const component = stack.splice(stack.indexOf(frame.id));
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
