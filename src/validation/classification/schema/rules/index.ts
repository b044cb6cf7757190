import { type SchemaRule } from '../schema-rule';
import { additionalPropertiesRule } from './additional-properties';
import { alternativesRule } from './alternatives';
import { annotationsRule } from './annotations';
import { boundsRule } from './bounds';
import { conditionsRule } from './conditions';
import { containsRule } from './contains';
import { dependenciesRule } from './dependencies';
import { itemsRule } from './items';
import { multiplesRule } from './multiples';
import { negationsRule } from './negations';
import { patternPropertiesRule } from './pattern-properties';
import { propertiesRule } from './properties';
import { propertyNamesRule } from './property-names';
import { referencesRule } from './references';
import { requiredRule } from './required';
import { textFormsRule } from './text-forms';
import { typesRule } from './types';
import { unevaluatedRule } from './unevaluated';
import { uniqueItemsRule } from './unique-items';
import { valuesRule } from './values';

/** What is known of schemas; a keyword that none of these names may mean anything. */
export const SCHEMA_RULES: readonly SchemaRule[] = [
  typesRule,
  valuesRule,
  propertiesRule,
  requiredRule,
  additionalPropertiesRule,
  patternPropertiesRule,
  unevaluatedRule,
  propertyNamesRule,
  dependenciesRule,
  itemsRule,
  uniqueItemsRule,
  containsRule,
  boundsRule,
  multiplesRule,
  textFormsRule,
  alternativesRule,
  conditionsRule,
  negationsRule,
  referencesRule,
  annotationsRule,
];

// `contentSchema` is none: nothing is known of what it changes.
export const KNOWN_KEYWORDS: ReadonlySet<string> = new Set(SCHEMA_RULES.flatMap(({ keywords }) => keywords));
