import { type ReleaseFile } from '../content/release-file';
import { nodeAt, type SourceNode, textOf } from '../content/source-node';
import { releasePath } from '../rules/reference-resolution/named-artifacts';
import { type DocumentJudge, type Refusal, type SchemaCompiler } from '../schema/compile-schema';
import { schemaSourceOf } from '../schema/inspect-schemas';
import { type SchemaInspection } from '../schema/schema-inspection';
import { type PromptInspection } from './prompt-inspection';
import { readPrompt } from './read-prompt';

/**
 * Reads the prompts whose output has a schema in the release: the task prompt writes the document that the packaged schema
 * describes. The other prompts of a release (questions, checks, reflection) write something else, without a schema here.
 */
export function inspectPrompts(
  manifest: SourceNode | undefined,
  files: readonly ReleaseFile[],
  schemas: readonly SchemaInspection[],
  compiler: SchemaCompiler,
): readonly PromptInspection[] {
  const pathOf = (artifact: string): string | null =>
    releasePath(textOf(nodeAt(manifest, 'artifacts', artifact)) ?? '');
  const promptPath = pathOf('task_prompt');
  const schemaPath = pathOf('schema');
  const file = files.find(({ path }) => path === promptPath);
  const schema = schemas.find(({ file: { path } }) => path === schemaPath);
  const text = file?.format === 'text' ? file.text : null;
  if (file === undefined || schema === undefined || typeof text !== 'string') return [];
  if (schema.dialect === null || schema.metaErrors.length > 0 || schema.excess !== null) return [];

  const { dialect } = schema;
  const demands = readPrompt(text);
  const isUsable = schema.compileError === null && schema.references.every(({ target }) => target !== null);
  const judge = isUsable ? compiler.judge(schemaSourceOf(schema, schemas), dialect) : null;
  const refusedExamples = demands.completeExamples.flatMap(({ offset, value }) => {
    const errors = refusals(judge, value).map(({ pointer, message }) => `${pointer || 'the whole'} ${message}`);
    return errors.length === 0 ? [] : [{ offset, errors }];
  });
  return [{ file, demands, schema, refusedExamples }];
}

/** None for a document that cannot be judged: then nothing is certain about it. */
function refusals(judge: DocumentJudge | null, document: unknown): readonly Refusal[] {
  try {
    return judge?.(document) ?? [];
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return [];
    throw error;
  }
}
