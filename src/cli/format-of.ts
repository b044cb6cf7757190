import { WrongUsage } from './outcome';

/** What is printed: `--json` is short for `--format json`, and nothing given is for people. @throws WrongUsage for both at odds. */
export function formatOf<Format extends string>({
  format,
  json,
}: {
  readonly format?: Format;
  readonly json?: boolean;
}): Format | 'human' | 'json' {
  if (json === true && format !== undefined && format !== 'json')
    throw new WrongUsage(`--json and --format ${format} exclude each other.`);
  return json === true ? 'json' : (format ?? 'human');
}
