import type { Middleware, PathSerializer, QuerySerializerOptions } from 'openapi-fetch';
import type { CallOptions, Fetch } from './options.ts';

/**
 * openapi-fetch, typed here because its own types take an open enum (`'ACTIVE' | (string & {})`) for an object and map
 * over it (its issues 2615 and 2765; it has no further releases).
 */
export interface FetchClient<Paths extends {}> {
  request<Method extends Verb, Path extends PathsWith<Paths, Method>, As extends ParseAs = 'json'>(
    method: Method,
    path: Path,
    ...init: InitOf<Paths[Path], Method, As>
  ): Returned<Paths[Path], Method, As>;
  GET: Call<Paths, 'get'>;
  PUT: Call<Paths, 'put'>;
  POST: Call<Paths, 'post'>;
  DELETE: Call<Paths, 'delete'>;
  OPTIONS: Call<Paths, 'options'>;
  HEAD: Call<Paths, 'head'>;
  PATCH: Call<Paths, 'patch'>;
  TRACE: Call<Paths, 'trace'>;
  /** Adds middleware for each call that follows. It never sees the API key. */
  use(...middleware: Middleware[]): void;
  /** Takes middleware away again. */
  eject(...middleware: Middleware[]): void;
}

type Verb = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace';

type Call<Paths, Method extends Verb> = <Path extends PathsWith<Paths, Method>, As extends ParseAs = 'json'>(
  path: Path,
  ...init: InitOf<Paths[Path], Method, As>
) => Returned<Paths[Path], Method, As>;

type PathsWith<Paths, Method extends Verb> = {
  [Path in keyof Paths]: Paths[Path] extends Record<Method, object> ? Path : never;
}[keyof Paths];

type OperationOf<Item, Method extends Verb> =
  Item extends Record<Method, infer Operation> ? Operation : never;

type InitOf<Item, Method extends Verb, As> = MaybeLeftOut<
  ParametersOf<OperationOf<Item, Method>> & BodyOf<OperationOf<Item, Method>> & InitOptions<As>
>;

type MaybeLeftOut<Init> = RequiredKeys<Init> extends never ? [init?: Init] : [init: Init];

// biome-ignore lint/complexity/noBannedTypes: whether the empty object will do is the question.
type RequiredKeys<T> = { [Key in keyof T]-?: {} extends Pick<T, Key> ? never : Key }[keyof T];

type ParametersOf<Operation> = Operation extends { parameters: infer Parameters }
  ? RequiredKeys<Parameters> extends never
    ? { params?: Parameters }
    : { params: Parameters }
  : unknown;

type BodyOf<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? { body: Content[keyof Content] }
  : Operation extends { requestBody?: { content: infer Content } }
    ? { body?: Content[keyof Content] }
    : { body?: never };

/** How the body of a success is given. `stream`: as it comes. */
type ParseAs = 'json' | 'text' | 'blob' | 'arrayBuffer' | 'stream';

/** Options of openapi-fetch for one call, and those of this client. */
interface InitOptions<As>
  extends CallOptions,
    Omit<RequestInit, 'body' | 'headers' | 'method' | 'redirect' | 'signal'> {
  /** @default 'json' */
  parseAs?: As;
  /** Another path, or another address of the same origin. */
  baseUrl?: string;
  querySerializer?: ((query: Record<string, unknown>) => string) | QuerySerializerOptions;
  pathSerializer?: PathSerializer;
  /** Writes the body. @default JSON */
  bodySerializer?: (body: never) => unknown;
  middleware?: Middleware[];
  /** Sends this call instead of the `fetch` of the client. */
  fetch?: Fetch;
}

type Returned<Item, Method extends Verb, As> = Promise<
  Result<
    DataAs<ContentOf<ResponsesOf<OperationOf<Item, Method>>, Success>, As>,
    ErrorOf<OperationOf<Item, Method>>
  >
>;

type Result<Data, Failure> =
  | { data: Data; error?: undefined; response: Response }
  | { data?: undefined; error: Failure; response: Response };

type ResponsesOf<Operation> = Operation extends { responses: infer Responses } ? Responses : never;

type ErrorOf<Operation> = ContentOf<ResponsesOf<Operation>, Failure>;

type Success = `2${string}`;

type Failure = `4${string}` | `5${string}` | 'default';

/** The JSON of the statuses of a class, or what else there is; undefined for one without a body. */
type ContentOf<Responses, Class extends string> = {
  [Status in keyof Responses]: `${Status & (string | number)}` extends Class
    ? JsonOf<Responses[Status]>
    : never;
}[keyof Responses];

type JsonOf<Response> = Response extends { content: infer Content }
  ? [Content[keyof Content & `${string}json${string}`]] extends [never]
    ? Content[keyof Content]
    : Content[keyof Content & `${string}json${string}`]
  : undefined;

type DataAs<Data, As> = As extends 'text'
  ? string
  : As extends 'blob'
    ? Blob
    : As extends 'arrayBuffer'
      ? ArrayBuffer
      : As extends 'stream'
        ? ReadableStream<Uint8Array>
        : Data;

/** A contract with its open enums as plain strings, for the types of openapi-fetch and of libraries on top of it. */
export type PlainPaths<T> = T extends string
  ? string extends T
    ? string
    : T
  : T extends object
    ? { [Key in keyof T]: PlainPaths<T[Key]> }
    : T;
