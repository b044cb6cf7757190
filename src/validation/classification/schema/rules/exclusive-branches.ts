import { type Conjunction, conjunctionOf } from '../conjunction';
import { conjunctionView, type ConjunctionView } from '../conjunction-view';

/** Each is looked at beside each other; of more nothing is claimed. */
const MAX_BRANCHES = 60;

/** True when no document can match two of the branches, as far as types and listed values of their own say. */
export function areExclusive(branches: readonly Conjunction[]): boolean {
  if (branches.length > MAX_BRANCHES) return false;
  const views = branches.map(conjunctionView);
  return views.every((view, index) => views.slice(index + 1).every((other) => areDisjoint(view, other)));
}

function areDisjoint(a: ConjunctionView, b: ConjunctionView): boolean {
  if (haveNothingInCommon(a, b)) return true;
  // A property that both demand, with values that never meet, tells them apart: a discriminator.
  if (![...a.types()].every((type) => type === 'object' || !b.types().has(type))) return false;
  const required = (view: ConjunctionView): string[] =>
    view.uses('required').flatMap(({ node }) => (node.type === 'list' ? node.items.map(textOfScalar) : []));
  const inBoth = required(a).filter((name) => required(b).includes(name));
  return inBoth.some((name) => haveNothingInCommon(ownProperty(a, name), ownProperty(b, name)));
}

function haveNothingInCommon(a: ConjunctionView, b: ConjunctionView): boolean {
  if ([...a.types()].every((type) => !b.types().has(type))) return true;
  const [ours, theirs] = [a.values(), b.values()];
  return ours !== null && theirs !== null && [...ours.keys()].every((value) => !theirs.has(value));
}

/** Without following references: a discriminator is written in place. */
function ownProperty(view: ConjunctionView, name: string): ConjunctionView {
  const places = view.uses('properties').flatMap(({ node, file }) => {
    const value = node.type === 'map' ? node.entries.find(({ key }) => key === name)?.value : undefined;
    return value === undefined ? [] : [{ node: value, file }];
  });
  return conjunctionView(conjunctionOf(places, { targetOf: () => null, dialectOf: () => '2020-12' }));
}

function textOfScalar(node: { readonly type: string; readonly value?: unknown }): string {
  return String(node.value);
}
