import { type Family } from './reference-form';

/** What a place that asks for a reference may refer to, the usual one first. */
export type Asked = readonly Family[];

const PROMPTS: Asked = ['task', 'template', 'role', 'pgc'];
const WORKFLOWS: Asked = ['dcw', 'pow', 'workflow'];
/** What a key asks for that says no more than that it holds a reference. */
export const ANY: Asked = [...PROMPTS, 'schema', 'op', 'mech', ...WORKFLOWS];

const BY_KEY: Readonly<Record<string, Asked>> = {
  role_prompt_ref: ['role'],
  template_ref: ['template'],
  qa_template_ref: ['template'],
  pgc_template_ref: ['template'],
  schema_ref: ['schema'],
  output_schema_ref: ['schema'],
  input_schema_ref: ['schema'],
  task_ref: PROMPTS,
  op_ref: ['op', 'mech'],
  dcw_ref: WORKFLOWS,
  pow_ref: WORKFLOWS,
  // A step of a workflow, or an operation, without the ending.
  role: ['role'],
  role_prompt: ['role'],
  task_prompt: PROMPTS,
  output_schema: ['schema'],
  input_schema: ['schema'],
  renders: ['schema'],
  captures: ['schema'],
};

const BY_INCLUDE: Readonly<Record<string, Asked>> = {
  ROLE_PROMPT: ['role'],
  TASK_PROMPT: PROMPTS,
  PGC_CONTEXT: ['pgc', 'task', 'template', 'role'],
  OUTPUT_SCHEMA: ['schema'],
};

/** Keys of a manifest, at its top, that hold a reference or null and nothing else. */
export const MANIFEST_REFERENCES = [
  'role_prompt_ref',
  'template_ref',
  'qa_template_ref',
  'pgc_template_ref',
  'schema_ref',
];

/** What the value under a key is asked to refer to; null for a key that asks for no reference. */
export function askedBy(key: string, parentKey: string | null): Asked | null {
  if (parentKey === 'includes') return own(BY_INCLUDE, key) ?? ANY;
  return own(BY_KEY, key) ?? (/(^|_)refs?$/.test(key) ? ANY : null);
}

function own(table: Readonly<Record<string, Asked>>, key: string): Asked | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
