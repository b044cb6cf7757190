import { type FileChange } from './commands';

/** Files of a document type that passes every check. */
export function newPackageFiles(id: string, { requires = [] }: { requires?: readonly string[] } = {}): FileChange[] {
  return [
    { path: 'package.yaml', content: manifest(id, requires) },
    { path: 'schemas/output.schema.json', content: `${JSON.stringify(SCHEMA, null, 2)}\n` },
    { path: 'prompts/task.prompt.txt', content: 'Write a summary of the project.\n' },
    { path: 'prompts/pgc_context.prompt.txt', content: 'Ask what is not known yet.\n' },
  ];
}

/** The manifest of such a package. */
export function manifest(id: string, requires: readonly string[] = []): string {
  return `doc_type_id: ${id}
display_name: ${id.replaceAll('_', ' ')}
version: 0.0.0
description: A document for tests.
authority_level: descriptive
creation_mode: llm_generated
production_mode: generate
scope: project
required_inputs: [${requires.join(', ')}]
artifacts:
  schema: schemas/output.schema.json
  task_prompt: prompts/task.prompt.txt
  pgc_context: prompts/pgc_context.prompt.txt
`;
}

const SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A document for tests',
  type: 'object',
  required: ['summary'],
  properties: { summary: { type: 'string' } },
};
