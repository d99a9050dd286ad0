/** The stack that wrote a body, as its form reveals it. */
export type Stack = 'node' | 'python' | 'php' | 'ruby' | 'go' | 'java' | 'dotnet' | 'database';

const raw = 'sign and verify the raw bytes of the request, before anything parses and re-serialises them';

/** Code that reads the raw body, for an unknown stack. */
export const rawBytes = `${raw}: express.raw(), await request.text(), request.get_data(), file_get_contents('php://input')`;

/** How to get the raw bytes of a request. */
export const rawBytesIn: Readonly<Record<Stack, string>> = {
  node: `${raw}: express.raw({ type: '*/*' }) in Express, await request.text() in Hono and Next`,
  python: `${raw}: request.get_data() in Flask, request.body in Django, await request.body() in FastAPI`,
  php: `${raw}: file_get_contents('php://input'), or $request->getContent() in Laravel and Symfony`,
  ruby: `${raw}: request.raw_post in Rails, request.body.read in Rack`,
  go: `${raw}: body, err := io.ReadAll(r.Body), and json.Unmarshal(body, …) afterwards`,
  java: `${raw}: @RequestBody byte[] body in Spring, request.getInputStream() in a servlet`,
  dotnet: `${raw}: copy Request.Body to a MemoryStream before model binding`,
  database: `${raw}: verify them before storing them, or store them in a binary column`,
};
