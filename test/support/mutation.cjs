/**
 * A known bug, put into one source while it is compiled, for a process that a test starts with `SLIPWAY_MUTATION=NAME`: what is
 * shipped holds neither bug nor switch. `test/faults/museum/NAME.mutation.json` says the file, its exact text and what stands there instead.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const MUSEUM = join(__dirname, '..', 'faults', 'museum');
const NONE = { suffix: '', applyTo: (source) => source };

/** What becomes of a source, named from the root of the repository. @throws Error for text that the source no longer holds once. */
exports.mutationFor = (file) => {
  const name = process.env.SLIPWAY_MUTATION;
  if (!name) return NONE;
  const mutation = JSON.parse(readFileSync(join(MUSEUM, `${name}.mutation.json`), 'utf8'));
  if (mutation.file !== file) return NONE;
  return { suffix: `.${name}`, applyTo: (source) => mutate(source, mutation) };
};

/** The source with the bug in it. */
function mutate(source, { file, find, replace }) {
  const text = find.join('\n');
  const parts = source.split(text);
  if (parts.length !== 2)
    throw new Error(`A mutation looks for this in ${file}, which holds it ${parts.length - 1} times:\n${text}`);
  return parts.join(replace.join('\n'));
}
exports.mutate = mutate;
