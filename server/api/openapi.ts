import type { TSchema } from '@sinclair/typebox';
import type { Route } from './routes.js';
import { problem } from './schemas.js';

const json = (schema: TSchema, description: string): object => ({
  description,
  content: { 'application/json': { schema } },
});

function parameters(place: 'path' | 'query', schema: TSchema | undefined): object[] {
  const properties = (schema?.['properties'] ?? {}) as Record<string, TSchema>;
  const required = (schema?.['required'] ?? []) as string[];
  return Object.entries(properties).map(([name, entry]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: entry,
  }));
}

function operation({ operationId, summary, params, query, body, answer, canBeMissing }: Route): object {
  return {
    operationId,
    summary,
    parameters: [...parameters('path', params), ...parameters('query', query)],
    ...(body && { requestBody: { required: false, content: { 'application/json': { schema: body } } } }),
    responses: {
      200: json(answer, summary),
      400: json(problem, 'The request is not as described here'),
      401: json(problem, 'The API key is missing or wrong'),
      ...(canBeMissing && { 404: json(problem, 'There is no such thing') }),
      503: json(problem, 'The server cannot do it at the moment; try again'),
    },
  };
}

/** The OpenAPI document of these routes. */
export function openApiOf(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route);
  return {
    openapi: '3.1.0',
    info: { title: 'omni-call', version: '1', description: "For the host's back end. Never show its key to a page." },
    servers: [{ url: '/api/v1' }],
    security: [{ apiKey: [] }],
    paths,
    components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
  };
}
