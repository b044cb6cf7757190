import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { type ObjectId } from '../git-repository';
import { objectIdOf, type ObjectType } from '../object-form/object-bytes';
import { isObjectId } from '../object-form/object-id';
import { missing, type ObjectSource, type WholeObject } from '../whole-objects';
import { GIT_MISSING, TransferFailed } from '../transfer';
import { ByteQueue } from './byte-queue';
import { gitSurroundings } from './run-git';

interface Request {
  readonly oid: ObjectId;
  readonly resolve: (object: WholeObject) => void;
  readonly reject: (error: Error) => void;
}

/** Objects of a repository as one running `git cat-file --batch` gives them out: quick for many, from packs too. */
export class BatchObjects implements ObjectSource {
  readonly #gitdir: string;
  readonly #program: string;
  #child: ChildProcessWithoutNullStreams | null = null;
  #requests: Request[] = [];
  #received = new ByteQueue();
  #isClosed = false;

  constructor({ gitdir, program = 'git' }: { readonly gitdir: string; readonly program?: string }) {
    this.#gitdir = gitdir;
    this.#program = program;
  }

  readWhole(oid: ObjectId): Promise<WholeObject> {
    if (!isObjectId(oid)) return Promise.reject(missing(oid, 'It is no object id.'));
    return new Promise((resolve, reject) => {
      this.#requests.push({ oid, resolve, reject });
      this.#running().stdin.write(`${oid}\n`);
    });
  }

  /** Ends the program. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const child = this.#child;
    if (child === null) return;
    await new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.stdin.end();
    });
  }

  #running(): ChildProcessWithoutNullStreams {
    if (this.#child !== null) return this.#child;
    const { settings, environment } = gitSurroundings();
    const args = [...settings, '--git-dir', this.#gitdir, 'cat-file', '--batch'];
    const child = spawn(this.#program, args, { env: environment, windowsHide: true });
    this.#child = child;
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-2_000)));
    child.stdin.on('error', () => undefined); // a program that ended reads no more
    child.stdout.on('data', (chunk: Buffer) => {
      this.#received.push(chunk);
      this.#answer();
    });
    child.on(
      'error',
      (error) => child.pid === undefined && this.#failAll(new TransferFailed(GIT_MISSING, { cause: error })),
    );
    child.on('close', () => this.#ended(child, complaint));
    return child;
  }

  /** The program ends at an object that it cannot unpack: that one is lost, the others are asked for again. */
  #ended(child: ChildProcessWithoutNullStreams, complaint: string): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#received = new ByteQueue();
    const [culprit, ...rest] = this.#requests;
    this.#requests = rest;
    culprit?.reject(missing(culprit.oid, complaint.trim().split('\n')[0] ?? 'git ended.'));
    if (rest.length === 0 || this.#isClosed) return;
    const next = this.#running();
    for (const { oid } of rest) next.stdin.write(`${oid}\n`);
  }

  #failAll(error: Error): void {
    this.#child = null;
    for (const { reject } of this.#requests.splice(0)) reject(error);
  }

  /** `ID TYPE SIZE`, the content and a newline; or `ID missing`. */
  #answer(): void {
    for (let request = this.#requests[0]; request !== undefined; request = this.#requests[0]) {
      const header = this.#received.peekLine();
      if (header === null) return;
      const [, type = '', size] = header.split(' ');
      if (size === undefined) {
        this.#received.take(header.length + 1);
        this.#requests.shift();
        request.reject(missing(request.oid, `git says: ${header.slice(request.oid.length + 1)}.`));
        continue;
      }
      const wanted = header.length + 1 + Number(size) + 1;
      if (this.#received.length < wanted) return;
      const bytes = this.#received.take(wanted).subarray(header.length + 1, wanted - 1);
      this.#requests.shift();
      const kind = type as ObjectType; // git knows no other types
      if (objectIdOf(kind, bytes) === request.oid) request.resolve({ type: kind, bytes });
      else request.reject(missing(request.oid, 'Its bytes have another id.'));
    }
  }
}
