import module from 'node:module';

module.enableCompileCache?.(); // Node 22.1 and later
const { work } = await import('../dist/main.js');
await work();
