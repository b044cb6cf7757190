import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** What an answered command led to, as its client was told. */
export interface Acknowledgement {
  readonly position: string;
  /** Fields that the event's data must hold. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** One command as its client knows it: sent once or more often under one key. */
export interface KnownCommand {
  readonly key: string;
  readonly operation: string;
  readonly acknowledgements: readonly Acknowledgement[];
  /** Code of a refusal that promises that nothing happened; null when there was none. */
  readonly refused: string | null;
}

/** What a client knows of the text of a draft's file, from the first one that was acknowledged on. */
export interface KnownText {
  readonly draft: string;
  readonly path: string;
  /** One of these stands there: the last acknowledged text, or one that was sent since. Null: the draft may be gone. */
  readonly possible: readonly (string | null)[];
}

type Line =
  | { readonly sent: string; readonly operation: string }
  | { readonly acknowledged: string; readonly position: string; readonly facts: Record<string, unknown> }
  | { readonly refused: string; readonly code: string }
  | { readonly text: string | null; readonly draft: string; readonly path: string; readonly answered: boolean };

/**
 * A client's own record of what it sent and what it was told, kept outside of the data directory. Each line is on disk before
 * the client goes on, so that nothing that the server does, or loses, changes it.
 */
export class OwnRecord {
  readonly #file: number;

  constructor(private readonly path: string) {
    this.#file = openSync(path, 'a');
  }

  sent(key: string, operation: string): void {
    this.#write({ sent: key, operation });
  }

  acknowledged(key: string, { position, facts }: Acknowledgement): void {
    this.#write({ acknowledged: key, position, facts: { ...facts } });
  }

  refused(key: string, code: string): void {
    this.#write({ refused: key, code });
  }

  /** A text, or the end of its draft (null), is sent; or was answered. */
  text(draft: string, path: string, text: string | null, answered: boolean): void {
    this.#write({ text, draft, path, answered });
  }

  /** Everything, read back from disk. */
  read(): { readonly commands: readonly KnownCommand[]; readonly texts: readonly KnownText[] } {
    const commands = new Map<string, { -readonly [K in keyof KnownCommand]: KnownCommand[K] }>();
    const texts = new Map<string, KnownText>();
    for (const line of readFileSync(this.path, 'utf8').split('\n').filter(Boolean)) {
      const entry = JSON.parse(line) as Line; // we wrote it
      if ('sent' in entry) {
        const { sent: key, operation } = entry;
        if (!commands.has(key)) commands.set(key, { key, operation, acknowledgements: [], refused: null });
      } else if ('acknowledged' in entry) {
        const command = commands.get(entry.acknowledged)!;
        const { position, facts } = entry;
        command.acknowledgements = [...command.acknowledgements, { position, facts }];
      } else if ('refused' in entry) {
        commands.get(entry.refused)!.refused = entry.code;
      } else {
        const { draft, path, text, answered } = entry;
        const before = texts.get(`${draft} ${path}`);
        if (answered) texts.set(`${draft} ${path}`, { draft, path, possible: [text] });
        else if (before !== undefined)
          texts.set(`${draft} ${path}`, { ...before, possible: [...before.possible, text] });
      }
    }
    return { commands: [...commands.values()], texts: [...texts.values()] };
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(line: Line): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
    fsyncSync(this.#file);
  }
}
