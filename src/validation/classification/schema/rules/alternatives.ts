import { canonicalText } from '../../../canonical-digest';
import { valueOf } from '../../../content/source-node';
import { isBreaking, isReal, type SchemaChange } from '../schema-change';
import { type SchemaPair, type SchemaRule } from '../schema-rule';
import { type SchemaPlace } from '../schema-side';
import { type Group, conjunctionView } from '../conjunction-view';
import { areExclusive } from './exclusive-branches';

/** `anyOf` and `oneOf`: branches that are the same are put together first, then those that are most alike. */
export const alternativesRule: SchemaRule = {
  keywords: ['anyOf', 'oneOf'],
  *compare(pair) {
    const [was, is] = [pair.before.groups(), pair.after.groups()];
    const [added, gone] = [is[was.length], was[is.length]];
    if (added !== undefined)
      yield pair.change('narrows', 'schema-alternatives-added', `One of the ${added.kind} has to match now.`, added);
    if (gone !== undefined)
      yield pair.change('widens', 'schema-alternatives-removed', `None of the ${gone.kind} has to match now.`, gone);
    for (const [index, now] of is.entries()) {
      const former = was[index];
      if (former !== undefined) yield* compareGroups(pair, former, now);
    }
  },
};

interface Match {
  readonly former: SchemaPlace;
  readonly now: SchemaPlace;
  readonly changes: readonly SchemaChange[];
}

function* compareGroups(pair: SchemaPair, former: Group, now: Group): Generator<SchemaChange> {
  const isExclusive = areExclusive(now.branches.map((branch) => pair.expandAfter([branch])));
  const inside = isAlone(pair, former.branches) ? pair.inBranch() : pair.conditional();
  const { matches, gone, added } = matchBranches(inside, former.branches, now.branches);
  const isOne = now.kind === 'oneOf' && !isExclusive;
  if (former.kind === 'anyOf' && isOne)
    yield pair.change('narrows', 'schema-one-of-overlaps', 'Only one of the branches may match now.', now);
  if (former.kind === 'oneOf' && now.kind === 'anyOf' && !isExclusive)
    yield pair.change('widens', 'schema-one-of-opened', 'More than one of the branches may match now.', now);

  for (const { changes } of matches)
    for (const change of changes) {
      // In `oneOf` a document that two branches accept is refused.
      if (isOne && isReal(change) && !isBreaking(change))
        yield {
          ...change,
          effect: 'narrows',
          rule: 'schema-one-of-overlaps',
          message: `${change.message} In oneOf, a document that a second branch accepts is refused.`,
        };
      else yield change;
    }
  for (const branch of gone) {
    const isCovered =
      now.kind === 'anyOf' && now.branches.some((other) => !compare(inside, branch, other).some(isBreaking));
    yield isCovered
      ? pair.change('rewords', 'schema-rewritten', 'A branch is part of another one now.', branch)
      : pair.change('narrows', 'schema-alternative-removed', `A branch of ${former.kind} was removed.`, branch);
  }
  for (const branch of added) {
    yield isOne
      ? pair.change(
          'narrows',
          'schema-one-of-overlaps',
          'A branch was added to oneOf that may accept what another one accepts.',
          branch,
        )
      : pair.change('widens', 'schema-alternative-added', `A branch of ${now.kind} was added.`, branch);
  }
}

/** True when a document that one branch accepts is never up to another one: its branch judges it alone. */
function isAlone(pair: SchemaPair, branches: readonly SchemaPlace[]): boolean {
  const expanded = branches.map((branch) => pair.expandBefore([branch]));
  return expanded.filter((each) => conjunctionView(each).types().has('object')).length <= 1 || areExclusive(expanded);
}

function compare(pair: SchemaPair, former: SchemaPlace, now: SchemaPlace): readonly SchemaChange[] {
  return pair.compare(pair.expandBefore([former]), pair.expandAfter([now]));
}

function matchBranches(pair: SchemaPair, before: readonly SchemaPlace[], after: readonly SchemaPlace[]) {
  const gone = new Set(before);
  const added = new Set(after);
  const matches: Match[] = [];
  const take = (match: Match): void => {
    if (!gone.delete(match.former) || !added.delete(match.now)) return;
    matches.push(match);
  };
  // Equal ones first: they need no comparison with every other one.
  const byText = new Map<string, SchemaPlace[]>();
  for (const now of [...after].reverse()) byText.set(textOf(now), [...(byText.get(textOf(now)) ?? []), now]);
  for (const former of before) {
    const now = byText.get(textOf(former))?.pop();
    if (now === undefined) continue;
    const changes = compare(pair, former, now);
    // A reference may lead to something else now.
    if (!changes.some(isReal)) take({ former, now, changes });
  }
  const free = (): Match[] =>
    [...gone].flatMap((former) => [...added].map((now) => ({ former, now, changes: compare(pair, former, now) })));
  for (const match of free())
    if (gone.has(match.former) && added.has(match.now) && !match.changes.some(isReal)) take(match);
  const byLikeness = free().sort((a, b) => costOf(a) - costOf(b));
  for (const match of byLikeness) if (gone.has(match.former) && added.has(match.now)) take(match);
  return { matches, gone, added };
}

function costOf({ changes }: Match): number {
  return changes.filter(isBreaking).length * 1_000 + changes.length;
}

function textOf({ node }: SchemaPlace): string {
  return canonicalText(valueOf(node));
}
