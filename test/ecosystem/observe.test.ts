import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { type CallEvent, createClient, createFetchClient } from 'nectar-openapi';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { FaultServer, json } from '../client/fault-server.ts';
import { runSnippet, snippetsIn } from '../helpers/snippets.ts';

const chapter = readFileSync(join(toolchainRoot, 'spec/guide/13-observe.md'), 'utf8');
const recipes = snippetsIn(chapter, 'ts', '13-observe.md');
const find = (text: string) => {
  const recipe = recipes.find(({ code }) => code.includes(text));
  if (!recipe) throw new Error(`No program of the chapter has ${text}.`);
  return recipe;
};

const spans = new InMemorySpanExporter();
const storage = new AsyncLocalStorage<Context>();

beforeAll(() => {
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }),
  );
  // As that of @opentelemetry/context-async-hooks.
  context.setGlobalContextManager({
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, call, self, ...input) => storage.run(active, () => call.apply(self, input)),
    bind: (_, target) => target,
    enable() {
      return this;
    },
    disable() {
      return this;
    },
  });
});
beforeEach(() => spans.reset());
afterAll(() => {
  trace.disable();
  context.disable();
});

test('the OpenTelemetry recipe records a client span for each attempt, as a child of the active span', async () => {
  await using server = await FaultServer.start(json(503, {}), json(200, { version: '2' }));
  const tracer = trace.getTracer('test');
  const before = Date.now();
  const parent = await tracer.startActiveSpan('work', async (span) => {
    await runSnippet(find('@opentelemetry/api'), server.origin);
    span.end();
    return span.spanContext();
  });
  const attempts = spans.getFinishedSpans().filter(({ kind }) => kind === SpanKind.CLIENT);
  const { hostname, port } = new URL(server.origin);
  const common = {
    'http.request.method': 'GET',
    'url.template': '/ping',
    'server.address': hostname,
    'server.port': Number(port),
  };
  expect(attempts.map(({ name, attributes, status }) => ({ name, attributes, status: status.code }))).toEqual(
    [
      {
        name: 'GET /ping',
        attributes: { ...common, 'http.response.status_code': 503, 'error.type': '503' },
        status: SpanStatusCode.ERROR,
      },
      {
        name: 'GET /ping',
        attributes: { ...common, 'http.response.status_code': 200, 'http.request.resend_count': 1 },
        status: SpanStatusCode.UNSET,
      },
    ],
  );
  const milliseconds = ([seconds, nanoseconds]: [number, number]) => seconds * 1000 + nanoseconds / 1e6;
  for (const { parentSpanContext, startTime, endTime } of attempts) {
    expect(parentSpanContext?.spanId).toBe(parent.spanId);
    expect(milliseconds(startTime)).toBeGreaterThanOrEqual(before);
    expect(milliseconds(endTime)).toBeGreaterThanOrEqual(milliseconds(startTime));
  }
});

test('the pino recipe logs a warning for a retry, and an error for a failed call', async () => {
  await using server = await FaultServer.start(json(503, {}), json(401, { detail: 'No.' }));
  const { place, code } = find("from 'pino'");
  const captured = code.replace(
    "pino({ level: 'warn' })",
    "pino({ level: 'debug', base: null }, { write: (line) => console.log(line.trim()) })",
  );
  const program = captured.replace('await nectar.ping()', 'await nectar.ping().result()');
  const printed = await runSnippet({ place, code: program }, server.origin);
  const lines = printed.split('\n').filter((line) => line.startsWith('{"level"'));
  const logged = lines.map((line) => JSON.parse(line));
  expect(logged.map(({ level, msg }) => [level, msg])).toEqual([
    [40, 'GET /ping is retried after status: 503'],
    [20, 'GET /ping: 401'],
    [50, 'GET /ping failed: HttpError, unknown'],
  ]);
  expect(printed).not.toContain('any-key');
});

test('both clients report the same events of a call, except for its operation and for the error that one returns', async () => {
  const events: CallEvent[] = [];
  const observe = (event: CallEvent) => void events.push(event);
  await using server = await FaultServer.start(
    json(503, {}, { 'x-request-id': 'first' }),
    json(404, { detail: 'No.' }),
    json(503, {}, { 'x-request-id': 'first' }),
    json(404, { detail: 'No.' }),
  );
  const options = { baseUrl: server.origin, apiKey: 'any-key', observe };
  await createClient(options).ping().result();
  await createFetchClient(options).GET('/ping');
  expect(events.map(({ type }) => type)).toEqual([
    'attempt',
    'attempt',
    'call',
    'attempt',
    'attempt',
    'call',
  ]);
  const commonPart = (event: CallEvent | undefined) => {
    const { type, method, path, origin, attempt, status, requestId, outcome, retry } =
      event ?? ({} as CallEvent);
    return { type, method, path, origin, attempt, status, requestId, outcome, reason: retry?.reason };
  };
  const [first, second, third, ...others] = events;
  expect([first, second, third].map(commonPart)).toEqual(others.map(commonPart));
  expect(commonPart(first)).toEqual({
    type: 'attempt',
    method: 'GET',
    path: '/ping',
    origin: server.origin,
    attempt: 1,
    status: 503,
    requestId: 'first',
    outcome: 'unknown',
    reason: 'status',
  });
  expect(events.map(({ operation }) => operation)).toEqual([
    ...Array(3).fill('ping'),
    ...Array(3).fill(undefined),
  ]);
  expect(events.map(({ error }) => error)).toEqual([
    undefined,
    undefined,
    'HttpError',
    undefined,
    undefined,
    undefined,
  ]);
});
