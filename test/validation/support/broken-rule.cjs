/** Preloaded into a validator's child after the hook for sources: a rule breaks, or never ends, on a release with a file of that name. */
const { rule } = require('../../../src/validation/rules/reference-resolution/file-not-named.rule.ts');
const { run } = rule;

rule.run = (context) => {
  const has = (name) => context.files.some(({ path }) => path === name);
  if (has('fault-rule')) throw new Error('This rule is broken.');
  while (has('fault-endless-rule'));
  return run(context);
};
