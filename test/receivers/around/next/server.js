// Calls the route handler like Next.js: by method, with 405 for a method that it doesn't export.
import { serve } from '@hono/node-server';
import * as route from './app/webhooks/fin/route.js';

serve({
  fetch: request => route[request.method]?.(request) ?? new Response(null, { status: 405 }),
  port: Number(process.env.PORT),
  hostname: '127.0.0.1',
});
