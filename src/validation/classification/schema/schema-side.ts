import { type SourceNode } from '../../content/source-node';
import { dialectOf } from '../../schema/inspect-schemas';
import { type Dialect } from '../../schema/schema-inspection';
import { indexReferences, type SchemaDocument } from '../../schema/schema-references';

/** A schema and the file it is written in. */
export interface SchemaPlace {
  readonly node: SourceNode;
  readonly file: string;
}

/** The schema files of one of the two releases that are compared. */
export interface SchemaSide {
  /** Where a `$ref` leads; null when it leads out of the release. */
  targetOf(reference: SourceNode): SchemaPlace | null;
  dialectOf(file: string): Dialect;
}

export function schemaSide(documents: readonly SchemaDocument[]): SchemaSide {
  const index = indexReferences(documents);
  const targets = new Map<SourceNode, SchemaPlace>();
  for (const document of documents)
    for (const { node, target, file } of index.referencesOf(document))
      if (target !== null && target !== 'meta-schema' && file !== null) targets.set(node, { node: target, file });
  const dialects = new Map(documents.map(({ path, root }) => [path, dialectOf(root)]));
  return {
    targetOf: (reference) => targets.get(reference) ?? null,
    dialectOf: (file) => dialects.get(file) ?? '2020-12',
  };
}
