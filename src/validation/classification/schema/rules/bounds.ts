import { type SchemaChange } from '../schema-change';
import { type SchemaPair, type SchemaRule } from '../schema-rule';
import { type SchemaPlace } from '../schema-side';
import { type Atom } from '../json-types';
import { type ConjunctionView } from '../conjunction-view';

/** An end of what is allowed, from keywords that mean the same but for the bound itself. */
interface Bound {
  readonly keyword: string;
  readonly exclusive: string | null;
  /** 1 for a lower end, -1 for an upper one: the larger times the sign, the tighter. */
  readonly sign: 1 | -1;
  readonly atoms: readonly Atom[];
  /** What holds without the keyword. */
  readonly natural: number | null;
}

const NUMBER: readonly Atom[] = ['integer', 'fraction'];
const BOUNDS: readonly Bound[] = [
  { keyword: 'minimum', exclusive: 'exclusiveMinimum', sign: 1, atoms: NUMBER, natural: null },
  { keyword: 'maximum', exclusive: 'exclusiveMaximum', sign: -1, atoms: NUMBER, natural: null },
  { keyword: 'minLength', exclusive: null, sign: 1, atoms: ['string'], natural: 0 },
  { keyword: 'maxLength', exclusive: null, sign: -1, atoms: ['string'], natural: null },
  { keyword: 'minItems', exclusive: null, sign: 1, atoms: ['array'], natural: 0 },
  { keyword: 'maxItems', exclusive: null, sign: -1, atoms: ['array'], natural: null },
  { keyword: 'minProperties', exclusive: null, sign: 1, atoms: ['object'], natural: 0 },
  { keyword: 'maxProperties', exclusive: null, sign: -1, atoms: ['object'], natural: null },
];

/** Bounds of numbers and of lengths. */
export const boundsRule: SchemaRule = {
  keywords: BOUNDS.flatMap(({ keyword, exclusive }) => (exclusive === null ? [keyword] : [keyword, exclusive])),
  *compare(pair) {
    for (const bound of BOUNDS) yield* compareBound(pair, bound);
  },
};

interface End {
  readonly value: number;
  readonly isExclusive: boolean;
  readonly place: SchemaPlace | undefined;
}

function* compareBound(pair: SchemaPair, bound: Bound): Generator<SchemaChange> {
  const { before, after } = pair;
  if (!bound.atoms.some((atom) => before.types().has(atom) && after.types().has(atom))) return;
  const [was, is] = [endOf(before, bound), endOf(after, bound)];
  const order = tightness(is, bound) - tightness(was, bound);
  const isTighter = order > 0 || (order === 0 && is.isExclusive && !was.isExclusive);
  const isLooser = order < 0 || (order === 0 && !is.isExclusive && was.isExclusive);
  const change = `${bound.keyword} is ${nameEnd(is)}, it was ${nameEnd(was)}`;
  if (isTighter) yield pair.change('narrows', 'schema-bound-tightened', `Tightened: ${change}.`, is.place, was.place);
  if (isLooser) yield pair.change('widens', 'schema-bound-relaxed', `Relaxed: ${change}.`, is.place, was.place);
}

function endOf(view: ConjunctionView, bound: Bound): End {
  const onlyIntegers = !view.types().has('fraction');
  let end: End = { value: bound.natural ?? -bound.sign * Infinity, isExclusive: false, place: undefined };
  for (const [keyword, isExclusive] of [
    [bound.keyword, false],
    [bound.exclusive, true],
  ] as const)
    for (const { node, file } of keyword === null ? [] : view.uses(keyword)) {
      if (node.type !== 'scalar' || typeof node.value !== 'number') continue;
      const place = { node, file };
      // Among integers, `> 0` is `>= 1`.
      const next: End =
        bound.exclusive !== null && onlyIntegers
          ? { value: firstInteger(node.value, bound.sign, isExclusive), isExclusive: false, place }
          : { value: node.value, isExclusive, place };
      const order = tightness(next, bound) - tightness(end, bound);
      if (order > 0 || (order === 0 && next.isExclusive)) end = next;
    }
  return end;
}

function firstInteger(value: number, sign: 1 | -1, isExclusive: boolean): number {
  const nearest = sign === 1 ? Math.ceil(value) : Math.floor(value);
  return isExclusive && nearest === value ? nearest + sign : nearest;
}

function tightness({ value }: End, { sign }: Bound): number {
  // Infinity minus infinity is no number.
  return Math.max(Math.min(value * sign, Number.MAX_VALUE), -Number.MAX_VALUE);
}

function nameEnd({ value, isExclusive }: End): string {
  return Number.isFinite(value) ? `${String(value)}${isExclusive ? ' (itself excluded)' : ''}` : 'open';
}
