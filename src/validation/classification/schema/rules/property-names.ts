import { type SchemaRule, speakOf } from '../schema-rule';

/** `propertyNames`: what a name has to be. */
export const propertyNamesRule: SchemaRule = {
  keywords: ['propertyNames'],
  *compare(pair) {
    if (!speakOf(pair, 'object')) return;
    yield* pair.below(pair.before.uses('propertyNames'), pair.after.uses('propertyNames'), 'any');
  },
};
