import {
  LIMITS,
  pinNotActive,
  type PinSource,
  pinsVersions,
  type ValidationEngine,
  type ValidationRequest,
} from '../../src/validation';
import { FAMILIES } from './hostile/corpus';
import { aRelease } from './support/a-release';
import { aFileOf, aWorkflow, workflowMap } from './support/a-workflow';
import { MADE_UP } from './support/made-up-secrets';
import { engineFromSource } from './support/engine-from-source';

const source = ({ package: id, kind, version, files, manifest, map }: ValidationRequest): PinSource => ({
  ...{ package: id, kind, version, files, manifest },
  defaultKind: map.defaultKind,
});
const referring = (...references: string[]) =>
  aFileOf('workflows', 'definition.json', JSON.stringify(references.map((reference) => ({ task_ref: reference }))));

describe('the versions that a release runs with', () => {
  let engine: ValidationEngine;
  beforeAll(() => (engine = engineFromSource({ processes: 1, timeoutMs: 20_000 })));
  afterAll(() => engine.close());
  const pins = (request: ValidationRequest) => engine.readPins(source(request));

  it('are told each once, with the first place and how many there are', async () => {
    const text = `nodes:
  - { template_ref: 'prompt:template:writer:1.0.0', then: 'op:answer@1.0.0' }
  - { template_ref: 'prompt:template:writer:1.0.0', name: 'prompt:role:poet:9.9.9' }
`;
    expect(await pins(aFileOf('workflows', 'flow.yaml', text))).toEqual([
      { reference: 'prompt:template:writer:1.0.0', path: 'flow.yaml', line: 2, places: 2 },
      { reference: 'op:answer@1.0.0', path: 'flow.yaml', line: 2, places: 1 },
    ]);
  });

  it('are those of workflows and operations alone, and not the release itself', async () => {
    expect(await pins(aRelease())).toEqual([]);
    expect(await pins(aFileOf('mechanical_ops', 'operation.yaml', 'next_ref: op:confirm@1.0.0\n'))).toEqual([]);
    expect(await pins(aFileOf('mechanical_ops', 'operation.yaml', 'next_ref: op:confirm@1.1.0\n'))).toHaveLength(1);
    expect(['workflows', 'operations', 'mechanical_ops', 'tasks', 'document_types'].filter(pinsVersions)).toEqual([
      'workflows',
      'operations',
      'mechanical_ops',
    ]);
  });

  it('are not told in part: null for too many, and for a release that is too large to be read', async () => {
    const many = Array.from({ length: 1_001 }, (_, at) => `prompt:task:brief:1.0.${at}`);
    expect(await pins(referring(...many))).toBeNull();
    expect(await pins(referring(...many.slice(1)))).toHaveLength(1_000);
    const file = { path: 'a.txt', bytes: Buffer.from('a') };
    const files = Array.from({ length: LIMITS.files + 1 }, (_, at) => ({ ...file, path: `${at}.txt` }));
    expect(await pins({ ...referring(), files })).toBeNull();
  });

  it.each([
    ['as they are', workflowMap()],
    ['with another active version', workflowMap({ 'templates/writer': { version: '1.1.0', requires: [] } })],
    ['with versions that nobody can activate', workflowMap({}, { 'tasks/brief': ['2.0.0'] })],
  ])('miss on a map %s what the rule of staging finds on it', async (_, map) => {
    const request = aWorkflow('', '', { map });
    const { findings } = await engine.validate(request);
    const found = findings.filter(({ rule }) => rule === 'workflow-version-not-active');
    const missed = (await pins(request))?.filter((pin) => pinNotActive(map, pin) !== null) ?? [];
    expect(missed.reduce((sum, { places }) => sum + places, 0)).toBe(found.length);
    expect(missed.map(({ line }) => line)).toEqual([found[0]?.line].filter((line) => line !== undefined));
  });

  it('hold no secret, not even in the name of a file', async () => {
    const { files, ...rest } = referring('prompt:task:brief:1.0.0');
    const path = `${MADE_UP.githubToken}.json`;
    const told = await pins({ ...rest, files: files.map((each) => ({ ...each, path })) });
    expect(told).toMatchObject([{ path: expect.stringContaining('[secret]') as string }]);
  });

  it('of hostile content are told or not, and the next release is read all the same', async () => {
    for (const { cases } of FAMILIES)
      for (const { make } of cases.filter((__, at) => at % 25 === 0)) {
        const told = await pins({ ...make(), kind: 'workflows' });
        expect(told === null || Array.isArray(told)).toBe(true);
      }
    expect(await pins(referring('prompt:task:brief:1.0.0'))).toHaveLength(1);
  });
});

it('cannot be told where the child ends or answers what is no reference', async () => {
  const misbehave = ['-r', require.resolve('./support/misbehave.cjs')];
  const engine = engineFromSource({ processes: 1, timeoutMs: 20_000, execArgv: misbehave });
  try {
    for (const fault of ['fault-killed', 'fault-empty', 'fault-pin']) {
      const { files, ...rest } = referring('prompt:task:brief:1.0.0');
      const broken = { ...rest, files: [...files, { path: fault, bytes: Buffer.from('') }] };
      expect(await engine.readPins(source(broken))).toBeNull();
    }
    expect(await engine.readPins(source(referring('prompt:task:brief:1.0.0')))).toHaveLength(1);
  } finally {
    await engine.close();
  }
});
