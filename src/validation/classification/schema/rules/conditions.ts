import { entryOf, type SourceNode } from '../../../content/source-node';
import { isReal } from '../schema-change';
import { type SchemaRule } from '../schema-rule';
import { type SchemaPlace } from '../schema-side';
import { type ConjunctionView } from '../conjunction-view';

/** `if`, `then` and `else`, compared in order. Another condition may do anything. */
export const conditionsRule: SchemaRule = {
  keywords: ['if', 'then', 'else'],
  *compare(pair) {
    const inside = pair.conditional();
    const [was, is] = [conditionsOf(pair.before), conditionsOf(pair.after)];
    const [added, gone] = [is[was.length], was[is.length]];
    if (added !== undefined)
      yield pair.change('narrows', 'schema-condition-added', 'A condition was added.', added.condition);
    if (gone !== undefined)
      yield pair.change('widens', 'schema-condition-removed', 'A condition was removed.', gone.condition);
    for (const [index, now] of is.entries()) {
      const former = was[index];
      if (former === undefined) continue;
      if (inside.below([former.condition], [now.condition]).some(isReal))
        yield pair.change('unknown', 'schema-condition-changed', 'The condition is another one.', now.condition);
      yield* inside.below(former.then, now.then);
      yield* inside.below(former.otherwise, now.otherwise);
    }
  },
};

interface Condition {
  readonly condition: SchemaPlace;
  readonly then: readonly SchemaPlace[];
  readonly otherwise: readonly SchemaPlace[];
}

function conditionsOf(view: ConjunctionView): readonly Condition[] {
  return view.uses('if').flatMap((use): Condition[] => {
    const branch = (keyword: string): SchemaPlace[] => {
      const node: SourceNode | undefined = entryOf(use.conjunct.node, keyword)?.value;
      return node === undefined ? [] : [{ node, file: use.file }];
    };
    const [then, otherwise] = [branch('then'), branch('else')];
    // Alone it judges nothing.
    return then.length + otherwise.length === 0 ? [] : [{ condition: use, then, otherwise }];
  });
}
