#!/usr/bin/env node
// CommonJS, as all of dist: Node loads it in half the time that it takes for modules.
const { enableCompileCache } = require('node:module');
const { pathToFileURL } = require('node:url');

enableCompileCache?.(); // Node 22.1 and later
const { main } = require('../dist/main.cjs');

main(pathToFileURL(`${__dirname}/../`)).then(exitCode => {
  process.exitCode = exitCode;
});
