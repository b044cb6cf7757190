import { aRelease, mapWith, manifestWith } from '../support/a-release';
import { type RuleCase, type SilentCase } from './rule-case';

export const cases: readonly RuleCase[] = [
  {
    rule: 'required-input-malformed',
    when: 'a required input is a title',
    request: aRelease(manifestWith('- intake', '- intake\n  - Intake Form')),
    at: 'package.yaml:9:5 /required_inputs/1',
    says: '`Intake Form` is no package id: write `name`, or `kind/name` for another kind.',
  },
  {
    rule: 'required-input-malformed',
    when: 'a required input is a mapping',
    request: aRelease(manifestWith('- intake', '- id: intake')),
    at: 'package.yaml:8:5 /required_inputs/0',
    says: 'is no package id',
  },
  {
    rule: 'required-input-malformed',
    when: 'a required input names the default kind',
    request: aRelease(manifestWith('- intake', '- document_types/intake')),
    at: 'package.yaml:8:5 /required_inputs/0',
    says: 'Write `intake` for `document_types/intake`',
  },
  {
    rule: 'required-input-self',
    when: 'a package requires itself',
    request: aRelease(manifestWith('- intake', '- project_brief')),
    at: 'package.yaml:8:5 /required_inputs/0',
    says: 'Take `project_brief` out of its own required_inputs.',
  },
  {
    rule: 'required-input-unknown',
    when: 'a required input was never released',
    request: aRelease(manifestWith('- intake', '- intake\n  - interview')),
    at: 'package.yaml:9:5 /required_inputs/1',
    says: '`interview` has no release: stage one first, or correct the id.',
  },
  {
    rule: 'required-input-unknown',
    when: 'a required input is committed and nothing more',
    request: aRelease(manifestWith('- intake', '- intake\n  - interview'), {
      map: mapWith({}, {}, { interview: ['1.0.0', '1.1.0'] }),
    }),
    at: 'package.yaml:9:5 /required_inputs/1',
    says: '`interview` 1.1.0 is committed and not staged: stage it first.',
  },
  {
    rule: 'required-input-unknown',
    when: 'a required input is called like something every object inherits',
    request: aRelease(manifestWith('- intake', '- constructor')),
    at: 'package.yaml:8:5 /required_inputs/0',
    says: '`constructor` has no release',
  },
  {
    rule: 'required-input-not-active',
    when: 'a required input is staged, not active',
    request: aRelease(manifestWith('- intake', '- interview'), { map: mapWith({}, { interview: ['1.0.0'] }) }),
    at: 'package.yaml:8:5 /required_inputs/0',
    says: 'No release of `interview` is active: activate it before or together.',
  },
  {
    rule: 'dependency-cycle',
    when: 'a required input requires the package',
    request: aRelease(
      {},
      {
        map: mapWith({
          intake: { version: '1.0.0', requires: ['interview'] },
          interview: { version: '1.0.0', requires: ['intake', 'project_brief'] },
        }),
      },
    ),
    at: 'package.yaml:8:5 /required_inputs/0',
    says: 'Break the cycle: `project_brief` requires `intake` requires `interview` requires `project_brief`.',
  },
];

export const silent: readonly SilentCase[] = [
  {
    when: 'nothing is required',
    request: aRelease(manifestWith('required_inputs:\n  - intake', 'required_inputs: []')),
  },
  {
    when: 'required inputs are null',
    request: aRelease(manifestWith('required_inputs:\n  - intake', 'required_inputs:')),
  },
  {
    when: 'a cycle does not pass through the package',
    request: aRelease(
      {},
      {
        map: mapWith({
          intake: { version: '1.0.0', requires: ['interview'] },
          interview: { version: '1.0.0', requires: ['intake'] },
        }),
      },
    ),
  },
  {
    when: 'a package of another kind is required',
    request: aRelease(manifestWith('- intake', '- roles/analyst')),
  },
];
