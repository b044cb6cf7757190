import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateRelease } from '../../../src/validation/child/validate-release';
import { createSchemaCompiler } from '../../../src/validation/schema/compile-schema';
import { aRelease } from '../support/a-release';

const BUNDLE =
  process.env.SLIPWAY_REAL_CONFIG ??
  join(__dirname, '..', '..', '..', '..', 'shared', 'real-config', 'config-history.bundle');
const PROMPT = 'prompts/task.prompt.txt';
const SCHEMA = 'schemas/output.schema.json';

const ifPresent = existsSync(BUNDLE) ? describe : describe.skip;

ifPresent('the prompts of a real configuration repository', () => {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-real-prompts-'));
  const compiler = createSchemaCompiler();
  const git = (...args: readonly string[]): Buffer =>
    execFileSync('git', ['-C', directory, ...args], { maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });

  beforeAll(() => git('clone', '--quiet', '--bare', '--branch', 'main', BUNDLE, '.'));
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  /** `line rule name` of each finding of the check. */
  function found(prompt: Buffer, schema: Buffer): readonly string[] {
    const { findings } = validateRelease(aRelease({ [PROMPT]: prompt, [SCHEMA]: schema }), compiler);
    return findings
      .filter(({ check }) => check === 'PROMPT_SCHEMA_ALIGNMENT')
      .map(({ line, rule, message }) => `${String(line)} ${rule} ${/`([^`]*)`/.exec(message)?.[1] ?? ''}`);
  }

  const inRelease = (release: string): readonly string[] => {
    const at = `main:document_types/${release}`;
    return found(git('show', `${at}/${PROMPT}`), git('show', `${at}/${SCHEMA}`));
  };

  it.each(['feature', 'implementation_plan', 'technical_architecture'])('agree with their schema in %s', (name) => {
    expect(inRelease(`${name}/releases/1.0.0`)).toEqual([]);
  });

  it('agree with their schema where lists, parentheses and a schema name state the output', () => {
    expect(inRelease('project_discovery/releases/1.4.0')).toEqual([]);
  });

  it('disagree with a closed schema where a skeleton shows another document', () => {
    expect(inRelease('concierge_intake/releases/1.0.0')).toEqual([
      '27 demanded-field-forbidden document_type',
      '28 demanded-field-forbidden version',
      '29 demanded-field-forbidden project_name',
      '30 demanded-field-forbidden summary',
      '34 demanded-structure-not-allowed project_type',
      '39 demanded-structure-not-allowed constraints',
      '44 demanded-field-forbidden open_gaps',
      '49 demanded-field-forbidden outcome',
      '26 required-field-not-named captured_intent',
      '26 required-field-not-named conversation_summary',
      '26 required-field-not-named document_id',
      '26 required-field-not-named gate_outcome',
      '26 required-field-not-named schema_version',
    ]);
  });

  it('disagree with a closed schema where lists name other fields', () => {
    expect(inRelease('primary_implementation_plan/releases/1.0.0')).toEqual([
      '56 demanded-field-forbidden epic_id',
      '65 demanded-field-forbidden decision_gates',
      '48 required-field-not-named epic_candidates',
      '48 required-field-not-named meta',
      '49 demanded-field-undefined intent_summary',
      '50 demanded-field-undefined planning_assumptions',
      '51 demanded-field-undefined known_unknowns',
      '57 demanded-field-undefined title',
    ]);
  });

  it('disagreed in the same way in every earlier version', () => {
    const versions = (path: string): readonly string[] => {
      const commits = git('log', '--format=%H', 'main', '--', path).toString().trim().split('\n');
      return [...new Set(commits.map((commit) => git('rev-parse', `${commit}:${path}`).toString().trim()))];
    };
    const blob = (id: string): Buffer => git('cat-file', 'blob', id);
    const counts = Object.fromEntries(
      [
        'concierge_intake/releases/1.0.0',
        'feature/releases/1.0.0',
        'implementation_plan/releases/1.0.0',
        'primary_implementation_plan/releases/1.0.0',
        'project_discovery/releases/1.4.0',
        'technical_architecture/releases/1.0.0',
      ].map((release) => {
        const at = `document_types/${release}`;
        const pairs = versions(`${at}/${PROMPT}`).flatMap((prompt) =>
          versions(`${at}/${SCHEMA}`).map((schema) => found(blob(prompt), blob(schema)).length),
        );
        return [release.split('/')[0], pairs];
      }),
    );

    expect(counts).toEqual({
      concierge_intake: [13],
      feature: [0],
      implementation_plan: [0],
      primary_implementation_plan: [8, 8, 2, 2],
      project_discovery: [0, 0],
      technical_architecture: [0, 0],
    });
  });
});
