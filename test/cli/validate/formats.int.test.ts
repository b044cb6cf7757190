import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { githubFormat } from '../../../src/cli/validate/github-format';
import { humanFormat } from '../../../src/cli/validate/human-format';
import { jsonFormat } from '../../../src/cli/validate/json-format';
import { jsonText } from '../../../src/cli/validate/json-text';
import { sarifFormat } from '../../../src/cli/validate/sarif-format';
import { type ValidatedTree } from '../../../src/cli/validate/validated-tree';
import { git, gitTest } from '../../git/real-git';
import { scratch } from '../support/run-slipway';
import { BROKEN, copyOfExample, DISCOVERY, exampleText, validatorOfFile } from './working-trees';
import { sarifFaults, type SarifLog } from './sarif-faults';

const { next } = scratch();
const validate = validatorOfFile();
const PLAN = 'document_types/implementation_plan/releases/1.0.0';
const ODD = `${DISCOVERY}/notes, 100%: old.txt`;

let root: string;
let broken: ValidatedTree;
beforeAll(async () => {
  root = copyOfExample(next('broken'), BROKEN);
  broken = await validate(root);
});

const sarifOf = (tree: ValidatedTree): SarifLog => JSON.parse(jsonText(sarifFormat(tree, '1.2.3'))) as SarifLog;

describe('for people', () => {
  it('names each finding by path, line and column, below its release', () => {
    expect(humanFormat(broken, root)).toEqual([
      'implementation_plan 1.0.0 (active)',
      expect.stringMatching(
        new RegExp(`^${PLAN}/schemas/output.schema.json:1:\\d+ error schema-not-valid .+`),
      ) as string,
      '',
      'project_discovery 1.4.0 (active)',
      `${DISCOVERY}/package.yaml:2:1 error manifest-key-missing Add the key \`display_name\`.`,
      `${ODD} warning file-not-named Name the file in the manifest, or delete it.`,
      '',
      '7 releases, 2 errors, 1 warning.',
    ]);
  });

  it('shows paths as they are seen from where it runs', () => {
    expect(humanFormat(broken, join(root, '..'))).toContainEqual(
      expect.stringMatching(/^[^/]+-broken\/document_types\/project_discovery\/.*\/package\.yaml:2:1 error /),
    );
    expect(humanFormat(broken, join(root, DISCOVERY, 'prompts'))).toContainEqual(
      expect.stringMatching(/^\.\.\/package\.yaml:2:1 error /),
    );
  });
});

describe('for GitHub', () => {
  it('annotates the files of a pull request, escaped', () => {
    const lines = githubFormat(broken);
    expect(lines).toEqual([
      expect.stringMatching(/^::error file=.*,line=1,col=\d+,title=schema-not-valid \(implementation_plan 1\.0\.0\)::/),
      `::error file=${DISCOVERY}/package.yaml,line=2,col=1,title=manifest-key-missing (project_discovery 1.4.0)::Add the key \`display_name\`.`,
      `::warning file=${DISCOVERY}/notes%2C 100%25%3A old.txt,title=file-not-named (project_discovery 1.4.0)::Name the file in the manifest, or delete it.`,
      '7 releases, 2 errors, 1 warning.',
    ]);
  });
});

describe('as SARIF', () => {
  it('is a log of the standard’s form', () => {
    expect(sarifFaults(sarifOf(broken))).toEqual([]);
  });

  it('has each finding with its rule, place, level and fingerprint', () => {
    const [run] = sarifOf(broken).runs;
    const { rules } = run.tool.driver;
    expect(run.tool.driver).toMatchObject({ name: 'Slipway', semanticVersion: '1.2.3' });
    expect(rules.map(({ id }) => id)).toEqual(broken.rules.map(({ id }) => id));
    expect(run.results.map((result) => rules[result.ruleIndex]?.id)).toEqual(run.results.map(({ ruleId }) => ruleId));
    expect(run.results[1]).toMatchObject({
      ruleId: 'manifest-key-missing',
      level: 'error',
      message: { text: 'Add the key `display_name`.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: `${DISCOVERY}/package.yaml`, uriBaseId: '%SRCROOT%' },
            region: { startLine: 2, startColumn: 1 },
          },
        },
      ],
    });
    const { locations } = run.results[2] ?? { locations: [] };
    expect(locations[0]?.physicalLocation.artifactLocation.uri).toBe(`${DISCOVERY}/notes%2C%20100%25%3A%20old.txt`);
    expect(run.results[2]?.level).toBe('warning');
  });

  it('knows a finding again after an edit that has nothing to do with it', async () => {
    const edited = copyOfExample(next('edited'), {
      ...BROKEN,
      [`${DISCOVERY}/package.yaml`]: `# A comment above\n${BROKEN[`${DISCOVERY}/package.yaml`]}`,
    });
    const prints = (tree: ValidatedTree): readonly object[] =>
      sarifOf(tree).runs[0].results.map(({ partialFingerprints }) => partialFingerprints);
    const before = prints(broken);
    expect(prints(await validate(edited))).toEqual(before);
    expect(new Set(before.map((print) => JSON.stringify(print))).size).toBe(3);
  });
});

