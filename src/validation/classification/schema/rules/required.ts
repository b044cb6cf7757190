import { declaredProperties, requiredNames } from '../object-keywords';
import { type SchemaRule, speakOf } from '../schema-rule';

/** `required`: a property that has to be there now, or does not have to any more. */
export const requiredRule: SchemaRule = {
  keywords: ['required'],
  *compare(pair) {
    if (!speakOf(pair, 'object')) return;
    const [was, is] = [requiredNames(pair.before), requiredNames(pair.after)];
    const [before, after] = [declaredProperties(pair.before), declaredProperties(pair.after)];
    for (const [name, place] of is)
      if (!was.has(name))
        yield pair.change('narrows', 'schema-property-required', `${JSON.stringify(name)} is required now.`, place);
    for (const [name, place] of was) {
      // A property that is gone altogether is what breaks.
      if (is.has(name) || (before.has(name) && !after.has(name))) continue;
      const message = `${JSON.stringify(name)} is optional now.`;
      yield pair.change('widens', 'schema-property-optional', message, pair.after.uses('required')[0], place);
    }
  },
};
