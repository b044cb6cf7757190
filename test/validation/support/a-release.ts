import { type ManifestLayout } from '../../../src/domain';
import { type PlannedMap, type ValidationRequest } from '../../../src/validation';

export const DOCUMENT_TYPE: ManifestLayout = { file: 'package.yaml', id: 'doc_type_id', version: 'version' };

export const MANIFEST = `# What the package is
doc_type_id: project_brief
display_name: "Project Brief"
version: 1.4.0
authority_level: descriptive # says what is
creation_mode: llm_generated
required_inputs:
  - intake
optional_inputs: []
role_prompt_ref: "prompt:role:analyst:1.0.0"
template_ref: "prompt:template:writer:1.0.0"
qa_template_ref: null
schema_ref: "schema:project_brief:1.4.0"
artifacts:
  task_prompt: prompts/task.prompt.txt
  qa_prompt: null
  schema: schemas/output.schema.json
tests:
  fixtures: []
  golden_traces: []
house_key: kept
`;

export const SCHEMA = `{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "schema:project_brief:1.4.0",
  "type": "object",
  "required": ["title"],
  "properties": {
    "title": { "type": "string", "pattern": "^[A-Z]" },
    "parts": { "type": "array", "items": { "$ref": "#/definitions/part" } }
  },
  "definitions": { "part": { "type": "string" } }
}
`;

const MAP: PlannedMap = {
  defaultKind: 'document_types',
  active: {
    project_brief: { version: '1.4.0', requires: ['intake'] },
    intake: { version: '1.0.0', requires: [] },
    'roles/analyst': { version: '1.0.0', requires: [] },
    'templates/writer': { version: '1.0.0', requires: [] },
    'pgc/project_brief.v1': { version: '1.0.0', requires: [] },
  },
  releases: {
    project_brief: ['1.3.0'],
    intake: ['1.0.0'],
    'roles/analyst': ['1.0.0'],
    'templates/writer': ['1.0.0', '1.1.0'],
    'pgc/project_brief.v1': ['1.0.0'],
  },
  committed: {},
};

/** Paths with their new content; null takes a file away. */
export type Changes = Readonly<Record<string, string | Uint8Array | null>>;

/** A release with nothing wrong in it, changed as a case needs it. */
export function aRelease(changes: Changes = {}, over: Partial<ValidationRequest> = {}): ValidationRequest {
  const contents: Record<string, string | Uint8Array | null> = {
    'package.yaml': MANIFEST,
    'prompts/task.prompt.txt': 'Write a brief.\n',
    'schemas/output.schema.json': SCHEMA,
    'README.md': '# Project brief\n',
    ...changes,
  };
  return {
    package: 'project_brief',
    kind: 'document_types',
    version: '1.4.0',
    tree: 'a'.repeat(40),
    files: Object.entries(contents).flatMap(([path, content]) =>
      content === null ? [] : [{ path, bytes: typeof content === 'string' ? Buffer.from(content) : content }],
    ),
    manifest: DOCUMENT_TYPE,
    map: MAP,
    policy: null,
    validatedAt: '2026-03-01T10:00:00.000Z',
    ...over,
  };
}

/** The manifest with one text replaced, which has to be there. */
export function manifestWith(from: string, to: string): Changes {
  return { 'package.yaml': replaced(MANIFEST, from, to) };
}

/** The schema with one text replaced, which has to be there. */
export function schemaWith(from: string, to: string): Changes {
  return { 'schemas/output.schema.json': replaced(SCHEMA, from, to) };
}

/** The schema file with another value in it. */
export function schemaIs(schema: unknown): Changes {
  return { 'schemas/output.schema.json': JSON.stringify(schema, null, 2) };
}

/** The map of a correct release, with other active packages, releases or committed versions. */
export function mapWith(
  active: PlannedMap['active'],
  releases: PlannedMap['releases'] = {},
  committed: PlannedMap['committed'] = {},
): PlannedMap {
  return { ...MAP, active: { ...MAP.active, ...active }, releases: { ...MAP.releases, ...releases }, committed };
}

function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`The text has no ${JSON.stringify(from)}.`);
  return text.replace(from, () => to);
}
