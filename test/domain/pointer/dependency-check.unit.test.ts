import * as fc from 'fast-check';
import {
  dependantsOf,
  type DependencyGraph,
  type DependencyViolation,
  dependencyViolations,
  judgeDependencies,
  shortestCircle,
  violationMembers,
} from '../../../src/domain';

function graph(requires: Readonly<Record<string, readonly string[]>>): DependencyGraph {
  return new Map(Object.entries(requires).map(([id, each]) => [id, { requires: each }]));
}

describe('what is wrong with a map', () => {
  it('is nothing when everything required is active', () => {
    expect(dependencyViolations(graph({ a: ['b', 'c'], b: ['c'], c: [] }))).toEqual([]);
  });

  it('is each required package that is not active, once', () => {
    expect(dependencyViolations(graph({ b: ['x', 'x'], a: ['y', 'b'] }))).toEqual([
      { kind: 'missing', package: 'a', requires: 'y' },
      { kind: 'missing', package: 'b', requires: 'x' },
    ]);
  });

  it('is each circle, however long, and a package that requires itself', () => {
    expect(dependencyViolations(graph({ c: ['a'], b: ['c'], a: ['b'], d: ['d', 'a'] }))).toEqual([
      { kind: 'cycle', packages: ['a', 'b', 'c'] },
      { kind: 'cycle', packages: ['d'] },
    ]);
  });

  it('does not depend on the order in which packages were added, or name what they require', () => {
    const one = dependencyViolations(graph({ a: ['b'], b: ['a'], c: ['x'] }));
    expect(dependencyViolations(graph({ c: ['x'], b: ['a'], a: ['b'] }))).toEqual(one);
  });

  it('is about the package that lacks something and what it lacks, or about the whole circle', () => {
    const [missing, cycle] = dependencyViolations(graph({ a: ['b', 'x'], b: ['a'] }));
    expect(violationMembers(missing!)).toEqual(['a', 'x']);
    expect(violationMembers(cycle!)).toEqual(['a', 'b']);
  });

  it('is found in a chain far longer than the call stack', () => {
    const length = 20_000;
    const chain = Array.from({ length }, (_, i) => [`p${i}`, [`p${(i + 1) % length}`]] as const);
    expect(dependencyViolations(graph(Object.fromEntries(chain)))).toHaveLength(1);
  });
});

describe('against a model that only follows paths', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const anyGraph = fc
    .dictionary(fc.constantFrom(...ids), fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 3 }), { maxKeys: 6 })
    .map((requires) => graph(requires));

  const keyOf = (violation: DependencyViolation): string => JSON.stringify(violation);

  /** Everything reachable from `id` in one step or more. */
  function reach(of: DependencyGraph, id: string, seen = new Set<string>()): Set<string> {
    for (const next of of.get(id)?.requires ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      reach(of, next, seen);
    }
    return seen;
  }

  function naiveViolations(of: DependencyGraph): Set<string> {
    const found: DependencyViolation[] = [];
    for (const [id, { requires }] of of) {
      for (const each of requires) if (!of.has(each)) found.push({ kind: 'missing', package: id, requires: each });
      if (!reach(of, id).has(id)) continue;
      const packages = [...of.keys()].filter((other) => reach(of, id).has(other) && reach(of, other).has(id)).sort();
      found.push({ kind: 'cycle', packages });
    }
    return new Set(found.map(keyOf));
  }

  it('finds the same faults, each once', () => {
    fc.assert(
      fc.property(anyGraph, (of) => {
        const keys = dependencyViolations(of).map(keyOf);
        expect(new Set(keys)).toEqual(naiveViolations(of));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('finds the same dependants', () => {
    fc.assert(
      fc.property(anyGraph, fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 2 }), (of, changed) => {
        const expected = [...of.keys()].filter(
          (id) => !changed.includes(id) && changed.some((root) => reach(of, id).has(root)),
        );
        expect(dependantsOf(of, changed)).toEqual(expected.sort());
      }),
    );
  });

  it('parts what a move is to blame for from what was wrong before: nothing inherited is new', () => {
    fc.assert(
      fc.property(anyGraph, anyGraph, fc.uniqueArray(fc.constantFrom(...ids)), (today, other, changed) => {
        const planned = new Map(today);
        for (const id of changed) {
          const release = other.get(id);
          if (release === undefined) planned.delete(id);
          else planned.set(id, release);
        }
        const { blocking, inherited } = judgeDependencies(planned, new Set(changed));
        expect(new Set([...blocking, ...inherited].map(keyOf))).toEqual(naiveViolations(planned));
        for (const violation of inherited) {
          expect(violationMembers(violation).filter((id) => changed.includes(id))).toEqual([]);
          if (violation.kind === 'missing') expect(naiveViolations(today)).toContain(keyOf(violation));
          else for (const id of violation.packages) expect(reach(today, id)).toContain(id);
        }
      }),
    );
  });

  it('names a way round every circle, each step of it required', () => {
    fc.assert(
      fc.property(anyGraph, (of) => {
        for (const violation of dependencyViolations(of)) {
          if (violation.kind !== 'cycle') continue;
          for (const through of violation.packages) {
            const way = shortestCircle(of, through, violation.packages);
            expect(way[0]).toBe(through);
            expect(new Set(way).size).toBe(way.length);
            way.forEach((id, at) => expect(of.get(id)?.requires).toContain(way[at + 1] ?? through));
          }
        }
      }),
    );
  });
});
