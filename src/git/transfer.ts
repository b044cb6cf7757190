/** Moves whole histories between repositories. The only place where the `git` program runs. */
export interface Transfer {
  /**
   * Copies the history that `branch` names (the source's HEAD when null) into the bare repository at `into` as the ref `ref`.
   * The source is a path, a bundle file, or the address of a remote (see `parseRemoteAddress`); nothing of it is executed, no
   * hooks run, no prompt appears, and what arrives is checked.
   *
   * @returns the commit id that `ref` now names.
   * @throws TransferFailed with the program's own words; RemoteAddressInvalid.
   */
  import(
    source: string,
    options: { readonly into: string; readonly branch: string | null; readonly ref: string },
  ): Promise<string>;
}

/** The `git` program is missing or refused. */
export class TransferFailed extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'TransferFailed';
  }
}
