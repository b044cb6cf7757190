import { type Problem } from '../content/problem';
import { type ReleaseFile } from '../content/release-file';
import { entryOf, type SourceNode, textOf, valueOf } from '../content/source-node';
import { LIMITS } from '../limits';
import { compileEffort } from './compile-effort';
import { type SchemaCompiler, type SchemaSource } from './compile-schema';
import { judgePattern, judgingSteps } from './linear-pattern';
import { type Dialect, type SchemaInspection } from './schema-inspection';
import { patternsWithin } from './schema-keywords';
import { indexReferences, uriOfFile } from './schema-references';

/** Looks at every schema file of a release: against its meta-schema, its patterns, its references, and compiled. */
export function inspectSchemas(files: readonly ReleaseFile[], compiler: SchemaCompiler): readonly SchemaInspection[] {
  const documents = files.flatMap((file) => (file.root === null ? [] : [{ file, path: file.path, root: file.root }]));
  const index = indexReferences(documents);
  const targets = new Map(
    documents.flatMap((document) => index.referencesOf(document).map(({ node, target }) => [node, target] as const)),
  );
  let steps = 0;
  let compiled = 0;
  return documents.map((document): SchemaInspection => {
    const { file, root } = document;
    const dialect = dialectOf(root);
    const metaErrors = dialect === null ? [] : compiler.metaErrors(valueOf(root), dialect);
    const nothing = { file, root, excess: null, dialect, metaErrors, patterns: [], references: [], compileError: null };
    if (dialect === null || metaErrors.length > 0) return nothing;

    const references = index.referencesOf(document);
    const isComplete = references.every(({ target }) => target !== null);
    const excess = excessOfPatterns(root) ?? (isComplete ? excessOfCompiling(root) : null);
    if (excess !== null) return { ...nothing, excess };

    const patterns = [...patternsWithin(root)].map((found) => ({ ...found, verdict: judgePattern(found.pattern) }));
    const source = (): SchemaSource => schemaSourceOf({ file, root, references }, documents);
    const compileError = isComplete ? compiler.compileError(source(), dialect) : null;
    return { ...nothing, patterns, references, compileError };
  });

  // Of all files together: many small ones are no way around a limit.
  function excessOfPatterns(root: SourceNode): Problem | null {
    for (const { pattern } of patternsWithin(root)) steps += judgingSteps(pattern);
    return steps > LIMITS.releasePatternSteps ? limit('The patterns of this release are too large to be run') : null;
  }

  function excessOfCompiling(root: SourceNode): Problem | null {
    const effort = compileEffort(root, targets, LIMITS.compiledSchemas - compiled);
    compiled += effort.schemas;
    if (compiled > LIMITS.compiledSchemas)
      return limit(`The schemas of this release come to more than ${LIMITS.compiledSchemas}, references followed`);
    return effort.depth > LIMITS.compiledDepth
      ? limit(`The schema is nested more than ${LIMITS.compiledDepth} deep, references followed`)
      : null;
  }
}

/** A schema as the compiler takes it, with the schema files it refers to. */
export function schemaSourceOf(
  { file, root, references }: Pick<SchemaInspection, 'file' | 'root' | 'references'>,
  all: readonly Pick<SchemaInspection, 'file' | 'root'>[],
): SchemaSource {
  const isAlone = references.every((reference) => reference.file === null || reference.file === file.path);
  const others = isAlone ? [] : all.filter((other) => other.file.path !== file.path);
  return {
    uri: uriOfFile(file.path),
    value: valueOf(root),
    others: others.map((other) => ({ uri: uriOfFile(other.file.path), value: valueOf(other.root) })),
  };
}

function limit(what: string): Problem {
  return { kind: 'limit', message: `${what}. Make it simpler.`, offset: null, pointer: null };
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
