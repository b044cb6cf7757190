import { type ValidationRequest } from '../../../src/validation';
import { aRelease, type Changes, MANIFEST } from '../support/a-release';
import { type HostileCase } from './hostile-case';

export const SCHEMA_FILE = 'schemas/output.schema.json';

type Content = string | Uint8Array;

/** A case whose manifest is this. */
export function manifest(name: string, content: () => Content, expect: string): HostileCase {
  return release(name, () => ({ 'package.yaml': content() }), expect);
}

/** A case whose schema file holds these bytes. */
export function schemaText(name: string, content: () => Content, expect: string): HostileCase {
  return release(name, () => ({ [SCHEMA_FILE]: content() }), expect);
}

/** A case whose schema is this value. */
export function schema(name: string, value: () => unknown, expect: string): HostileCase {
  return release(name, () => ({ [SCHEMA_FILE]: JSON.stringify(value()) }), expect);
}

/** A case with other files, all of which the manifest names. */
export function files(name: string, changes: () => Changes, expect: string): HostileCase {
  const named = (made: Changes): Changes => ({
    'package.yaml': `${MANIFEST}files: ${JSON.stringify(Object.keys(made))}\n`,
    ...made,
  });
  return release(name, () => named(changes()), expect);
}

export function release(
  name: string,
  changes: () => Changes,
  expect: string,
  over: Partial<ValidationRequest> = {},
): HostileCase {
  return { name, make: () => aRelease(changes(), over), expect };
}