describe('as JSON', () => {
  it('says everything, and a verdict of the whole', () => {
    const json = jsonFormat(broken);
    expect(json).toMatchObject({
      format: 1,
      valid: false,
      root: broken.root,
      errorCount: 2,
      warningCount: 1,
      remarks: [],
    });
    expect(json).toHaveProperty('releases.length', 7);
    expect(json).toHaveProperty('releases.2', {
      package: 'project_discovery',
      kind: 'document_types',
      version: '1.3.0',
      active: false,
      path: 'document_types/project_discovery/releases/1.3.0',
      tree: broken.releases[2]?.release.tree,
      report: broken.releases[2]?.release.report,
    });
  });

  it('is the same for programs, whatever characters are in it', () => {
    const value = { text: 'a\u001b\u202e\u0085\u2028\ud800💯\n"\\', list: ['\u200b'] };
    const text = jsonText(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
  });
});

describe('whatever the form', () => {
  gitTest('paths begin at the top of the Git checkout where the repository is a part of one', async () => {
    const top = next('monorepo');
    mkdirSync(top);
    git(top, ['init', '--quiet']);
    const tree = await validate(copyOfExample(join(top, 'services', 'config'), BROKEN));
    expect(githubFormat(tree)).toContainEqual(
      expect.stringContaining(`::error file=services/config/${DISCOVERY}/package.yaml,line=2`),
    );
    const uris = sarifOf(tree).runs[0].results.map(
      ({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri,
    );
    expect(uris).toContain(`services/config/${PLAN}/schemas/output.schema.json`);
    expect(humanFormat(tree, top)).toContainEqual(expect.stringMatching(/^services\/config\/document_types/));
  });

  it('what is in no release is said: what is none, and what the pointer names that is not there', async () => {
    const pointer = exampleText('_active/active_releases.json');
    const tree = await validate(
      copyOfExample(next('remarks'), {
        'document_types/epic/releases/1.0/package.yaml': 'doc_type_id: epic\n',
        '_active/active_releases.json': pointer.replace('{', '{ "epic": "1.0.0", "Epic": "1", "_comment": "x",'),
      }),
    );
    expect(humanFormat(tree, tree.root)).toEqual([
      'document_types/epic/releases/1.0 warning Is no release and was not validated: version out of grammar: a semantic version such as 1.4.0 or 1.5.0-rc.1.',
      '_active/active_releases.json error Names epic 1.0.0, of which there is no release.',
      '_active/active_releases.json warning The key Epic names no release: it is no package id, or its value no version.',
      '7 releases, 1 error, 2 warnings.',
    ]);
    expect(githubFormat(tree)[1]).toBe(
      '::error file=_active/active_releases.json::Names epic 1.0.0, of which there is no release.',
    );
    expect(sarifFaults(sarifOf(tree))).toEqual([]);
    expect(sarifOf(tree).runs[0].invocations[0]?.toolExecutionNotifications.map(({ level }) => level)).toEqual([
      'warning',
      'error',
      'warning',
    ]);
    expect(jsonFormat(tree)).toMatchObject({ valid: false, remarks: [{}, { severity: 'ERROR' }, {}] });
  });

  it('a repository that cannot be read is told in every form, at the file to correct', async () => {
    const guardrails = `${exampleText('slipway.yaml')}guardrails:\n  - id: no-hosts\n    patern: corp\n    severity: fatal\n`;
    const first = guardrails.split('\n').indexOf('  - id: no-hosts') + 1;
    const tree = await validate(copyOfExample(next('policy'), { 'slipway.yaml': guardrails }));
    const places = tree.remarks.map(({ path, line }) => `${path}:${String(line)}`);
    expect(places).toEqual([...places].sort());
    expect(places[0]).toBe(`slipway.yaml:${String(first)}`);
    expect(humanFormat(tree, tree.root).at(-1)).toMatch(/^0 releases, [1-9] errors?, 0 warnings\.$/);
    expect(githubFormat(tree)[0]).toMatch(/^::error file=slipway\.yaml,line=[0-9]+::/);
    expect(sarifFaults(sarifOf(tree))).toEqual([]);
    expect(sarifOf(tree).runs[0].invocations).toMatchObject([{ executionSuccessful: false }]);
    expect(jsonFormat(tree)).toMatchObject({ valid: false, releases: [] });

    const pointer = await validate(copyOfExample(next('pointer'), { '_active/active_releases.json': '{ "a": ' }));
    expect(pointer).toMatchObject({ isValid: false, remarks: [{ path: '_active/active_releases.json' }] });
  });

  it('nothing that a terminal or a CI system would obey is printed, whatever files are called', async () => {
    const name = '\u001b[31mred\u202e\n::error::x.txt';
    const tree = await validate(
      copyOfExample(next('escapes'), {
        [`${DISCOVERY}/${name}`]: 'x',
        'document_types/\u001b[2J/releases/1.0.0/a': 'x',
        '::error::x/releases/a': 'x',
      }),
    );
    const forms = {
      human: humanFormat(tree, tree.root),
      github: githubFormat(tree),
      sarif: [jsonText(sarifFormat(tree, '1.2.3'))],
      json: [jsonText(jsonFormat(tree))],
    };
    for (const lines of Object.values(forms)) {
      expect(lines.join('\n').replaceAll('\n', '')).not.toMatch(/\p{C}/u);
      expect(lines.join('\n')).not.toMatch(/^\s*::error::x/m);
    }
    const spelled = `${DISCOVERY}/\\u{1b}[31mred\\u{202e}\\u{a}::error::x.txt`;
    expect(forms.human).toContain(`${spelled} warning file-not-named Name the file in the manifest, or delete it.`);
    expect(forms.github.join('\n')).toContain(`file=${spelled.replaceAll(':', '%3A')},`);
    const uris = sarifOf(tree).runs[0].results.map(
      ({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri ?? '',
    );
    expect(uris.map(decodeURIComponent)).toEqual([`${DISCOVERY}/${name}`]);
  });
});
