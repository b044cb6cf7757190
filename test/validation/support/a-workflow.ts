import { type PlannedMap, type ValidationRequest } from '../../../src/validation';
import { aRelease, mapWith } from './a-release';

/** A definition with nothing wrong in it: every form of reference, each where it usually stands. */
export const DEFINITION = {
  workflow_id: 'brief_writing',
  version: '2.0.0',
  name: 'prompt:role:poet:9.9.9',
  document_type: 'project_brief',
  requires_inputs: ['intake', 'answers_of_people'],
  nodes: [
    {
      node_id: 'ask',
      produces: 'clarifications.brief',
      internals: {
        question: {
          template_ref: 'prompt:template:writer:1.0.0',
          includes: {
            ROLE_PROMPT: 'prompt:role:analyst:1.0.0',
            TASK_PROMPT: 'prompt:task:brief:1.0.0',
            PGC_CONTEXT: 'prompt:pgc:project_brief.v1:1.0.0',
            OUTPUT_SCHEMA: 'schema:project_brief:1.4.0',
          },
          output_schema_ref: 'schema:questions@1.0.0',
        },
        entry: { op_ref: 'mech:entry:answer:1.0.0' },
      },
    },
    { node_id: 'write', task_ref: 'prompt:template:writer:1.0.0', op_ref: 'op:answer@1.0.0', inputs: [{ ref: 'ask' }] },
  ],
  routes: { next: 'pow:delivery@1.0.0', write: 'dcw:delivery@1.0.0', other: 'workflow:delivery:1.0.0' },
} as const;

const ACTIVE = {
  'tasks/brief': '1.0.0',
  'pgc/project_brief.v1': '1.0.0',
  'schemas/questions': '1.0.0',
  'mechanical_ops/answer': '1.0.0',
  'workflows/delivery': '1.0.0',
  'workflows/brief_writing': '2.0.0',
};

/** The map that {@link aWorkflow} is judged on, with other active packages, releases or committed versions. */
export function workflowMap(
  active: PlannedMap['active'] = {},
  releases: PlannedMap['releases'] = {},
  committed: PlannedMap['committed'] = {},
): PlannedMap {
  const entries = Object.entries(ACTIVE);
  return mapWith(
    { ...Object.fromEntries(entries.map(([id, version]) => [id, { version, requires: [] }])), ...active },
    { ...Object.fromEntries(entries.map(([id, version]) => [id, [version]])), project_brief: ['1.4.0'], ...releases },
    committed,
  );
}

/** A workflow, a kind without a manifest, with one text of its definition replaced, which has to be there. */
export function aWorkflow(from = '', to = '', over: Partial<ValidationRequest> = {}): ValidationRequest {
  const text = JSON.stringify(DEFINITION, null, 2);
  if (!text.includes(from)) throw new Error(`The definition has no ${from}.`);
  return {
    ...aRelease(),
    package: 'workflows/brief_writing',
    kind: 'workflows',
    version: '2.0.0',
    manifest: null,
    files: [{ path: 'definition.json', bytes: Buffer.from(text.replace(from, () => to)) }],
    map: workflowMap(),
    ...over,
  };
}

/** Another kind of release without a manifest, of one file. */
export function aFileOf(
  kind: string,
  path: string,
  content: string,
  over: Partial<ValidationRequest> = {},
): ValidationRequest {
  const files = [{ path, bytes: Buffer.from(content) }];
  return { ...aWorkflow(), package: `${kind}/confirm`, kind, version: '1.0.0', files, ...over };
}
