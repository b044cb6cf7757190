import { type SourceNode } from '../../content/source-node';
import { both, type Conjunction, conjunctionOf } from './conjunction';
import { KNOWN_KEYWORDS, SCHEMA_RULES } from './rules';
import { compareUnknownKeywords } from './rules/unknown-keywords';
import { type SchemaChange, type Step } from './schema-change';
import { type SchemaPair, type Within } from './schema-rule';
import { nameJudge } from './name-judges';
import { type SchemaPlace, type SchemaSide } from './schema-side';
import { conjunctionView } from './conjunction-view';
import { coverAlternatives } from './cover-alternatives';

/** The comparison was given up: the schemas branch too much, or are nested too deep through references. */
export class TooMuchToCompare extends Error {}

/** Pairs of schemas that one comparison looks at. */
const MAX_PAIRS = 5_000;
const MAX_DEPTH = 200;

/** Compares schemas of one release with those of another; what was compared once is known. */
export interface SchemaComparison {
  compare(before: SchemaPlace, after: SchemaPlace): readonly SchemaChange[];
  /** The same where the schemas judge only some of the documents, or nothing for itself. */
  compareConditional(before: readonly SchemaPlace[], after: readonly SchemaPlace[]): readonly SchemaChange[];
}

const CERTAIN: Within = { isConditional: false, enclosing: null };
const CONDITIONAL: Within = { isConditional: true, enclosing: null };

export function schemaComparison(sides: { readonly before: SchemaSide; readonly after: SchemaSide }): SchemaComparison {
  const known = new Map<string, readonly SchemaChange[]>();
  const identify = identities();
  let pairs = 0;
  let reverse: SchemaComparison | null = null;

  return {
    compare: (before, after) => compareAt(expandBefore([before]), expandAfter([after]), [], CERTAIN),
    compareConditional: (before, after) => compareAt(expandBefore(before), expandAfter(after), [], CONDITIONAL),
  };

  function expandBefore(places: readonly SchemaPlace[]): Conjunction {
    return conjunctionOf(places, sides.before);
  }
  function expandAfter(places: readonly SchemaPlace[]): Conjunction {
    return conjunctionOf(places, sides.after);
  }

  function compareAt(
    before: Conjunction,
    after: Conjunction,
    at: readonly Step[],
    within: Within,
  ): readonly SchemaChange[] {
    const around = within.enclosing === null ? '' : identify(within.enclosing);
    const key = `${identify(before)}|${identify(after)}|${String(within.isConditional)}|${around}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    pairs += 1;
    if (pairs > MAX_PAIRS || at.length > MAX_DEPTH) throw new TooMuchToCompare();
    // A schema that leads back to itself differs by what is found on the way, not by itself.
    known.set(key, []);
    const pair = pairAt(before, after, at, within);
    const changes = coverAlternatives(pair) ?? [
      ...SCHEMA_RULES.flatMap((rule) => [...rule.compare(pair)]),
      ...compareUnknownKeywords(pair, KNOWN_KEYWORDS),
    ];
    known.set(key, changes);
    return changes;
  }

  /** What stands around a branch judges parts of the document as well. */
  function withinPart(within: Within, step: Step | undefined): Within {
    const { enclosing, isConditional } = within;
    if (isConditional || enclosing === null || step === undefined) return within;
    const view = conjunctionView(enclosing);
    if (step === 'any' || 'item' in step)
      return JUDGE_PARTS.some((keyword) => view.uses(keyword).length > 0) ? CONDITIONAL : CERTAIN;
    const { places, isUnclear } = nameJudge(view)(step.property);
    if (isUnclear) return CONDITIONAL;
    return places.length === 0 ? CERTAIN : { isConditional, enclosing: expandBefore(places) };
  }

  function pairAt(before: Conjunction, after: Conjunction, at: readonly Step[], within: Within): SchemaPair {
    return {
      within,
      before: conjunctionView(before),
      after: conjunctionView(after),
      change: (effect, rule, message, ...places) => {
        const place = places.find((each) => each !== undefined) ?? placeOf(after) ?? placeOf(before);
        if (place === undefined) throw new TypeError(`${rule} compares nothing`);
        return { effect, rule, message, file: place.file, node: place.node, at };
      },
      below: (formers, nows, step) => {
        if (formers.length === 0 && nows.length === 0) return [];
        return compareAt(
          expandBefore(formers),
          expandAfter(nows),
          step === undefined ? at : [...at, step],
          withinPart(within, step),
        );
      },
      compare: (former, now) => compareAt(former, now, at, within),
      conditional: () => pairAt(before, after, at, CONDITIONAL),
      inBranch: () => {
        const enclosing = within.enclosing === null ? before : both(within.enclosing, before);
        return within.isConditional
          ? pairAt(before, after, at, within)
          : pairAt(before, after, at, { isConditional: false, enclosing });
      },
      reversed: (formers, nows) => {
        reverse ??= schemaComparison({ before: sides.after, after: sides.before });
        return reverse.compareConditional(nows, formers);
      },
      expandBefore,
      expandAfter,
    };
  }
}

const JUDGE_PARTS = [
  ...['properties', 'patternProperties', 'additionalProperties', 'unevaluatedProperties'],
  ...['items', 'prefixItems', 'additionalItems', 'unevaluatedItems', 'contains'],
];

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
