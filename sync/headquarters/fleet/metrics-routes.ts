// Where a Prometheus asks for the fleet's numbers: with a token of its own, which opens nothing else.
import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { fail } from '../api-answers.ts';
import type { FleetMetrics } from './fleet-metrics.ts';
import { metricsText, metricsType } from './metrics-text.ts';

export interface MetricsRouteParts {
  readonly token: string;
  readonly fleetMetrics: FleetMetrics;
}

/** Whoever looks sooner gets what was counted last: a thousand terminals are some work. */
const freshMs = 1_000;

export function metricsRoutes({ token, fleetMetrics }: MetricsRouteParts): Hono {
  const wanted = digest(token);
  let counted: { readonly atMs: number; readonly text: Promise<string> } | undefined;
  const app = new Hono();
  app.get('/', async (context) => {
    const given = /^Bearer (\S{1,200})$/.exec(context.req.header('authorization') ?? '')?.[1] ?? '';
    if (!timingSafeEqual(digest(given), wanted)) {
      context.header('WWW-Authenticate', 'Bearer');
      return fail(context, 401, 'unauthorized', 'Send the token of metrics.tokenFile as a bearer token.');
    }
    const nowMs = performance.now();
    if (counted === undefined || nowMs - counted.atMs >= freshMs) {
      counted = { atMs: nowMs, text: fleetMetrics.families().then(metricsText) };
    }
    return context.body(await counted.text, 200, { 'Content-Type': metricsType });
  });
  return app;
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
