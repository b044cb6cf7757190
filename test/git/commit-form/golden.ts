// Stored for ever: what form 1 makes of the fixed log. See golden.int.test.ts.

/** The root commit, then the commit of each event; flat pointer file. */
export const FLAT_IDS: readonly string[] = [
  '2f8d61c81385f199d6b6f453160a3990cdd92793',
  'c0d174bd7ce1fd2cad15186629950769defef816',
  '4ce779bd7b15c6ad2c67b04f6ea780d0ffc0dae6',
  'ce7867cd93769e9f167912711ad97097cce216a4',
  '64efe14f0fea548514cac549de34b0890c9c0ba7',
  '87a03a91c8ed88140c8a591d933163d5cff0b3a0',
  '9d00a00270e2782a2687ded378c79c11cc982744',
  '22f1a269ad7a9ab286c45d2fed610e1802d6cd02',
  'b2fadf3de28bc96332127d548944b85fa55fdf95',
];

/** As above; sectioned pointer file. */
export const SECTIONED_IDS: readonly string[] = [
  'd5734263ac9cc8eda79d64260725ba181f17a506',
  '460e57e8ef00e6c44203a15a97a5305e48d2ed67',
  '35f8a29903f055a78c530f3a53d06d87d565f6fa',
  'ed510dfc2a3d880c234f6b464754bfd3c0d23cad',
  '37a9ced88a88e7fc7f7cae067b51829d374195a4',
  '25d3839e75eddf7d6c19d336521e363106473bdc',
  '191221a1884d0c518c9d35f95315b49af4d83667',
  '9df75626255039385de79679b0a3424f44ce1966',
  'd70323a6648d7e2443b131c0427ec91f6ffc9f30',
];

export const TAG_ID = 'a9acc2dfe82f271e8c4418b603d9367b03f87457';

export const MESSAGES: readonly string[] = [
  `stage: Merge project_discovery 1.5.0

Staged by: tom.moseley

Slipway-Event-Id: 6f0c0000-0000-4000-8000-a00000000004
Slipway-Event: package-project_discovery@4
Slipway-Event-Hash: 4444444444444444444444444444444444444444444444444444444444444444
Slipway-Occurred-At: 2026-03-01T14:22:35.110Z
Slipway-Actor: tom.moseley
Slipway-Release: project_discovery@1.5.0
`,
  `release: Activate project_discovery 1.5.0

Activated by: ann
Reason: Added optional metadata field for compliance tracking

Slipway-Event-Id: 6f0c0000-0000-4000-8000-000000000001
Slipway-Event: pointer-production@1
Slipway-Event-Hash: 1111111111111111111111111111111111111111111111111111111111111111
Slipway-Occurred-At: 2026-03-01T11:22:32.113Z
Slipway-Actor: ann
Slipway-Change: project_discovery@1.4.0->1.5.0
`,
  `release: Activate 2 packages

feature none -> 1.0.0
roles/architect none -> 1.0.0

Activated by: tom.moseley
Reason: First roles

Slipway-Event-Id: 6f0c0000-0000-4000-8000-000000000002
Slipway-Event: pointer-production@2
Slipway-Event-Hash: 2222222222222222222222222222222222222222222222222222222222222222
Slipway-Occurred-At: 2026-03-01T12:22:33.112Z
Slipway-Actor: tom.moseley
Slipway-Change: feature@none->1.0.0
Slipway-Change: roles/architect@none->1.0.0
`,
  `rollback: Revert project_discovery to 1.4.0

Reason: Schema validation failures in production
Rolled back by: ann
Overridden: REQUIRED_BY_ACTIVE_RELEASE, DEPENDENCY_NOT_ACTIVE

Slipway-Event-Id: 6f0c0000-0000-4000-8000-000000000003
Slipway-Event: pointer-production@3
Slipway-Event-Hash: 3333333333333333333333333333333333333333333333333333333333333333
Slipway-Occurred-At: 2026-03-01T13:22:34.111Z
Slipway-Actor: ann
Slipway-Change: project_discovery@1.5.0->1.4.0
`,
  `rollback: Remove feature

Reason: Not wanted: yet
Rolled back by: tom.moseley

Slipway-Event-Id: 6f0c0000-0000-4000-8000-000000000004
Slipway-Event: pointer-production@4
Slipway-Event-Hash: 4444444444444444444444444444444444444444444444444444444444444444
Slipway-Occurred-At: 2026-03-01T14:22:35.110Z
Slipway-Actor: tom.moseley
Slipway-Change: feature@1.0.0->none
`,
  `rollback: Revert 2 packages

epic 1.0.0 -> 0.9.0
roles/architect 1.0.0 -> none

Reason: Both at once
Rolled back by: ann

Slipway-Event-Id: 6f0c0000-0000-4000-8000-000000000005
Slipway-Event: pointer-production@5
Slipway-Event-Hash: 5555555555555555555555555555555555555555555555555555555555555555
Slipway-Occurred-At: 2026-03-01T15:22:36.109Z
Slipway-Actor: ann
Slipway-Change: epic@1.0.0->0.9.0
Slipway-Change: roles/architect@1.0.0->none
`,
  `release: Deactivate epic 0.9.0

Deactivated by: tom.moseley
Reason: Slipway-Actor: mallory

Slipway-Event-Id: 6f0c0000-0000-4000-8000-000000000006
Slipway-Event: pointer-production@6
Slipway-Event-Hash: 6666666666666666666666666666666666666666666666666666666666666666
Slipway-Occurred-At: 2026-03-01T16:22:37.108Z
Slipway-Actor: tom.moseley
Slipway-Change: epic@0.9.0->none
`,
  `release: Deactivate 2 packages

gone 1.0.0 -> none
project_discovery 1.4.0 -> none

Deactivated by: ann
Reason: Grüße

Slipway-Event-Id: 6f0c0000-0000-4000-8000-000000000007
Slipway-Event: pointer-production@7
Slipway-Event-Hash: 7777777777777777777777777777777777777777777777777777777777777777
Slipway-Occurred-At: 2026-03-01T17:22:38.107Z
Slipway-Actor: ann
Slipway-Change: gone@1.0.0->none
Slipway-Change: project_discovery@1.4.0->none
`,
];
