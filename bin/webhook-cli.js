#!/usr/bin/env node
import module from 'node:module';

module.enableCompileCache?.(); // Node 22.1 and later
const { main } = await import('../dist/main.js');
process.exitCode = await main(new URL('..', import.meta.url));
