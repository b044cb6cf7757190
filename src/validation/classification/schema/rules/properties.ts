import { valueOf } from '../../../content/source-node';
import { canonicalText } from '../../../canonical-digest';
import { type NameJudgement, nameJudge, namesInBranches } from '../name-judges';
import { declaredProperties, forbiddenProperties, requiredNames } from '../object-keywords';
import { isBreaking, type SchemaChange } from '../schema-change';
import { type SchemaPair, type SchemaRule, speakOf } from '../schema-rule';
import { type SchemaPlace } from '../schema-side';
import { conjunctionView } from '../conjunction-view';

/** `properties`: what is gone, what is new, and what each demands. A property whose schema is `false` is none. */
export const propertiesRule: SchemaRule = {
  keywords: ['properties'],
  *compare(pair) {
    if (!speakOf(pair, 'object')) return;
    const [was, is] = [declaredProperties(pair.before), declaredProperties(pair.after)];
    const [judgeBefore, judgeAfter] = [nameJudge(pair.before), nameJudge(pair.after)];
    const takeSuccessor = successorsOf(was, is);
    for (const [name, places] of was) {
      const now = is.get(name);
      if (now === undefined) yield removed(pair, name, places, takeSuccessor(places));
      else
        yield* pair.below(join(places, judgeBefore(name).places), join(now, judgeAfter(name).places), {
          property: name,
        });
    }
    yield* compareAdded(pair, was, is, judgeBefore);
    for (const [name, place] of forbiddenProperties(pair.after)) {
      if (was.has(name) || judgeBefore(name).isRefused) continue;
      const message = `The property ${JSON.stringify(name)} is refused now.`;
      yield pair.change('removes', 'schema-property-removed', message, place);
    }
  },
};

type Declared = ReturnType<typeof declaredProperties>;

/** A property is only offered where nothing judged its name; elsewhere what it demands may refuse what was accepted. */
function* compareAdded(
  pair: SchemaPair,
  was: Declared,
  is: Declared,
  judgeBefore: (name: string) => NameJudgement,
): Generator<SchemaChange> {
  const [required, requiredBefore] = [requiredNames(pair.after), requiredNames(pair.before)];
  const inBranches = namesInBranches(pair.before.conjunction, pair.expandBefore);
  const { isConditional, enclosing } = pair.within;
  const judgeAround = enclosing === null ? null : nameJudge(conjunctionView(enclosing));
  const isJudgedAround = (name: string): boolean => {
    if (isConditional || inBranches.has(name) || requiredBefore.has(name)) return true;
    const around = judgeAround?.(name);
    return around !== undefined && (around.isUnclear || around.places.length > 0);
  };
  for (const [name, places] of is) {
    // One that is required at once is what breaks: the rule of `required` says so.
    if (was.has(name) || (required.has(name) && !requiredBefore.has(name))) continue;
    const former = judgeBefore(name);
    if (!former.isRefused && (former.places.length > 0 || former.isUnclear || isJudgedAround(name))) {
      const breaking = pair.conditional().below(former.places, places, { property: name }).filter(isBreaking);
      yield* breaking;
      if (breaking.length > 0) continue;
    }
    if (requiredBefore.has(name)) continue;
    const message = `The optional property ${JSON.stringify(name)} was added.`;
    yield pair.change('adds', 'schema-property-added', message, places[0]);
  }
}

/** Finds the new name of a property that is gone: one with the same schema that no other one took. */
function successorsOf(was: Declared, is: Declared): (places: readonly SchemaPlace[]) => string | undefined {
  const free = new Map<string, string[]>();
  for (const [name, places] of [...is].reverse()) {
    if (was.has(name)) continue;
    const text = textOf(places);
    const names = free.get(text);
    if (names === undefined) free.set(text, [name]);
    else names.push(name);
  }
  return (places) => free.get(textOf(places))?.pop();
}

function removed(pair: SchemaPair, name: string, places: readonly SchemaPlace[], successor: string | undefined) {
  return successor === undefined
    ? pair.change('removes', 'schema-property-removed', `The property ${JSON.stringify(name)} was removed.`, places[0])
    : pair.change(
        'removes',
        'schema-property-renamed',
        `The property ${JSON.stringify(name)} was renamed to ${JSON.stringify(successor)}.`,
        places[0],
      );
}

function join(places: readonly SchemaPlace[], more: readonly SchemaPlace[]): readonly SchemaPlace[] {
  const known = new Set(places.map(({ node }) => node));
  return [...places, ...more.filter(({ node }) => !known.has(node))];
}

function textOf(places: readonly SchemaPlace[]): string {
  return canonicalText(places.map(({ node }) => valueOf(node)));
}
