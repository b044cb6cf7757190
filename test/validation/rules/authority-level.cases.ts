import { aRelease, type Changes, mapWith, MANIFEST, manifestWith } from '../support/a-release';
import { type RuleCase, type SilentCase } from './rule-case';

/** A map that knows no context for the package, and no package of kind `pgc` at all. */
const NO_PGC = {
  ...mapWith({}),
  active: without(mapWith({}).active),
  releases: without(mapWith({}).releases),
};
const OTHER_PGC = { ...NO_PGC, releases: { ...NO_PGC.releases, 'pgc/other.v1': ['1.0.0'] } };
const RELEASED_PGC = { ...NO_PGC, releases: { ...NO_PGC.releases, 'pgc/project_brief.v1': ['1.0.0'] } };

const PROMPT = { 'prompts/pgc.prompt.txt': 'Ask who the brief is for.\n' };
const naming = (path: string): Changes => manifestWith('qa_prompt: null', `pgc_context: ${path}`);
const constructed = (key: string): Changes => ({
  'package.yaml': `${MANIFEST.replace('llm_generated', 'constructed')}${key}`,
});

export const cases: readonly RuleCase[] = [
  {
    rule: 'pgc-context-missing',
    when: 'a descriptive package that is generated has no context, and none of its kind is known',
    request: aRelease({}, { map: NO_PGC }),
    at: 'package.yaml:15:3 /artifacts',
    says: 'needs a PGC context: name its file in `artifacts.pgc_context`.',
  },
  {
    rule: 'pgc-context-missing',
    when: 'a prescriptive package names none, and packages of kind pgc are known',
    request: aRelease(
      { 'package.yaml': MANIFEST.replace('descriptive', 'prescriptive').replace('qa_prompt', 'pgc_context') },
      { map: OTHER_PGC },
    ),
    at: 'package.yaml:16:16 /artifacts/pgc_context',
    says: 'A `prescriptive` package that is `llm_generated` needs a PGC context: name its file in `artifacts.pgc_context`, or stage a release of `pgc/project_brief.v1`.',
  },
  {
    rule: 'pgc-context-missing',
    when: 'there are no artifacts at all',
    request: aRelease(
      {
        'package.yaml': MANIFEST.replace(/artifacts:[^]*?tests:/, 'tests:').replace(
          /schema_ref: .*/,
          'schema_ref: null',
        ),
        'prompts/task.prompt.txt': null,
        'schemas/output.schema.json': null,
      },
      { map: NO_PGC },
    ),
    at: 'package.yaml:2:1 ',
    says: 'needs a PGC context',
  },
  {
    rule: 'pgc-context-not-active',
    when: 'the package of the context is released, and not active',
    request: aRelease({}, { map: RELEASED_PGC }),
    at: 'package.yaml:15:3 /artifacts',
    says: 'The PGC context is `pgc/project_brief.v1`, of which no release is active',
  },
  {
    rule: 'parent-doc-type-missing',
    when: 'a constructed package has no parent',
    request: aRelease(constructed('')),
    at: 'package.yaml:6:16 /creation_mode',
    says: 'Name in `parent_doc_type` the document type that this one is constructed from.',
  },
  {
    rule: 'parent-doc-type-missing',
    when: 'the parent of a constructed package is null',
    request: aRelease(constructed('parent_doc_type: null\n')),
    at: 'package.yaml:22:18 /parent_doc_type',
    says: 'Name in `parent_doc_type`',
  },
];

export const silent: readonly SilentCase[] = [
  {
    when: 'the release holds its PGC context',
    request: aRelease({ ...naming('prompts/pgc.prompt.txt'), ...PROMPT }, { map: NO_PGC }),
  },
  {
    when: 'the path of the PGC context is spelled in another way',
    request: aRelease({ ...naming('./prompts/pgc.prompt.txt'), ...PROMPT }, { map: NO_PGC }),
  },
  {
    when: 'a release of a PGC package is named by URN, active or not',
    request: aRelease(naming('prompt:pgc:other.v1:1.0.0'), { map: OTHER_PGC }),
  },
  {
    when: 'a constructive package is generated without a PGC context',
    request: aRelease(manifestWith('descriptive', 'constructive'), { map: NO_PGC }),
  },
  {
    when: 'a descriptive package is written by hand',
    request: aRelease(manifestWith('llm_generated', 'manual'), { map: NO_PGC }),
  },
  { when: 'a constructed package names its parent', request: aRelease(constructed('parent_doc_type: intake\n')) },
  {
    when: 'a generated package has no parent',
    request: aRelease(manifestWith('house_key: kept', 'parent_doc_type: null')),
  },
  {
    when: 'the manifest is of another make than that of a document type',
    request: aRelease(
      {
        'package.yaml': null,
        'role.yaml': 'name: analyst\nauthority_level: descriptive\ncreation_mode: llm_generated\n',
        'prompts/task.prompt.txt': null,
        'schemas/output.schema.json': null,
      },
      {
        package: 'roles/analyst',
        kind: 'roles',
        version: '1.0.0',
        manifest: { file: 'role.yaml', id: 'name', version: null },
        map: NO_PGC,
      },
    ),
  },
];

function without<T>(ids: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(ids).filter(([id]) => !id.startsWith('pgc/')));
}
