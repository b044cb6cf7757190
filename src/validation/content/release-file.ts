import { LIMITS } from '../limits';
import { withoutSecrets } from '../secrets/find-secrets';
import { type ContentFile } from '../validation-engine';
import { decodeText } from './decode-text';
import { type FileFormat } from './file-format';
import { excessOfLines } from './line-limits';
import { lineTable, type LineTable } from './line-table';
import { parseJson } from './parse-json';
import { parseYaml } from './parse-yaml';
import { type Problem } from './problem';
import { type ReadingBudget, readingBudget } from './reading-budget';
import { type SourceNode } from './source-node';

/** A file of the release under test, read once. */
export interface ReleaseFile {
  readonly path: string;
  readonly format: FileFormat;
  /** The text without a byte order mark; null when it is too large or not UTF-8. */
  readonly text: string | null;
  /** The one value of a JSON or YAML file; null for other files and when `problems` says why there is none. */
  readonly root: SourceNode | null;
  readonly problems: readonly Problem[];
  readonly placeOf: LineTable;
}

export function readReleaseFile(
  file: ContentFile,
  format: FileFormat,
  budget: ReadingBudget = readingBudget(),
): ReleaseFile {
  const most = format === 'yaml' ? LIMITS.yamlBytes : LIMITS.fileBytes;
  if (file.bytes.byteLength > most) {
    const message = `The ${format === 'yaml' ? 'YAML' : 'file'} is larger than ${most / 1024} KiB. Make it smaller.`;
    return unreadableFile(file.path, format, { kind: 'limit', message, offset: null, pointer: null });
  }
  const { text, markBytes } = decodeText(file.bytes);
  if (text === null) {
    const message = 'The file is not UTF-8. Save it as UTF-8.';
    return unreadableFile(file.path, format, { kind: 'encoding', message, offset: null, pointer: null });
  }
  const excess = excessOfLines(text, format !== 'json');
  if (excess !== null) return { ...unreadableFile(file.path, format, excess), placeOf: lineTable(text) };
  const { root, problems } = parse(text, format, budget);
  const mark: Problem[] =
    markBytes === 0
      ? []
      : [{ kind: 'byte-order-mark', message: 'Save the file without a byte order mark.', offset: 0, pointer: null }];
  return {
    path: file.path,
    format,
    text,
    root,
    problems: [...mark, ...problems.map(quotingNoSecret)],
    placeOf: lineTable(text),
  };
}

/** Problems of parsers quote keys and pieces of text, and are shown where no report is made too. */
function quotingNoSecret(problem: Problem): Problem {
  return { ...problem, message: withoutSecrets(problem.message) };
}

function parse(
  text: string,
  format: FileFormat,
  budget: ReadingBudget,
): { root: SourceNode | null; problems: readonly Problem[] } {
  switch (format) {
    case 'json':
      return parseJson(text, budget);
    case 'yaml':
      return parseYaml(text, budget);
    case 'text':
      return { root: null, problems: [] };
  }
}

function unreadableFile(path: string, format: FileFormat, problem: Problem): ReleaseFile {
  return { path, format, text: null, root: null, problems: [problem], placeOf: lineTable('') };
}
