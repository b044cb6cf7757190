import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { git } from '../../git/real-git';

/** The text of a file, or how its text comes about from its path. */
export type Files = Readonly<Record<string, string>>;

/** Makes a repository with a working tree by plain git: one commit for each set of files. Answers its directory. */
export function sourceRepository(directory: string, commits: readonly Files[]): string {
  mkdirSync(directory, { recursive: true });
  git(directory, ['init', '--quiet', '--initial-branch=main']);
  for (const [index, files] of commits.entries()) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    git(directory, ['add', '--all']);
    git(directory, ['commit', '--quiet', '--message', `Commit ${index + 1}`]);
  }
  return directory;
}

/** A release of a document type whose content passes the checks. */
export function documentType(
  id: string,
  version: string,
  directory = `document_types/${id}/releases/${version}`,
): Files {
  return {
    [`${directory}/package.yaml`]: `doc_type_id: ${id}
display_name: ${id}
version: ${version}
authority_level: elaborative
creation_mode: llm_generated
production_mode: generate
scope: project
required_inputs: []
optional_inputs: []
creates_children: []
parent_doc_type: null
artifacts:
  schema: schemas/output.schema.json
  task_prompt: prompts/task.prompt.txt
`,
    [`${directory}/schemas/output.schema.json`]: '{ "type": "object" }\n',
    [`${directory}/prompts/task.prompt.txt`]: `Write ${id} ${version}.\n`,
  };
}

/** Six document types in the default layout, one of them with two releases, a flat pointer and two commits. */
export function flatRepository(directory: string): string {
  const ids = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'];
  const pointer = Object.fromEntries(ids.map((id) => [id, '1.0.0']));
  return sourceRepository(directory, [
    Object.assign({}, ...ids.map((id) => documentType(id, '1.0.0'))) as Files,
    { ...documentType('alpha', '1.1.0'), '_active/active_releases.json': `${JSON.stringify(pointer, null, 2)}\n` },
  ]);
}
