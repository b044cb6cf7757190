import { type ReleaseFile } from '../content/release-file';
import { entryOf, type SourceNode, textOf, valueOf } from '../content/source-node';
import { type SchemaCompiler } from './compile-schema';
import { judgePattern } from './linear-pattern';
import { type Dialect, type SchemaInspection } from './schema-inspection';
import { patternsWithin } from './schema-keywords';
import { indexReferences, type SchemaDocument, type SchemaReference, uriOfFile } from './schema-references';

/** Looks at every schema file of a release: against its meta-schema, its patterns, its references, and compiled. */
export function inspectSchemas(files: readonly ReleaseFile[], compiler: SchemaCompiler): readonly SchemaInspection[] {
  const documents = files.flatMap((file) => (file.root === null ? [] : [{ file, path: file.path, root: file.root }]));
  const index = indexReferences(documents);
  return documents.map((document): SchemaInspection => {
    const { file, root } = document;
    const dialect = dialectOf(root);
    const metaErrors = dialect === null ? [] : compiler.metaErrors(valueOf(root), dialect);
    if (dialect === null || metaErrors.length > 0)
      return { file, root, dialect, metaErrors, patterns: [], references: [], compileError: null };

    const patterns = [...patternsWithin(root)].map((found) => ({ ...found, verdict: judgePattern(found.pattern) }));
    const references = index.referencesOf(document);
    const isComplete = references.every(({ target }) => target !== null);
    const compileError = isComplete ? compiler.compileError(schemaOf(document, references), dialect) : null;
    return { file, root, dialect, metaErrors, patterns, references, compileError };
  });

  function schemaOf(document: SchemaDocument, references: readonly SchemaReference[]) {
    const isAlone = references.every(({ file }) => file === null || file === document.path);
    const others = isAlone ? [] : documents.filter(({ path }) => path !== document.path);
    return {
      uri: uriOfFile(document.path),
      value: valueOf(document.root),
      others: others.map((other) => ({ uri: uriOfFile(other.path), value: valueOf(other.root) })),
    };
  }
}

/** By `$schema`; 2020-12 where it is absent, null where it names another. */
export function dialectOf(root: SourceNode): Dialect | null {
  const declared = entryOf(root, '$schema')?.value;
  if (declared === undefined) return '2020-12';
  const uri = textOf(declared) ?? '';
  switch (uri.replace(/^https?:\/\//, '').replace(/#$/, '')) {
    case 'json-schema.org/draft-07/schema':
      return 'draft-07';
    case 'json-schema.org/draft/2020-12/schema':
      return '2020-12';
    default:
      return null;
  }
}
