import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLED_EXAMPLE } from '../../../src/server/config';

/** The text of a file of the example that the first start adopts. */
export function exampleFile(path: string): string {
  return readFileSync(join(BUNDLED_EXAMPLE, path), 'utf8');
}

/** A file of the active release of `project_discovery`. */
export function discoveryFile(path: string): string {
  return exampleFile(`document_types/project_discovery/releases/1.4.0/${path}`);
}

/** What is active when the example was adopted. */
export const ADOPTED_POINTER = JSON.parse(exampleFile('_active/active_releases.json')) as Readonly<
  Record<string, string>
>;
