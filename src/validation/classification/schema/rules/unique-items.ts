import { type SchemaRule, speakOf } from '../schema-rule';
import { type ConjunctionView } from '../conjunction-view';

/** `uniqueItems`. */
export const uniqueItemsRule: SchemaRule = {
  keywords: ['uniqueItems'],
  *compare(pair) {
    if (!speakOf(pair, 'array')) return;
    const [was, is] = [demand(pair.before), demand(pair.after)];
    if (is !== undefined && was === undefined)
      yield pair.change('narrows', 'schema-unique-items-added', 'No item may occur twice now.', is);
    if (is === undefined && was !== undefined)
      yield pair.change('widens', 'schema-unique-items-removed', 'An item may occur twice now.', was);
  },
};

function demand(view: ConjunctionView) {
  return view.uses('uniqueItems').find(({ node }) => node.type === 'scalar' && node.value === true);
}
