import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/cli.js';

/** How to start a receiver from the page, and how to make its mistake. */
export interface Host {
  /** Its heading on the page. */
  name: string;
  /** A shell command, run in the folder with its files. */
  command: string;
  /** Commands that succeed if its runtime and packages are installed, or that install them. */
  needs?: readonly string[];
  /** The folder with its modules, if it isn't the repository's. */
  modules?: string;
  /** The folder in `around/` with the other files that the framework needs. */
  around?: string;
  /** Texts in its files, and their replacements. */
  mistake: readonly (readonly [right: string, wrong: string])[];
}

/** Debian's own Python has Debian's packages; another one may come first in PATH. */
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const imports = (modules: string): string => `${python} -c 'import ${modules}'`;

export const nodeHosts: readonly Host[] = [
  {
    name: 'node:http',
    command: 'node http.js',
    mistake: [['    () => response.destroy(),\n', '']],
  },
  {
    name: 'Express',
    command: 'node express.js',
    mistake: [
      ["express.raw({ type: '*/*', limit: '1mb' })", "express.json({ limit: '1mb' })"],
      [
        'Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)',
        "Buffer.from(JSON.stringify(request.body ?? ''))",
      ],
    ],
  },
  {
    name: 'Fastify',
    command: 'node fastify.js',
    mistake: [
      ['  webhooks.removeAllContentTypeParsers();\n', ''],
      ["  webhooks.addContentTypeParser('*', { parseAs: 'buffer' }, async (request, body) => body);\n", ''],
      ['body ?? Buffer.alloc(0)', "Buffer.from(JSON.stringify(body ?? ''))"],
    ],
  },
  {
    name: 'Hono',
    command: 'node hono.js',
    mistake: [['new Uint8Array(await req.arrayBuffer())', 'Buffer.from(JSON.stringify(await req.json()))']],
  },
  {
    name: 'Next.js',
    command: 'node server.js',
    around: 'next',
    mistake: [['new Uint8Array(await request.arrayBuffer())', 'Buffer.from(JSON.stringify(await request.json()))']],
  },
];

/** Installed where only this suite sees it: 23 MB that nothing else needs. */
const nestFolder = path.join(root, 'node_modules/.cache/receivers-nest');
const nest = [
  ...['common', 'core', 'platform-express'].map(name => `@nestjs/${name}@11.2.10`),
  ...['reflect-metadata@0.2.2', 'rxjs@7.8.2', '@types/express@5.0.6', '@types/node@20.19.43'],
];
const tsc = `node '${root}/node_modules/typescript/bin/tsc' --strict --allowJs --skipLibCheck`;

/** Where Debian installs them. */
const jackson = ['annotations', 'core', 'databind'].map(part => `/usr/share/java/jackson-${part}.jar`).join(':');

export const otherHosts: readonly Host[] = [
  {
    name: 'NestJS',
    command: `${tsc} --experimentalDecorators --target es2022 --module nodenext --outDir dist main.ts && exec node dist/main.js`,
    needs: [`npm install --prefix '${nestFolder}' --no-save --ignore-scripts ${nest.join(' ')}`],
    modules: path.join(nestFolder, 'node_modules'),
    mistake: [['request.rawBody ?? Buffer.alloc(0)', "Buffer.from(JSON.stringify(request.body ?? ''))"]],
  },
  {
    name: 'http.server',
    command: `exec ${python} server.py`,
    needs: [`${python} --version`],
    mistake: [['body = self.read_body()', 'body = self.rfile.read(int(self.headers.get("content-length", "0")))']],
  },
  {
    name: 'Flask',
    command: `exec ${python} -m gunicorn --bind 127.0.0.1:$PORT app:app`,
    needs: [imports('flask, gunicorn')],
    mistake: [['request.stream.read(LIMIT + 1)', '__import__("json").dumps(request.json).encode()']],
  },
  {
    name: 'Django',
    command: `exec ${python} -m uvicorn --port $PORT project:application`,
    needs: [imports('django, uvicorn')],
    around: 'django',
    mistake: [['@csrf_exempt\n', '']],
  },
  {
    name: 'FastAPI',
    command: `exec ${python} -m uvicorn --port $PORT main:app`,
    needs: [imports('fastapi, uvicorn')],
    mistake: [
      [
        'import fin\n',
        'import fin\nfrom pydantic import BaseModel\n\n\nclass Payload(BaseModel):\n    event: dict\n    data: dict\n',
      ],
      ['async def fin_webhook(request: Request):', 'async def fin_webhook(payload: Payload, request: Request):'],
      [
        '    body = b""\n    async for chunk in request.stream():\n        body += chunk\n',
        '    for body in [payload.json().encode()]:\n',
      ],
    ],
  },
  {
    name: 'Rack',
    command: 'exec puma --environment production --bind tcp://127.0.0.1:$PORT',
    needs: ['puma --version', 'ruby -e "require %q(rack)"'],
    mistake: [['Fin.receive(body,', 'Fin.receive(JSON.generate(JSON.parse(body)),']],
  },
  {
    name: 'Rails',
    command: 'exec puma --environment production --bind tcp://127.0.0.1:$PORT',
    needs: ['puma --version', 'ruby -e "require %q(action_controller/railtie)"'],
    around: 'rails',
    mistake: [
      ['ActionController::Metal', 'ActionController::API'],
      ['body = request.body.read(LIMIT + 1) || ""', 'body = params.to_unsafe_h.to_json'],
      ['self.status = ', 'head('],
      ['algorithm)\n    self.response_body = ""\n', 'algorithm))\n'],
    ],
  },
  {
    name: 'Plain PHP',
    command: 'exec php -S 127.0.0.1:$PORT -t public',
    needs: ['php --version'],
    mistake: [['        $body,\n', '        json_encode(json_decode($body)),\n']],
  },
  {
    name: 'net/http',
    command: 'go build -o server main.go && exec ./server',
    needs: ['go version'],
    mistake: [
      ['\t"io"\n', ''],
      [
        'body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))',
        `var payload map[string]any
\terr := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&payload)
\tbody, _ := json.Marshal(payload)`,
      ],
    ],
  },
  {
    name: 'JDK',
    command: `javac -cp ${jackson} *.java && exec java -cp .:${jackson} Server`,
    needs: ['javac --version', `ls ${jackson.replaceAll(':', ' ')}`],
    mistake: [
      [
        'receive(body, signatures',
        'receive(new com.fasterxml.jackson.databind.ObjectMapper().readTree(body).toString().getBytes("UTF-8"), signatures',
      ],
    ],
  },
];
