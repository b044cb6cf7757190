import { entryOf, type SourceNode } from '../content/source-node';
import { subschemasOf } from './schema-keywords';
import { type SchemaReference } from './schema-references';

/** What it takes to compile a schema with all it refers to. */
export interface CompileEffort {
  /** Schemas that are compiled; one inside several definitions that are referred to counts for each, and each such definition four more. */
  readonly schemas: number;
  /** At most so many schemas are compiled inside one another. */
  readonly depth: number;
}

/** The compiler makes a function of each definition that is referred to, and that costs as much as some schemas. */
const SCHEMAS_PER_FUNCTION = 4;

/** Counted without recursion along references, which content may chain as it likes. Stops as soon as there are more than `most` schemas. */
export function compileEffort(
  root: SourceNode,
  references: ReadonlyMap<SourceNode, SchemaReference['target']>,
  most: number,
): CompileEffort {
  const units = new Map<SourceNode, Unit>([[root, { targets: new Set(), depth: 0 }]]);
  let schemas = 0;
  // A map takes new members while it is walked.
  for (const [top, unit] of units) {
    for (const { schema, depth } of compiledWithin(top)) {
      schemas += 1;
      if (schemas > most) return { schemas, depth: 0 };
      unit.depth = Math.max(unit.depth, depth);
      for (const target of targetsOf(schema, references)) {
        unit.targets.add(target);
        if (units.has(target)) continue;
        units.set(target, { targets: new Set(), depth: 0 });
        schemas += SCHEMAS_PER_FUNCTION;
      }
    }
  }
  return { schemas, depth: deepestChain(root, units) };
}

interface Unit {
  readonly targets: Set<SourceNode>;
  depth: number;
}

/** The schemas of one function, with how deep they stand in it: definitions are compiled only where something refers to them. */
function* compiledWithin(schema: SourceNode, depth = 1): Generator<{ schema: SourceNode; depth: number }> {
  yield { schema, depth };
  for (const { keyword, schema: inner } of subschemasOf(schema))
    if (keyword !== '$defs' && keyword !== 'definitions') yield* compiledWithin(inner, depth + 1);
}

function* targetsOf(schema: SourceNode, references: ReadonlyMap<SourceNode, SchemaReference['target']>) {
  for (const keyword of ['$ref', '$dynamicRef']) {
    const reference = entryOf(schema, keyword)?.value;
    const target = reference === undefined ? undefined : references.get(reference);
    if (target !== undefined && target !== null && target !== 'meta-schema') yield target;
  }
}

/**
 * The deepest that any order of compiling can get: definitions that refer to each other in a circle count as one that
 * is as deep as all of them. (Tarjan's strongly connected components, which come out innermost first.)
 */
function deepestChain(root: SourceNode, units: ReadonlyMap<SourceNode, Unit>): number {
  const numbers = new Map<SourceNode, number>();
  const finished = new Map<SourceNode, number>();
  const open: SourceNode[] = [];
  visit(root);
  return finished.get(root) ?? 0;

  /** Returns the smallest number of an open unit that can be reached. */
  function visit(node: SourceNode): number {
    const own = numbers.size;
    let lowest = own;
    numbers.set(node, own);
    open.push(node);
    for (const target of units.get(node)?.targets ?? []) {
      const number = numbers.get(target);
      if (number === undefined) lowest = Math.min(lowest, visit(target));
      else if (!finished.has(target)) lowest = Math.min(lowest, number);
    }
    if (lowest === own) finish(open.splice(open.indexOf(node)));
    return lowest;
  }

  function finish(circle: readonly SourceNode[]): void {
    let inside = 0;
    let below = 0;
    for (const member of circle) {
      inside += units.get(member)?.depth ?? 0;
      for (const target of units.get(member)?.targets ?? []) below = Math.max(below, finished.get(target) ?? 0);
    }
    for (const member of circle) finished.set(member, inside + below);
  }
}
