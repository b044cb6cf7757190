import { inOneLine, type Severity } from '../../domain';
import { summaryOf } from './summary';
import { type ValidatedTree } from './validated-tree';

const COMMANDS: Readonly<Record<Severity, string>> = { ERROR: 'error', WARNING: 'warning', INFO: 'notice' };

/** Workflow commands of GitHub Actions, which become annotations of the files. Paths are relative to the checkout. */
export function githubFormat(tree: ValidatedTree): readonly string[] {
  const { releases, remarks, inCheckout } = tree;
  return [
    ...releases.flatMap(({ release, findings }) =>
      findings.map(({ severity, path, line, column, rule, message }) =>
        command(
          COMMANDS[severity],
          { file: inCheckout + path, line, col: column, title: `${rule} (${release.package} ${release.version})` },
          message,
        ),
      ),
    ),
    ...remarks.map(({ path, line, severity, message }) =>
      command(COMMANDS[severity], { file: inCheckout + path, line }, message),
    ),
    summaryOf(tree),
  ];
}

function command(name: string, properties: Readonly<Record<string, string | number | null>>, message: string): string {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === null ? [] : [`${key}=${escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`],
  );
  return `::${name} ${given.join(',')}::${escaped(message)}`;
}

function escaped(text: string): string {
  return inOneLine(text).replaceAll('%', '%25');
}
