import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HISTORY_RULE_DESCRIPTIONS } from '../../../src/cli/inspect/history-rules';

it('lists in the docs every rule about histories with its severity', () => {
  const page = readFileSync(join(__dirname, '../../../docs/inspecting.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `([a-z-]+)` +\| (error|warning) +\|/gm)].map(
    ([, id, severity]) => `${id ?? ''} ${severity ?? ''}`,
  );
  expect(listed).toEqual(HISTORY_RULE_DESCRIPTIONS.map(({ id, severity }) => `${id} ${severity.toLowerCase()}`));
});
