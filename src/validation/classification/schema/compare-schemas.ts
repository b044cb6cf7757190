import { type SourceNode } from '../../content/source-node';
import { type Conjunction, conjunctionOf } from './conjunction';
import { KNOWN_KEYWORDS, SCHEMA_RULES } from './rules';
import { compareUnknownKeywords } from './rules/unknown-keywords';
import { type SchemaChange, type Step } from './schema-change';
import { type SchemaPair } from './schema-rule';
import { type SchemaPlace, type SchemaSide } from './schema-side';
import { schemaView } from './schema-view';
import { coverAlternatives } from './cover-alternatives';

/** The comparison was given up: the schemas branch too much, or are nested too deep through references. */
export class TooMuchToCompare extends Error {}

/** Pairs of schemas that one comparison looks at. */
const MAX_PAIRS = 5_000;
const MAX_DEPTH = 200;

/** Compares schemas of one release with those of another; what was compared once is known. */
export interface SchemaComparison {
  compare(before: SchemaPlace, after: SchemaPlace): readonly SchemaChange[];
}

export function schemaComparison(sides: { readonly before: SchemaSide; readonly after: SchemaSide }): SchemaComparison {
  const known = new Map<string, readonly SchemaChange[]>();
  const identify = identities();
  let pairs = 0;

  return { compare: (before, after) => compareAt(expandBefore([before]), expandAfter([after]), []) };

  function expandBefore(places: readonly SchemaPlace[]): Conjunction {
    return conjunctionOf(places, sides.before);
  }
  function expandAfter(places: readonly SchemaPlace[]): Conjunction {
    return conjunctionOf(places, sides.after);
  }

  function compareAt(before: Conjunction, after: Conjunction, at: readonly Step[]): readonly SchemaChange[] {
    const key = `${identify(before)}|${identify(after)}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    pairs += 1;
    if (pairs > MAX_PAIRS || at.length > MAX_DEPTH) throw new TooMuchToCompare();
    // A schema that leads back to itself differs by what is found on the way, not by itself.
    known.set(key, []);
    const pair = pairAt(before, after, at);
    const changes = coverAlternatives(pair) ?? [
      ...SCHEMA_RULES.flatMap((rule) => [...rule.compare(pair)]),
      ...compareUnknownKeywords(pair, KNOWN_KEYWORDS),
    ];
    known.set(key, changes);
    return changes;
  }

  function pairAt(before: Conjunction, after: Conjunction, at: readonly Step[]): SchemaPair {
    return {
      before: schemaView(before),
      after: schemaView(after),
      change: (effect, rule, message, ...places) => {
        const place = places.find((each) => each !== undefined) ?? placeOf(after) ?? placeOf(before);
        if (place === undefined) throw new TypeError(`${rule} compares nothing`);
        return { effect, rule, message, file: place.file, node: place.node, at };
      },
      below: (formers, nows, step) => {
        if (formers.length === 0 && nows.length === 0) return [];
        return compareAt(expandBefore(formers), expandAfter(nows), step === undefined ? at : [...at, step]);
      },
      compare: (former, now) => compareAt(former, now, at),
      expandBefore,
      expandAfter,
    };
  }
}

function placeOf({ conjuncts, opaque, booleans }: Conjunction): SchemaPlace | undefined {
  return conjuncts[0] ?? opaque[0] ?? booleans[0];
}

/** A short name for each conjunction, the same for the same schemas. */
function identities(): (conjunction: Conjunction) => string {
  const ids = new Map<SourceNode, number>();
  const idOf = (node: SourceNode): number => {
    const id = ids.get(node) ?? ids.size;
    ids.set(node, id);
    return id;
  };
  return ({ conjuncts, opaque, booleans, only }) =>
    [
      conjuncts.map(({ node }) => idOf(node)).sort((a, b) => a - b),
      opaque.map(({ node }) => idOf(node)).sort((a, b) => a - b),
      booleans.map(({ node }) => idOf(node)).sort((a, b) => a - b),
      only === null ? '' : [...only].sort(),
    ].join(';');
}
