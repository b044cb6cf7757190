import { runShownCommands } from './run-shown-commands';

const PAGES = ['README.md', 'docs/operations.md', 'docs/export-format.md', 'CONTRIBUTING.md'];

describe('the commands that the pages about running it show', () => {
  it('work as they are shown', () => runShownCommands(PAGES), 120_000);
});
