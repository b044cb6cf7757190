/** What `POST /graphql` answered. */
export interface Answer {
  readonly status: number;
  // The shape is that of the operation, which only the test knows.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors: readonly GraphqlError[];
  readonly headers: Headers;
}

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>;
}

/** An operation that was answered with an error. */
export class Refused extends Error {
  readonly code: string;

  constructor(
    readonly extensions: GraphqlError['extensions'],
    message: string,
  ) {
    super(`${extensions.code}: ${message}`);
    this.code = extensions.code;
  }
}

export interface Sender {
  readonly url: string;
  readonly token: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one operation as programs do. */
export async function post(
  { url, token, headers = {} }: Sender,
  query: string,
  variables: object = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Partial<Answer>;
  return { status: response.status, headers: response.headers, data: body.data ?? null, errors: body.errors ?? [] };
}

/** The data of an answer. @throws Refused with its first error. */
export function dataOf({ data, errors }: Answer): Answer['data'] {
  const [first] = errors;
  if (first !== undefined) throw new Refused(first.extensions, first.message);
  return data;
}
