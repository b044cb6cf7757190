import { openRelease } from '../../../src/validation/child/open-release';
import { referencesIn } from '../../../src/validation/references/references-in';
import { createSchemaCompiler } from '../../../src/validation/schema/compile-schema';
import { aRelease, manifestWith } from '../support/a-release';
import { aWorkflow } from '../support/a-workflow';

const compiler = createSchemaCompiler();
const seen = (request: ReturnType<typeof aRelease>): readonly string[] =>
  referencesIn(openRelease(request, compiler)).map(
    ({ file, node, family, name, version }) => `${file.path}${node.pointer} ${family} ${name} ${version}`,
  );

describe('the references of a release', () => {
  it('are all those of a workflow, in order', () => {
    const question = 'definition.json/nodes/0/internals/question';

    expect(seen(aWorkflow())).toEqual([
      `${question}/template_ref template writer 1.0.0`,
      `${question}/includes/ROLE_PROMPT role analyst 1.0.0`,
      `${question}/includes/TASK_PROMPT task brief 1.0.0`,
      `${question}/includes/PGC_CONTEXT pgc project_brief.v1 1.0.0`,
      `${question}/includes/OUTPUT_SCHEMA schema project_brief 1.4.0`,
      `${question}/output_schema_ref schema questions 1.0.0`,
      'definition.json/nodes/0/internals/entry/op_ref mech answer 1.0.0',
      'definition.json/nodes/1/task_ref template writer 1.0.0',
      'definition.json/nodes/1/op_ref op answer 1.0.0',
      'definition.json/routes/next pow delivery 1.0.0',
      'definition.json/routes/write dcw delivery 1.0.0',
      'definition.json/routes/other workflow delivery 1.0.0',
    ]);
  });

  it('are those of a manifest and of files beside it, without what is malformed', () => {
    const request = aRelease({
      ...manifestWith('qa_prompt: null', 'qa_prompt: prompt:task:brief_qa:1.0.0'),
      'a.json': '{ "next_ref": "op:ask@1.0.0", "last_ref": "op:ask" }',
    });

    expect(seen(request)).toEqual([
      'a.json/next_ref op ask 1.0.0',
      'package.yaml/role_prompt_ref role analyst 1.0.0',
      'package.yaml/template_ref template writer 1.0.0',
      'package.yaml/schema_ref schema project_brief 1.4.0',
      'package.yaml/artifacts/qa_prompt task brief_qa 1.0.0',
    ]);
  });
});
