import { type Atom, nameTypes } from '../json-types';
import { type SchemaRule } from '../schema-rule';

/** `type`, also as a choice of types. Listed values are compared one by one instead. */
export const typesRule: SchemaRule = {
  keywords: ['type'],
  *compare(pair) {
    const { before, after } = pair;
    if (before.values() !== null || after.values() !== null) return;
    const [was, is] = [before.types(), after.types()];
    const lost = without(was, is);
    const gained = without(is, was);
    const places = [...['type', 'anyOf', 'oneOf'].flatMap((keyword) => after.uses(keyword)), before.uses('type')[0]];
    const change = `${nameTypes(was)} before, ${nameTypes(is)} now`;
    if (lost.length > 0) {
      const [rule, what] =
        gained.length > 0 ? ['schema-type-changed', 'changed'] : ['schema-type-narrowed', 'was narrowed'];
      yield pair.change('narrows', rule, `The type ${what}: ${change}.`, ...places);
    } else if (gained.length > 0) {
      yield pair.change('widens', 'schema-type-widened', `The type was widened: ${change}.`, ...places);
    }
  },
};

function without(all: ReadonlySet<Atom>, gone: ReadonlySet<Atom>): readonly Atom[] {
  return [...all].filter((atom) => !gone.has(atom));
}
