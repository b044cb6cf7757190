import { type SchemaRule } from '../schema-rule';
import { type Conjunction } from '../conjunction';

/** What cannot be looked into: a reference that leads out of the release. */
export const referencesRule: SchemaRule = {
  keywords: ['$ref', '$dynamicRef', 'allOf'],
  *compare(pair) {
    const [was, is] = [textsOf(pair.before.conjunction), textsOf(pair.after.conjunction)];
    const place = [...is.values()][0] ?? [...was.values()][0];
    if ([...is.keys()].join() !== [...was.keys()].join())
      yield pair.change('unknown', 'schema-reference-changed', 'It refers to a schema outside of the release.', place);
  },
};

function textsOf({ opaque }: Conjunction) {
  return new Map([...opaque].sort((a, b) => (a.text < b.text ? -1 : 1)).map((each) => [each.text, each]));
}
