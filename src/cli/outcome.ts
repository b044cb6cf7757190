/** What a command ends with: done, refused or found errors, wrong usage. */
export const EXIT = { done: 0, refused: 1, usage: 2 } as const;

/** A command cannot be done; the message says why and what to do. Printed without a stack trace, exit code 1. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** A command did its work and has printed what it found, which was not right. Nothing more is said, exit code 1. */
export class FoundErrors extends Error {
  override readonly name = 'FoundErrors';
}

/** An option has a value that it cannot have; the message names it and says what it may be. Exit code 2. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** Prints a command's result: one JSON document with `--json`, else lines for people. */
export function print(json: boolean, value: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : lines.map((line) => `${line}\n`).join(''));
}
