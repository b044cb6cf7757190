import { entryOf, type SourceNode } from '../../content/source-node';
import { judgePattern, linearMatcher } from '../../schema/linear-pattern';
import { type Conjunct, type Conjunction } from './conjunction';
import { type SchemaPlace } from './schema-side';
import { type ConjunctionView } from './conjunction-view';

/** What the schema objects of a conjunction say about the property of one name. */
export interface NameJudgement {
  /** True when no document could have the property. */
  readonly isRefused: boolean;
  /** The schemas that judge it, by its name, by a pattern, or as one of the others. */
  readonly places: readonly SchemaPlace[];
  /** True when a pattern is not run, or other keywords decide: more may judge it than is listed. */
  readonly isUnclear: boolean;
}

type Match = 'yes' | 'no' | 'unclear';

/** Judges names one after the other; each pattern is compiled once. */
export function nameJudge(view: ConjunctionView): (name: string) => NameJudgement {
  const { conjunction } = view;
  const matchers = new Map<string, (name: string) => Match>();
  const conjuncts = conjunction.conjuncts.map(partsOf);
  const unevaluated = view.uses('unevaluatedProperties').filter(({ node }) => !isTrue(node));
  const isSimple = !conjunction.conjuncts.some(({ node }) => node.entries.some(({ key }) => DECIDES.has(key)));

  return (name) => {
    const found = conjuncts.map((parts) => judge(parts, name));
    const isEvaluated = found.some(({ places, isUnclear }) => places.length > 0 || isUnclear);
    const rest = isEvaluated || conjuncts.some(({ others }) => others !== undefined) ? [] : unevaluated;
    return {
      isRefused: found.some((each) => each.isRefused) || (isSimple && rest.some(({ node }) => isFalse(node))),
      places: [...found.flatMap(({ places }) => places), ...rest.filter(({ node }) => !isFalse(node))],
      isUnclear: found.some((each) => each.isUnclear) || (unevaluated.length > 0 && !isSimple),
    };
  };

  function judge({ file, named, patterns, others }: Parts, name: string): NameJudgement {
    const own = named.get(name);
    const matches = patterns.map(([pattern, node]) => ({ node, match: matchOf(pattern, name) }));
    const nodes = [
      ...(own === undefined ? [] : [own]),
      ...matches.flatMap((each) => (each.match === 'yes' ? [each.node] : [])),
    ];
    const isUnclear = matches.some(({ match }) => match === 'unclear');
    const falls = others !== undefined && nodes.length === 0 && !isUnclear ? [others] : [];
    const all = [...nodes, ...falls];
    const places = all.filter((node) => !isTrue(node) && !isFalse(node)).map((node) => ({ node, file }));
    return { isRefused: all.some(isFalse), places, isUnclear };
  }

  function matchOf(pattern: string, name: string): Match {
    const known = matchers.get(pattern) ?? matcherOf(pattern);
    matchers.set(pattern, known);
    return known(name);
  }
}

/** Whether a name may be one that a pattern means. */
export function mayMatch(pattern: string, name: string): boolean {
  return matcherOf(pattern)(name) !== 'no';
}

function matcherOf(pattern: string): (name: string) => Match {
  if (judgePattern(pattern) !== 'linear') return () => 'unclear';
  const matcher = linearMatcher(pattern);
  return (name) => (matcher.test(name) ? 'yes' : 'no');
}

/** Keywords whose schemas judge the same object, and may evaluate properties. */
const DECIDES = new Set(['anyOf', 'oneOf', 'if', 'then', 'else', 'dependentSchemas', 'dependencies', 'not']);

/** The names of `properties` in all that may judge the object besides: branches, conditions and their like. */
export function namesInBranches(
  { conjuncts }: Conjunction,
  expand: (places: readonly SchemaPlace[]) => Conjunction,
): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<SourceNode>(conjuncts.map(({ node }) => node));
  const open = conjuncts.flatMap(branchesOf);
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (const conjunct of expand([place]).conjuncts) {
      if (seen.has(conjunct.node)) continue;
      seen.add(conjunct.node);
      for (const name of partsOf(conjunct).named.keys()) names.add(name);
      open.push(...branchesOf(conjunct));
    }
  }
  return names;
}

function branchesOf({ node, file }: Conjunct): SchemaPlace[] {
  return node.entries
    .filter(({ key }) => DECIDES.has(key))
    .flatMap(({ key, value }) => {
      if (value.type === 'list') return value.items;
      const isByName = key.startsWith('depend') && value.type === 'map';
      return isByName ? value.entries.map((entry) => entry.value) : [value];
    })
    .map((each) => ({ node: each, file }));
}

interface Parts {
  readonly file: string;
  readonly named: ReadonlyMap<string, SourceNode>;
  readonly patterns: readonly (readonly [string, SourceNode])[];
  readonly others: SourceNode | undefined;
}

function partsOf({ node, file }: Conjunct): Parts {
  const entries = (keyword: string): (readonly [string, SourceNode])[] => {
    const found = entryOf(node, keyword)?.value;
    return found?.type === 'map' ? found.entries.map(({ key, value }) => [key, value] as const) : [];
  };
  return {
    file,
    named: new Map(entries('properties')),
    patterns: entries('patternProperties'),
    others: entryOf(node, 'additionalProperties')?.value,
  };
}

function isTrue(node: SourceNode): boolean {
  return node.type === 'scalar' ? node.value === true : node.type === 'map' && node.entries.length === 0;
}

function isFalse(node: SourceNode): boolean {
  return node.type === 'scalar' && node.value === false;
}
