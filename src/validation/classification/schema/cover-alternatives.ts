import { type MapNode } from '../../content/source-node';
import { both, type Conjunction } from './conjunction';
import { areExclusive } from './rules/exclusive-branches';
import { isBreaking, type SchemaChange } from './schema-change';
import { type SchemaPair } from './schema-rule';
import { type Group, type ConjunctionView } from './conjunction-view';

/**
 * Where one side has alternatives and the other has none: tells whether the one is accepted through the other, branch by
 * branch or type by type. Null when it is not, or when it is no such case.
 */
export function coverAlternatives(pair: SchemaPair): readonly SchemaChange[] | null {
  const { before, after } = pair;
  const [was, is] = [before.groups(), after.groups()];
  if (was.length === 0 && is[0] !== undefined && is.length === 1) return wrapped(pair, is[0]);
  if (is.length === 0 && was[0] !== undefined && was.length === 1) return unwrapped(pair, was[0]);
  return null;
}

/** A plain schema became alternatives: each type of it needs a branch that accepts it. */
function wrapped(pair: SchemaPair, group: Group): readonly SchemaChange[] | null {
  // Another branch might accept it too, which `oneOf` refuses.
  if (group.kind === 'oneOf' && !areExclusive(group.branches.map((branch) => pair.expandAfter([branch])))) return null;
  const rest = withoutGroup(pair.after, group);
  const branches = group.branches.map((branch) => both(rest, pair.expandAfter([branch])));
  const changes: SchemaChange[] = [];
  for (const type of pair.before.types()) {
    const slice: Conjunction = { ...pair.before.conjunction, only: new Set([type]) };
    const covers = branches.map((branch) => pair.compare(slice, branch)).find((found) => !found.some(isBreaking));
    if (covers === undefined) return null;
    // That a branch accepts other types as well is said once, below.
    changes.push(...covers.filter(({ rule }) => rule !== 'schema-type-widened'));
  }
  const more = group.branches.length > 1;
  const message = 'Alternatives were added beside what was accepted.';
  return more ? [...changes, pair.change('widens', 'schema-alternative-added', message, group)] : changes;
}

/** Alternatives became a plain schema: it has to accept every branch. */
function unwrapped(pair: SchemaPair, group: Group): readonly SchemaChange[] | null {
  const rest = withoutGroup(pair.before, group);
  const found = group.branches.map((branch) =>
    pair.compare(both(rest, pair.expandBefore([branch])), pair.after.conjunction),
  );
  if (found.some((changes) => changes.some(isBreaking))) return null;
  return [
    ...found.flat().filter(({ effect }) => effect === 'rewords'),
    pair.change('widens', 'schema-alternatives-removed', `None of the ${group.kind} has to match now.`, group),
  ];
}

/** The conjunction without the alternatives; the other keywords of their schema object still count. */
export function withoutGroup({ conjunction }: ConjunctionView, { conjunct: holder, kind }: Group): Conjunction {
  return {
    ...conjunction,
    conjuncts: conjunction.conjuncts.map((conjunct) =>
      conjunct.node === holder.node ? { ...conjunct, node: withoutKeyword(conjunct.node, kind) } : conjunct,
    ),
  };
}

// The same object for the same schema: what was compared is known by its nodes.
const STRIPPED = { anyOf: new WeakMap<MapNode, MapNode>(), oneOf: new WeakMap<MapNode, MapNode>() };

function withoutKeyword(node: MapNode, keyword: keyof typeof STRIPPED): MapNode {
  const known = STRIPPED[keyword].get(node);
  if (known !== undefined) return known;
  const stripped = { ...node, entries: node.entries.filter(({ key }) => key !== keyword) };
  STRIPPED[keyword].set(node, stripped);
  return stripped;
}
