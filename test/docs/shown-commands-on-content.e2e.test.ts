import { runShownCommands } from './run-shown-commands';

const PAGES = ['docs/validation.md', 'docs/validation-in-ci.md', 'docs/inspecting.md', 'docs/drift.md'];

describe('the commands that the pages about content show', () => {
  it('work as they are shown', () => runShownCommands(PAGES), 120_000);
});
