import type { Middleware, PathSerializer, QuerySerializerOptions } from 'openapi-fetch';
import type { HttpError } from './errors.ts';
import type { CallOptions, Fetch } from './options.ts';

/**
 * The types of openapi-fetch, written anew because its own treat an open enum (`'ACTIVE' | (string & {})`) as an object
 * and map over it (its issues 2615 and 2765; there are no further releases).
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
  /** Adds middleware for each call that follows. It gets requests without the API key. */
  use(...middleware: Middleware[]): void;
  /** Removes middleware. */
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
  ParametersOf<OperationOf<Item, Method>> &
    BodyOf<OperationOf<Item, Method>> &
    ParseOption<OperationOf<Item, Method>, As>
>;

/** All of `InitOptions` can be left out. */
type MaybeLeftOut<Init> =
  RequiredKeys<Init> extends never ? [init?: Init & InitOptions] : [init: Init & InitOptions];

// biome-ignore lint/complexity/noBannedTypes: whether the empty object will do is the question.
type RequiredKeys<T> = { [Key in keyof T]-?: {} extends Pick<T, Key> ? never : Key }[keyof T];

type ParametersOf<Operation> = Operation extends { parameters: infer Parameters }
  ? RequiredKeys<Parameters> extends never
    ? { params?: Parameters }
    : { params: Parameters }
  : unknown;

type BodyOf<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? { body: BodyAs<Content> } & Serializer<Content>
  : Operation extends { requestBody?: { content: infer Content } }
    ? { body?: BodyAs<Content> } & Serializer<Content>
    : { body?: never };

interface Serializer<Content> {
  /** Writes the body. @default as the contract says */
  bodySerializer?: (body: BodyAs<Content>) => unknown;
}

type BodyAs<Content> = { [Type in keyof Content]: BodyUnder<Type, Content[Type]> }[keyof Content];

/** A form can be passed as what the platform has for it, several lines as a list, and what is text only as text. */
type BodyUnder<Type, Body> = Type extends `application/json${string}`
  ? Type extends `application/json-seq`
    ? Body[] | string
    : Body
  : Type extends `multipart/${string}`
    ? Body | FormData
    : Type extends `${string}/x-www-form-urlencoded${string}`
      ? Body | URLSearchParams
      : Type extends `${string}${'ndjson' | 'jsonl' | 'jsonlines' | 'json-lines'}${string}`
        ? Body[] | string
        : Type extends `text/${string}` | `${string}${'/' | '+'}${'xml' | 'yaml'}${string}`
          ? string
          : Body;

/** How to return the body of a success. `stream`: as it arrives. */
type ParseAs = 'json' | 'text' | 'blob' | 'arrayBuffer' | 'stream';

/** A body that is not JSON cannot be read as JSON. */
type ParseOption<Operation, As> =
  OnlyOther<SuccessOf<Operation>> extends true
    ? {
        /** The contract documents no JSON here. */
        parseAs: As & Exclude<ParseAs, 'json'>;
      }
    : {
        /** @default 'json' */
        parseAs?: As;
      };

type OnlyOther<Response> = [MediaTypeOf<Response>] extends [never]
  ? false
  : [MediaTypeOf<Response> & Json] extends [never]
    ? true
    : false;

type MediaTypeOf<Response> = Response extends { content: infer Content } ? keyof Content : never;

type Json = `${string}json${string}` | `*/${string}`;

/** Options of openapi-fetch for one call, and those of this client. */
interface InitOptions
  extends CallOptions,
    Omit<RequestInit, 'body' | 'headers' | 'method' | 'redirect' | 'signal'> {
  /** Another base path, or another URL of the same origin. */
  baseUrl?: string;
  querySerializer?: ((query: Record<string, unknown>) => string) | QuerySerializerOptions;
  pathSerializer?: PathSerializer;
  middleware?: Middleware[];
  /** Sends this call. @default the `fetch` of the client */
  fetch?: Fetch;
}

type Returned<Item, Method extends Verb, As> = Promise<
  Method extends 'head'
    ? Result<undefined, never>
    : Result<SuccessData<OperationOf<Item, Method>, As>, BodyOfError<FailureOf<OperationOf<Item, Method>>>>
>;

/** Without a documented success, the target of a documented redirect. */
type SuccessData<Operation, As> = [SuccessOf<Operation>] extends [never]
  ? [Documented<Operation, `3${string}`>] extends [never]
    ? undefined
    : string
  : DataOf<SuccessOf<Operation>, As>;

/** The error is the body of the response, or an `HttpError` where that is empty, falsy or not what is documented. */
type Result<Data, Body> =
  | { data: Data; error?: undefined; response: Response }
  | { data?: undefined; error: Body | HttpError; response: Response };

/** The success responses of the contract: those with 2xx, or else the default response. */
type SuccessOf<Operation> = [Documented<Operation, `2${string}`>] extends [never]
  ? Documented<Operation, 'default'>
  : Documented<Operation, `2${string}`>;

type FailureOf<Operation> = Documented<Operation, `4${string}` | `5${string}` | 'default'>;

type Documented<Operation, Status extends string> = Operation extends { responses: infer Responses }
  ? {
      [Key in keyof Responses]: `${Key & (string | number)}` extends Status ? Responses[Key] : never;
    }[keyof Responses]
  : never;

/** The data of a success; undefined for one without a body. */
type DataOf<Response, As> = Response extends { content: infer Content } ? DataAs<Content, As> : undefined;

type DataAs<Content, As> = As extends 'text'
  ? string
  : As extends 'blob'
    ? Blob
    : As extends 'arrayBuffer'
      ? ArrayBuffer
      : As extends 'stream'
        ? ReadableStream<Uint8Array>
        : Content[keyof Content & Json];

/** The body of an error status: its JSON, or else its text. */
type BodyOfError<Response> = Response extends { content: infer Content }
  ? [keyof Content & Json] extends [never]
    ? string
    : Content[keyof Content & Json]
  : never;

/** The paths with open enums as plain strings, for the types of openapi-fetch and of libraries that build on it. */
export type PlainPaths<T> = T extends string
  ? string extends T
    ? string
    : T
  : T extends Blob
    ? T
    : T extends object
      ? { [Key in keyof T]: PlainPaths<T[Key]> }
      : T;
