import { nodeAt, textOf } from '../../content/source-node';
import { type SchemaView } from '../../schema/schema-view';
import { type RuleContext } from '../rule';
import { releasePath } from './named-artifacts';

/**
 * What the documents of a release look like: the schema its manifest names, else its only schema file. Null when there
 * is none, or one with faults of its own.
 */
export function outputSchema({ manifest, schemas, views }: RuleContext): SchemaView | null {
  const named = releasePath(textOf(nodeAt(manifest?.root, 'artifacts', 'schema')) ?? '');
  const inspection =
    named === null && schemas.length === 1 ? schemas[0] : schemas.find(({ file }) => file.path === named);
  if (inspection === undefined || inspection.dialect === null || inspection.metaErrors.length > 0) return null;
  return views.of(inspection.root);
}
