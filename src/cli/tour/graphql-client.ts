import { Refused } from '../outcome';

/** A refusal as the API answers it. */
export interface Refusal {
  readonly message: string;
  readonly code: string;
}

/** Sends operations to a running server. */
export interface GraphqlClient {
  /** The data. @throws Refused with the server's own words. */
  send<T>(document: string, variables?: object): Promise<T>;
  /** The refusal that is expected. @throws Refused when the operation succeeds. */
  refusal(document: string, variables?: object): Promise<Refusal>;
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

export function createGraphqlClient({ url, token }: { readonly url: string; readonly token: string }): GraphqlClient {
  const post = async (query: string, variables: object): Promise<Answer> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const body = JSON.stringify({ query, variables });
    const response = await fetch(url, { method: 'POST', headers, body }).catch((error: unknown) => {
      throw new Refused(`No server answers at ${url}. Start one with npm start.`, { cause: error });
    });
    return (await response.json()) as Answer; // the shape of every GraphQL answer
  };
  return {
    send: async <T>(document: string, variables: object = {}) => {
      const { data, errors = [] } = await post(document, variables);
      const [first] = errors;
      if (first !== undefined) throw new Refused(`${first.extensions.code}: ${first.message}`);
      return data as T; // the caller's promise about its own selection
    },
    refusal: async (document, variables = {}) => {
      const { errors = [] } = await post(document, variables);
      const [first] = errors;
      if (first === undefined) throw new Refused('The server accepted what it should have refused.');
      return { message: first.message, code: first.extensions.code };
    },
  };
}
