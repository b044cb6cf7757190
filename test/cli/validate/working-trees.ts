import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { validatedTree, type ValidatedTree } from '../../../src/cli/validate/validated-tree';
import { BUNDLED_EXAMPLE } from '../../../src/server/config';
import { validateWorkingTree, type WorkingTreeSelection } from '../../../src/server/validate-working-tree';
import { engineFromSource } from '../../validation/support/engine-from-source';

export const DISCOVERY = 'document_types/project_discovery/releases/1.4.0';

/** Writes a copy of the bundled example, with files set (a text) or taken away (null). */
export function copyOfExample(
  directory: string,
  changes: Readonly<Record<string, string | Uint8Array | null>> = {},
): string {
  cpSync(BUNDLED_EXAMPLE, directory, { recursive: true });
  for (const [path, content] of Object.entries(changes)) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content === null) rmSync(file);
    else writeFileSync(file, content);
  }
  return directory;
}

/** The text of a file of the bundled example. */
export function exampleText(path: string): string {
  return readFileSync(join(BUNDLED_EXAMPLE, path), 'utf8');
}

/** One error with line and column, one error and one warning of a whole file: in two releases. */
export const BROKEN = {
  [`${DISCOVERY}/package.yaml`]: exampleText(`${DISCOVERY}/package.yaml`).replace(/^display_name: .*\n/m, ''),
  [`${DISCOVERY}/notes, 100%: old.txt`]: 'Not named anywhere.\n',
  'document_types/implementation_plan/releases/1.0.0/schemas/output.schema.json': '{ "type": "objekt" }\n',
} as const;

/** Validates working trees in this process, with one engine for a test file. */
export function validatorOfFile(): (
  directory: string,
  selection?: Partial<WorkingTreeSelection>,
) => Promise<ValidatedTree> {
  const engine = engineFromSource();
  afterAll(() => engine.close());
  return async (directory, selection = {}) => {
    const whole = { directory, layout: undefined, packages: [], activeOnly: false, ...selection };
    return validatedTree(await validateWorkingTree(whole, engine), engine);
  };
}

/** The releases that were looked at, as `id version`. */
export function namesOf({ releases }: ValidatedTree): readonly string[] {
  return releases.map(({ release }) => `${release.package} ${release.version}`);
}

/** What was found, as rule and path. */
export function rulesOf({ releases }: ValidatedTree): readonly (readonly [rule: string, path: string])[] {
  return releases.flatMap(({ findings }) => findings.map(({ rule, path }) => [rule, path] as const));
}
