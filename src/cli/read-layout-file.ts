import { readFile } from 'node:fs/promises';
import { createValidationEngine } from '../validation';
import { Refused } from './outcome';

/** The layout a `--layout FILE` gives: JSON or YAML, the layout itself or under `layout:`. Undefined without a file. */
export async function readLayoutFile(path: string | undefined): Promise<unknown> {
  if (path === undefined) return undefined;
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new Refused(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const validation = createValidationEngine();
  try {
    const parsed = await validation.readYaml(bytes); // JSON is YAML
    if (!parsed.ok)
      throw new Refused(`${path}${parsed.line === null ? '' : `:${String(parsed.line)}`}: ${parsed.message}`);
    const { value } = parsed;
    return typeof value === 'object' && value !== null && 'layout' in value ? value.layout : value;
  } finally {
    await validation.close();
  }
}
